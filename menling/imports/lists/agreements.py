"""Home service agreements that run in another system, as they were signed there; the picture of the sheet stays on paper."""

from typing import Any

from menling.agreements.models import Agreement
from menling.imports import stories
from menling.imports.cells import Field, Wrong, clock, day, label, phone, text, whole, yes_no, yuan
from menling.imports.lists.orders import already
from menling.imports.models import Imported
from menling.imports.recording import SOURCE
from menling.imports.sitting import Sitting, Sort, What
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.kinds import KINDS
from menling.premises.administration.books import ADMINISTRATORS
from menling.reactions import perform_part

DESK = frozenset({Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
KEEPERS = DESK | ADMINISTRATORS
NOT_FACTS = ("number", "weekdays", "workers", "taken_by")
PER = (("visit", _("a visit")), ("month", _("a month")))
YES_NO = (("yes", _("yes")), ("no", _("no")))
WEEK = "一二三四五六日"
FIELDS = (
    Field("number", _("Old number"), label(60), "XY-2025-012", required=True, width=18),
    Field("unit", _("Unit"), text(30), "3-2-1201", required=True),
    Field("customer", _("Customer"), text(60), "王秀英", required=True),
    Field("phone", _("Phone"), phone, "14000088001", width=18),
    Field("content", _("What is done"), text(2000), "客厅、厨房、卫生间日常保洁", required=True, width=36),
    Field("scope", _("Scope"), text(500), "全屋 90 平方米", width=24),
    Field("target", _("For whom or what"), text(200), "住宅"),
    Field("requirements", _("Requirements"), text(500), width=24),
    Field("begin", _("First day"), day, "2026-01-05", required=True),
    Field("until", _("Last day"), day, "2026-12-31", required=True),
    Field("weekdays", _("Days of the week"), text(20), "一四"),
    Field("every_weeks", _("Every how many weeks"), whole, "1"),
    Field("month_day", _("Or on day of the month"), whole),
    Field("clock", _("At"), clock, "09:00", required=True),
    Field("minutes", _("Minutes a visit"), whole, "120"),
    Field("holidays", _("On public holidays too"), yes_no, "yes", choices=YES_NO),
    Field("price", _("Price in yuan"), yuan, "160.00", required=True),
    Field("per", _("Per"), text(10), "visit", required=True, choices=PER),
    Field("workers", _("Who goes (work numbers)"), label(100), "W031、W032", width=24),
    stories.TAKEN_BY,
)


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Draw the agreement up as it stands on paper; the desk sends it on, and it is signed here once more (HC-4.2, HC-5.1.5)."""
    if already(sitting, "agreements", said["number"]):
        return "unchanged"
    kind, facts = KINDS["agreement"], _facts(said)
    command = kind.openings["draft"]
    answer = perform_part(
        command, sitting.office, kind=kind, by=_drawn_up_by(sitting, said), at=When(sitting.now, sitting.now, "typed"),
        key=f"agreements:{sitting.office.code}:{said['number']}"[-100:], facts=read_facts(command, facts),
    )  # fmt: skip
    case = Case.objects.get(number=answer.body["number"])
    Imported.objects.create(office=sitting.office, source="agreements", key=said["number"], case=case)
    return "new"


def _drawn_up_by(sitting: Sitting, said: dict[str, Any]) -> Actor:
    """Return who drew it up: the desk that imports, or the one the administrator names. Errors: `Wrong`."""
    by = stories.taken_by(sitting, said, sitting.today)
    if not by.roles_in(sitting.office.pk) & DESK:
        raise Wrong(
            _("Write the work number of somebody of the service desk: an administrator draws up no agreements."), "taken_by"
        )
    return by


def _facts(said: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in said.items() if value is not None and name not in NOT_FACTS}
    plain |= {"holidays": said["holidays"] != "no", "weekdays": weekdays_of(said["weekdays"] or "")}
    words = f"{plain.get('requirements', '')}（{SOURCE}：{said['number']}）"
    return plain | {"workers": [each for each in _split(said["workers"] or "") if each], "requirements": words}


def weekdays_of(said: str) -> list[int]:
    """Return the days of the week somebody wrote: 一四, 周一、周四 or 1,4. Errors: `Wrong`."""
    plain = "".join(each for each in said if each not in "周星期、,，;； 天") + ("日" if "天" in said else "")
    found = [int(each) if each in "1234567" else WEEK.find(each) + 1 for each in plain]
    if not all(1 <= each <= 7 for each in found):
        raise Wrong(_("“{text}” is no day of the week. Write them like 一四 or 1,4."), "weekdays", text=said)
    return sorted(set(found))


def _split(said: str) -> list[str]:
    return [each.strip() for each in said.replace("，", "、").replace(",", "、").split("、")]


def exported(row: Agreement, numbers: dict[int, str]) -> dict[str, Any]:
    """Return an agreement as a row of this list; `numbers` are the work numbers of those named."""
    return {
        "number": row.case.number, "unit": row.unit.code, "customer": row.customer, "phone": row.phone, "content": row.content,
        "scope": row.scope, "target": row.target, "requirements": row.requirements, "begin": row.begin.isoformat(),
        "until": row.until.isoformat(), "weekdays": "".join(WEEK[each - 1] for each in row.weekdays),
        "every_weeks": str(row.every_weeks), "month_day": str(row.month_day or "") or None, "clock": f"{row.clock:%H:%M}",
        "minutes": str(row.minutes), "price": None if row.price is None else str(row.price),
        "workers": "、".join(numbers[each] for each in row.crew if each in numbers),
    }  # fmt: skip


ABOUT = _("Home service agreements of the old system: each is drawn up here, to be sent on and signed.")
AGREEMENTS = Sort("agreements", _("Agreements"), ABOUT, FIELDS, KEEPERS, write, ("number",))
