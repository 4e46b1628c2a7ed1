"""What stands in the left column for whom, and where each role begins. A new page is one line here."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from menling.kernel.roles import Role as R
from menling.premises.administration.covering import LEADERS


@dataclass(frozen=True)
class Entry:
    """A line of the left column: a named address, its title, the roles that see it, and the letter that opens it (g x)."""

    url: str
    title: str
    roles: frozenset[R]
    letter: str = ""


DESKS = frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
LEADS = frozenset({R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT})
MANAGERS = frozenset({R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT})
KEEPERS = frozenset({R.ADMINISTRATOR, R.OFFICE_MANAGER})
COLLECTING = frozenset({R.BUSINESS_LEAD}) | MANAGERS
OFFICE = frozenset(R) - {R.CUSTOMER, R.SYSTEM, R.EMPLOYEE}
ERRANDS = DESKS | LEADS | {R.FINANCE, R.QUALITY}
PADS = DESKS | {R.ADMINISTRATION, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT, R.TEAM_LEAD}

ENTRIES: list[Entry] = [
    Entry("web:board", _("Control room"), DESKS | LEADS | {R.QUALITY}, "b"),
    Entry("web:counter", _("Counter"), DESKS | LEADS - {R.COMPANY_MANAGEMENT}, "c"),
    Entry("web:paste", _("Group message"), DESKS, "w"),
    Entry("web:referrals", _("Passed on"), DESKS, "z"),
    Entry("web:calls", _("Call department"), DESKS | {R.CALL_DEPARTMENT}, "a"),
    Entry("web:shifts", _("Shift hand-over"), DESKS | {R.TEAM_LEAD}, "j"),
    Entry("web:coordinations", _("Coordination orders"), DESKS | LEADS | {R.REPAIR_WORKER, R.HOUSEKEEPER, R.TRACKER}, "x"),
    Entry("web:closing", _("End of the day"), DESKS | LEADS | {R.QUALITY}, "v"),
    Entry("web:errands", _("Errands"), ERRANDS),
    Entry("web:pads", _("Numbered paper"), PADS),
    Entry("web:registers", _("Repair register"), DESKS | LEADS | {R.QUALITY}, "d"),
    Entry("web:team", _("My crew"), frozenset({R.TEAM_LEAD}), "t"),
    Entry("web:crew_day", _("The crew's day"), DESKS | LEADS - {R.COMPANY_MANAGEMENT}, "k"),
    Entry("web:pickups", _("Pick-ups"), DESKS - {R.CONTROL_CENTRE} | {R.TEAM_LEAD, R.OFFICE_MANAGER, R.HOUSEKEEPER}, "y"),
    Entry("web:crew_paper", _("Housekeeping on paper"), DESKS - {R.CONTROL_CENTRE} | {R.TEAM_LEAD, R.OFFICE_MANAGER}),
    Entry("web:agreements", _("Agreements"), DESKS - {R.CONTROL_CENTRE} | LEADS | {R.FINANCE, R.QUALITY}),
    Entry("web:company", _("Offices side by side"), frozenset({R.COMPANY_MANAGEMENT}), "s"),
    Entry("web:quality", _("To be asked about"), frozenset({R.QUALITY, R.COMPANY_MANAGEMENT}), "q"),
    Entry("web:morning", _("This morning"), MANAGERS, "o"),
    Entry("web:administration", _("The house in order"), KEEPERS, "h"),
    Entry("web:collect", _("To collect"), COLLECTING, "e"),
    Entry("web:finance", _("Cash and settlement"), COLLECTING | {R.FINANCE}, "f"),
    Entry("web:late", _("What was late"), LEADS | {R.SERVICE_DESK_SUPERVISOR, R.QUALITY}),
    Entry("web:late_entries", _("Written down afterwards"), DESKS | LEADS),
    Entry("web:figures", _("Figures in force"), MANAGERS | {R.ADMINISTRATOR}, "i"),
    Entry("web:people", _("People and roles"), frozenset({R.ADMINISTRATOR}), "p"),
    Entry("web:roster", _("Roster"), KEEPERS, "r"),
    Entry("web:roster_lists", _("On call, exchanges and cover"), LEADERS),
    Entry("web:units", _("Homes"), KEEPERS, "u"),
    Entry("web:calendar", _("Public holidays"), KEEPERS),
    Entry("web:prices", _("Price list"), OFFICE, "l"),
    Entry("web:imports", _("Lists by Excel"), KEEPERS | DESKS),
    Entry("web:clauses", _("Clauses"), OFFICE),
    Entry("web:tell", _("A resident asked"), OFFICE - DESKS - {R.CALL_DEPARTMENT} | {R.EMPLOYEE}),
    Entry("web:channels", _("Channels of messages"), KEEPERS),
    Entry("web:deliveries", _("What became of messages"), KEEPERS | {R.SERVICE_DESK_SUPERVISOR}),
    Entry("web:messages", _("Messages"), OFFICE, "m"),
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
    R.EMPLOYEE: "web:tell",
}
"""Where a role begins the day; the first role of this table that somebody holds counts."""


def entries(held: frozenset[R]) -> list[Entry]:
    """Return the lines of the left column for somebody who holds these roles."""
    return [entry for entry in ENTRIES if entry.roles & held]


def start(held: frozenset[R]) -> str:
    """Return the named address at which somebody who holds these roles begins."""
    return next((url for role, url in START.items() if role in held), "web:messages")
