"""What stands in the left column for whom, and where each role begins. A new page is one line here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from menling.kernel.roles import WORKERS
from menling.kernel.roles import Role as R
from menling.premises.administration.covering import LEADERS

SHORT = 3
"""With so few daily pages the others are somebody's daily work, as an administrator's are: they stand open."""
TODAY, LISTS, SETTINGS = _("Today"), _("Lists and papers"), _("Look up and set up")


@dataclass(frozen=True)
class Entry:
    """A line of the left column: a named address, its title, who sees it, the letter that opens it (g x), its heading."""

    url: str
    title: str
    roles: frozenset[R]
    letter: str = ""
    under: str = TODAY

    @property
    def address(self) -> str:
        """Return where it leads."""
        return _address(self.url)


@cache
def _address(url: str) -> str:
    return reverse(url)


@dataclass(frozen=True)
class Section:
    """The lines under one heading: the daily ones always show, the others unfold; where one is, a section stands open."""

    title: str
    entries: Sequence[Entry]
    here: Entry | None = None
    folded: bool = False

    @property
    def daily(self) -> bool:
        """Tell whether these pages are needed every day."""
        return self.title == TODAY


DESKS = frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
LEADS = frozenset({R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT})
MANAGERS = frozenset({R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT})
KEEPERS = frozenset({R.ADMINISTRATOR, R.OFFICE_MANAGER})
COLLECTING = frozenset({R.BUSINESS_LEAD}) | MANAGERS
ADJUSTING = DESKS | COLLECTING | {R.FINANCE, R.TEAM_LEAD}
OFFICE = frozenset(R) - {R.CUSTOMER, R.SYSTEM, R.EMPLOYEE}
ERRANDS = DESKS | LEADS | WORKERS | {R.FINANCE, R.QUALITY, R.EMPLOYEE}
PADS = DESKS | {R.ADMINISTRATION, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT, R.TEAM_LEAD}
CLEANING = DESKS - {R.CONTROL_CENTRE} | {R.TEAM_LEAD, R.OFFICE_MANAGER}
ALARMED = DESKS - {R.CONTROL_CENTRE} | LEADS | {R.ENGINEERING_CREW, R.QUALITY, R.FINANCE}
PICKING_UP = CLEANING | {R.HOUSEKEEPER, R.ENGINEERING_CREW}
COMMISSION = LEADS | {R.FINANCE}
REVIEWING = DESKS | LEADS | {R.FINANCE, R.QUALITY}
COORDINATING = DESKS | LEADS | {R.REPAIR_WORKER, R.HOUSEKEEPER, R.TRACKER}

ENTRIES: list[Entry] = [
    Entry("web:board", _("Control room"), DESKS | LEADS | {R.QUALITY}, "b"),
    Entry("web:counter", _("Counter"), DESKS | LEADS - {R.COMPANY_MANAGEMENT}, "c"),
    Entry("web:paste", _("Group message"), DESKS, "w"),
    Entry("web:referrals", _("Passed on"), DESKS, "z"),
    Entry("web:calls", _("Call department"), DESKS | {R.CALL_DEPARTMENT}, "a"),
    Entry("web:team", _("My crew"), frozenset({R.TEAM_LEAD}), "t"),
    Entry("web:crew_day", _("The crew's day"), DESKS | LEADS - {R.COMPANY_MANAGEMENT}, "k"),
    Entry("web:pickups", _("Pick-ups"), PICKING_UP, "y"),
    Entry("web:emergencies", _("Emergencies"), DESKS | LEADS | {R.QUALITY}),
    Entry("web:company", _("Offices side by side"), frozenset({R.COMPANY_MANAGEMENT}), "s"),
    Entry("web:quality", _("To be asked about"), frozenset({R.QUALITY, R.COMPANY_MANAGEMENT}), "q"),
    Entry("web:morning", _("This morning"), MANAGERS, "o"),
    Entry("web:administration", _("The house in order"), KEEPERS, "h"),
    Entry("web:collect", _("To collect"), COLLECTING, "e"),
    Entry("web:finance", _("Cash and settlement"), COLLECTING | {R.FINANCE}, "f"),
    Entry("web:cashier", _("Cashier's day"), COLLECTING | {R.FINANCE}),
    Entry("web:shifts", _("Shift hand-over"), DESKS | {R.TEAM_LEAD}, "j"),
    Entry("web:closing", _("End of the day"), DESKS | LEADS | {R.QUALITY}, "v"),
    Entry("web:registers", _("Repair register"), DESKS | LEADS | {R.QUALITY}, "d"),
    Entry("web:tell", _("A resident asked"), OFFICE - DESKS - {R.CALL_DEPARTMENT} | {R.EMPLOYEE}),
    Entry("web:coordinations", _("Coordination orders"), COORDINATING, "x", under=LISTS),
    Entry("web:alarms", _("Home alarm register"), ALARMED, under=LISTS),
    Entry("web:forms", _("Forms and registers"), DESKS | LEADS | {R.QUALITY}, under=LISTS),
    Entry("web:statements", _("Payments by QR code"), COLLECTING | {R.FINANCE}, under=LISTS),
    Entry("web:books_day", _("Money of the day"), COLLECTING | {R.FINANCE}, under=LISTS),
    Entry("web:books_month", _("The month as vouchers"), COLLECTING | {R.FINANCE}, under=LISTS),
    Entry("web:adjustments", _("Refunds and waivers"), ADJUSTING, under=LISTS),
    Entry("web:deposits", _("Deposits"), DESKS | COLLECTING | {R.FINANCE}, under=LISTS),
    Entry("web:tax_invoices", _("Tax invoices"), DESKS | COLLECTING | {R.FINANCE}, under=LISTS),
    Entry("web:leaks", _("Worth a second look"), MANAGERS | {R.QUALITY}, under=LISTS),
    Entry("web:commission", _("Commission of the crew"), COMMISSION, under=LISTS),
    Entry("web:commission_own", _("My commission"), WORKERS, under=LISTS),
    Entry("web:reviews", _("Contract reviews"), REVIEWING, under=LISTS),
    Entry("web:errands", _("Errands"), ERRANDS, under=LISTS),
    Entry("web:agreements", _("Agreements"), DESKS - {R.CONTROL_CENTRE} | LEADS | {R.FINANCE, R.QUALITY}, under=LISTS),
    Entry("web:pads", _("Numbered paper"), PADS, under=LISTS),
    Entry("web:emergency_pack", _("Emergency pack"), DESKS | {R.ADMINISTRATION, R.OFFICE_MANAGER}, under=LISTS),
    Entry("web:crew_paper", _("Housekeeping on paper"), CLEANING, under=LISTS),
    Entry("web:late", _("What was late"), LEADS | {R.SERVICE_DESK_SUPERVISOR, R.QUALITY}, under=LISTS),
    Entry("web:late_entries", _("Written down afterwards"), DESKS | LEADS, under=LISTS),
    Entry("web:refused_steps", _("Refused on a phone"), DESKS | LEADS - {R.COMPANY_MANAGEMENT}, under=LISTS),
    Entry("web:prices", _("Price list"), OFFICE, "l", under=SETTINGS),
    Entry("web:figures", _("Figures in force"), MANAGERS | {R.ADMINISTRATOR}, "i", under=SETTINGS),
    Entry("web:people", _("People and roles"), frozenset({R.ADMINISTRATOR}), "p", under=SETTINGS),
    Entry("web:roster", _("Roster"), KEEPERS, "r", under=SETTINGS),
    Entry("web:roster_lists", _("On call, exchanges and cover"), LEADERS, under=SETTINGS),
    Entry("web:units", _("Homes"), KEEPERS, "u", under=SETTINGS),
    Entry("web:calendar", _("Public holidays"), KEEPERS, under=SETTINGS),
    Entry("web:offices", _("Offices"), frozenset({R.ADMINISTRATOR}), under=SETTINGS),
    Entry("web:imports", _("Lists by Excel"), KEEPERS | DESKS, under=SETTINGS),
    Entry("web:channels", _("Channels of messages"), KEEPERS, under=SETTINGS),
    Entry("web:deliveries", _("What became of messages"), KEEPERS | {R.SERVICE_DESK_SUPERVISOR}, under=SETTINGS),
    Entry("web:clauses", _("Clauses"), OFFICE, under=SETTINGS),
]

START: dict[R, str] = {
    R.CONTROL_CENTRE: "web:board",
    R.SERVICE_DESK: "web:counter",
    R.SERVICE_DESK_SUPERVISOR: "web:counter",
    R.TEAM_LEAD: "web:team",
    R.BUSINESS_LEAD: "web:collect",
    R.FINANCE: "web:finance",
    R.OFFICE_MANAGER: "web:morning",
    R.COMPANY_MANAGEMENT: "web:company",
    R.ADMINISTRATOR: "web:administration",
    R.QUALITY: "web:quality",
    R.CALL_DEPARTMENT: "web:calls",
    R.REPAIR_WORKER: "doorstep:shell",
    R.HOUSEKEEPER: "doorstep:shell",
    R.ENGINEERING_CREW: "doorstep:shell",
    R.EMPLOYEE: "web:tell",
}
"""Where a role begins the day; the first role of this table that somebody holds counts."""


def sections(held: frozenset[R], path: str = "") -> list[Section]:
    """Return the left column of somebody who holds these roles: under each heading its lines, the start page first.

    `path` is the page looked at: the line whose address leads nearest to it is `here`.
    """
    begin = start(held)
    seen = sorted(_seen(held), key=lambda entry: entry.url != begin)
    near = _nearest(seen, path)
    of = {title: [entry for entry in seen if entry.under == title] for title in (TODAY, LISTS, SETTINGS)}
    folded = len(of[TODAY]) > SHORT
    return [Section(title, lines, near if near in lines else None, folded and near not in lines) for title, lines in of.items()
            if lines]  # fmt: skip


def here(held: frozenset[R], path: str) -> str:
    """Return the address of the line that leads nearest to a path, for somebody who holds these roles; empty where none does."""
    near = _nearest(_seen(held), path)
    return near.address if near else ""


@lru_cache(maxsize=1024)
def _seen(held: frozenset[R]) -> tuple[Entry, ...]:
    return tuple(entry for entry in ENTRIES if entry.roles & held)


def _nearest(seen: Sequence[Entry], path: str) -> Entry | None:
    leading = [entry for entry in seen if path == entry.address or path.startswith(f"{entry.address}/")]
    return max(leading, key=lambda entry: len(entry.address), default=None)


def start(held: frozenset[R]) -> str:
    """Return the named address at which somebody who holds these roles begins."""
    return next((url for role, url in START.items() if role in held), "web:messages")
