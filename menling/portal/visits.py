"""The page of an agreement: what is agreed, the signature, and the visits that follow from it (HC-5.1.5, HS-4.3.2)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from menling.agreements.days import coming
from menling.agreements.models import Agreement, AgreementDay
from menling.doorway.agreement_papers import names_in_words, when_in_words
from menling.doorway.customer import Hide, hiding
from menling.doorway.keys import link_text
from menling.kernel.words import _
from menling.money.waiting import prepaid_of
from menling.portal.holding import Held
from menling.portal.tracking import News
from menling.printing.wording import day, moment, money
from menling.procedures.agreement import LIVING, UNSIGNED
from menling.procedures.agreement_rules import has_begun

SHOWN, BEFORE = 8, timedelta(days=31)
THANKS = {
    "sign": _("Thank you for signing. You can keep the agreement as PDF."),
    "skip": _("Noted: nobody comes on that day. Those who were to come are told."),
}
STATES = {"skipped": _("called off"), "moved": _("moved"), "missed": _("did not take place")}


def agreement_sheet(held: Held, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of an agreement shows: its terms, the form to sign, its visits."""
    row: Agreement = held.order
    ready = row.case.status not in ("draft", "with_manager", "dropped")
    hide = hiding(row.case.office, held.now)
    return {
        "news": _news(row, hide), "ready": ready, "terms": _terms(row) if ready else [],
        "price": money(row.price) if ready and row.price is not None else "", "by_month": row.per == "month",
        "visits": visits(row, held.now, hide) if row.case.status in LIVING else [], "row": row,
        "signed": moment(row.signed_at) if row.signed_at else "", "prepaid": [money(each) for each in prepaid_of(row.case) or ()],
    }  # fmt: skip


def _news(row: Agreement, hide: Hide) -> News:
    status = row.case.status
    if status == "stopping" and row.stop_on is not None:
        return News(gettext("The service stops on {day}").format(day=day(row.stop_on)), hide(row.stop_reason))
    title, text, urgent = SAID["preparing" if status in UNSIGNED and status != "signed_here" else status]
    until = day(row.last_day)
    return News(gettext(title).format(until=until), gettext(text).format(until=until) if text else "", urgent)


SAID: dict[str, tuple[str, str, bool]] = {
    "preparing": (_("Your agreement is being prepared"), _("We let you know when it can be signed."), False),
    "signed_here": (_("Please read the agreement and sign"), _("The visits begin once both sides have signed."), True),
    "in_force": (_("Your agreement runs until {until}"), "", False),
    "suspended": (_("The visits are suspended"), _("Call us when they are to go on."), False),
    "stopped": (_("The service has stopped"), _("Call us any time if you want it again."), False),
    "ended": (_("The agreement has ended"), _("Call us any time if you want to renew it."), False),
    "dropped": (_("This agreement was not made"), _("Call us any time if you want the service after all."), False),
}
"""Headline, sentence below it, and whether something is asked of the resident, by status."""


def _terms(row: Agreement) -> list[tuple[str, str]]:
    """HC-5.1.5  Time, content, scope, target, requirements and the people, in the words of the paper."""
    said = (
        (_("What is done"), row.content), (_("Scope"), row.scope), (_("For whom or what"), row.target),
        (_("Requirements"), row.requirements), (_("Days and time"), when_in_words(row)),
        (_("From – until"), f"{day(row.begin)} – {day(row.until)}"), (_("Those who come"), "、".join(names_in_words(row))),
        (_("Signed for the office"), row.manager.name if row.manager else ""), (_("Home"), row.unit.code),
        (_("Number of the agreement"), row.case.number),
    )  # fmt: skip
    return [(gettext(title), text) for title, text in said if text]


def visits(row: Agreement, now: datetime, hide: Hide) -> list[dict[str, Any]]:
    """Return the next visits and those of the last month that were called off or moved, by day.

    `can_skip` says whether it may still be called off; `link` leads to the page of a visit that is filed. What the office
    wrote as the reason is read through `hide` (OI-4.1).
    """
    touched = {each.day: each for each in row.days.select_related("order__order").filter(at__gte=now - BEFORE)}
    fixed = coming(row, now, SHOWN)
    past = [each for each, visit in touched.items() if visit.stands in STATES and each < localtime(now).date()]
    shown = sorted({*past, *fixed, *_moved_ahead(touched, now)})
    return [_visit(row, each, touched.get(each), now, hide) for each in shown]


def _moved_ahead(touched: Mapping[date, AgreementDay], now: datetime) -> list[date]:
    """A visit whose own day is over may still be to come, where it was moved."""
    return [each for each, visit in touched.items() if visit.comes_at > now and visit.stands != "skipped"]


def _visit(row: Agreement, on: date, touched: AgreementDay | None, now: datetime, hide: Hide) -> dict[str, Any]:
    at = touched.comes_at if touched else row.values.calendar.at(on, row.clock)
    state = touched.stands if touched else "fixed"
    own = row.values.calendar.at(on, row.clock)
    begun = has_begun(touched.order.status if touched and touched.order else "")
    return {
        "day": on.isoformat(), "at": moment(at), "was": moment(own) if own != at else "", "state": state,
        "said": gettext(STATES[state]) if state in STATES else (gettext(STATES["moved"]) if own != at else ""),
        "reason": hide(touched.reason) if touched else "", "can_skip": state != "skipped" and at > now and not begun,
        "link": link_text(touched.order) if touched and touched.order and state != "skipped" else "",
    }  # fmt: skip
