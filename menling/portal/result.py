"""The page of a coordination order: what is tracked by whom, what came of it, and the signature below it (EN-D.18)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from menling.doorway.customer import hiding
from menling.kernel.words import _
from menling.portal.addressing import worker_called
from menling.portal.holding import Held
from menling.portal.tracking import News
from menling.printing.wording import moment
from menling.tracking.models import Coordination

THANKS = {
    "sign": _("Thank you for signing."),
    "object": _("We have noted it, and go on with it."),
}


def coordination_sheet(held: Held, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a coordination order shows; its entries stay with the office, its result is the resident's."""
    row: Coordination = held.order
    hide = hiding(row.case.office, held.now)
    return {
        "row": row, "news": _news(row), "result": hide(row.result) if row.case.status != "tracked" else "",
        "known": _known(row, hide(row.reason)), "signed": moment(row.signed_at) if row.signed_at else "",
    }  # fmt: skip


def _news(row: Coordination) -> News:
    who = worker_called(row.tracker) if row.tracker else gettext("Somebody")
    title, text, urgent = SAID.get(row.case.status, SAID["signed"])
    return News(gettext(title), gettext(text).format(who=who) if text else "", urgent)


SAID: dict[str, tuple[str, str, bool]] = {
    "unowned": (_("It takes longer than a day"), _("We name somebody who sees it through to the end."), False),
    "tracked": (_("It takes longer than a day"), _("{who} sees it through to the end, and keeps you informed."), False),
    "concluded": (_("Please read what came of it"), _("Sign when it is settled for you. If not, tell us below."), True),
    "signed": (_("All done. Thank you"), _("Call us any time if something is wrong again."), False),
}
"""Headline, sentence below it, and whether something is asked of the resident, by status."""


def _known(row: Coordination, reason: str) -> list[tuple[str, str]]:
    said = (
        (_("Why it takes longer"), reason),
        (_("Who sees to it"), f"{worker_called(row.tracker)} {row.tracker.number}" if row.tracker else ""),
        (_("Last looked after"), moment(row.last_entry_at) if row.last_entry_at else ""),
        (_("Tracked since"), moment(row.case.reported_at)), (_("Home"), row.case.unit.said if row.case.unit else ""),
        (_("Order"), row.case.parent.number if row.case.parent else ""), (_("Number"), row.case.number),
    )  # fmt: skip
    return [(gettext(title), text) for title, text in said if text]
