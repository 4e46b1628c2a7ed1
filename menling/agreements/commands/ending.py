"""The end of an agreement: renewal asked about, renewed, stopped with notice, over."""

from datetime import date, datetime

from menling.agreements.commands.drafting import KEPT, Name, Price, opened
from menling.agreements.commands.serving import AskedBy, Reason
from menling.agreements.commands.steps import DESKS, Steps, step, taken, tell_both, tell_roles
from menling.agreements.models import Agreement
from menling.journal.models import Deadline
from menling.kernel.actor import Actor
from menling.kernel.money import yuan
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import agreement_rules as rules
from menling.procedures.agreement import Status

WHY_AND_WHEN = _("Please write why, and a day from today to the last day.")
STOPPED = ("stop_on", "stop_asked_by", "stop_reason", "notice", "notice_by", "notice_at")


def stop(
    agreement: Agreement, *, by: Actor, at: datetime, stop_on: date, reason: Reason, asked_by: AskedBy = "office",
    notice: str = "", given_by: Name = "", delivered_at: datetime | None = None,
) -> Steps:  # fmt: skip
    """HC-5.1.5  Stop early: `stop_on` is the first day without service. For a reason of ours the customer has it in writing
    first: the words of the notice, who brought it and when."""
    row = step(agreement, "stop", by)
    local = agreement.values.calendar.local
    today, delivered = local(at).date(), local(delivered_at).date() if delivered_at else None
    if not names.folded(reason):
        raise Refused("MR-8", WHY_AND_WHEN, status=422, field="reason")
    if not today <= stop_on <= agreement.until:
        raise Refused("MR-8", WHY_AND_WHEN, field="stop_on")
    if delivered_at is not None and delivered_at > at:
        raise Refused("MR-8", _("This lies in the future. Record the notice when it was delivered."),
                      field="delivered_at")  # fmt: skip
    rules.notice_given(asked_by, names.folded(notice), names.folded(given_by), delivered_at, delivered, stop_on, agreement.policy)
    agreement.stop_on, agreement.stop_asked_by, agreement.stop_reason = stop_on, asked_by, names.folded(reason)
    agreement.notice, agreement.notice_by, agreement.notice_at = names.folded(notice), names.folded(given_by)[:60], delivered_at
    tell = tell_both(agreement, _("{number}: the service at {unit} stops on {day} ({reason})."), day=stop_on.isoformat(),
                     reason=agreement.stop_reason)  # fmt: skip
    return taken(agreement, row, by, at, *STOPPED, tell=tell, stop_on=stop_on, asked_by=asked_by, reason=agreement.stop_reason,
                 notice=agreement.notice, given_by=agreement.notice_by, delivered_at=delivered_at)  # fmt: skip


def end(agreement: Agreement, *, by: Actor, at: datetime) -> Steps:
    """MR-17, HC-5.1.5  The last day is over."""
    row = step(agreement, "end", by)
    rules.over(agreement.last_day, agreement.values.calendar.local(at).date())
    tell = tell_roles(agreement, _("{number} at {unit}: the agreement has ended."), *DESKS, Role.OFFICE_MANAGER)
    return taken(agreement, row, by, at, tell=tell, last_day=agreement.last_day)


def remind(agreement: Agreement, *, by: Actor, at: datetime) -> Steps:
    """MR-17  Desk and manager are reminded, once, in the morning on which the customer is to be asked about a renewal."""
    row = step(agreement, "remind", by)
    open_still = Deadline.objects.filter(case=agreement.case, key="renewal", met_at__isnull=True, released_at__isnull=True)
    day, today = rules.renewal_day(agreement.until, agreement.policy), agreement.values.calendar.local(at).date()
    rules.still_to_ask(day, today, asked=not open_still.exists(),
                       reminded=agreement.case.events.filter(verb="remind").exists())  # fmt: skip
    tell = tell_roles(agreement, _("{number} at {unit}: the agreement runs until {day}. Please ask about a renewal."),
                      *DESKS, Role.OFFICE_MANAGER, day=agreement.last_day.isoformat())  # fmt: skip
    return taken(agreement, row, by, at, tell=tell, last_day=agreement.last_day)


def ask_renewal(agreement: Agreement, *, by: Actor, at: datetime, renewal: bool = False, remark: str = "") -> Steps:
    """MR-17  The customer was asked whether to go on; what was said stands in the step."""
    row = step(agreement, "ask_renewal", by)
    return taken(agreement, row, by, at, renewal=renewal, remark=names.folded(remark))


def renew(agreement: Agreement, *, by: Actor, at: datetime, first_day: date | None = None, last_day: date | None = None,
          price: Price | None = None) -> Steps:  # fmt: skip
    """MR-17  Draw up the next agreement from this one: it begins the day after and is as long, unless said otherwise."""
    row = step(agreement, "renew", by)
    open_one = agreement.case.children.filter(kind="agreement").exclude(status=Status.DROPPED).first()
    if open_one is not None:
        raise Refused("MR-17", _("This agreement was renewed already: {next}."), next=open_one.number)
    first, last = rules.renewed_dates(agreement.begin, agreement.until, agreement.values.calendar.local(at).date())
    following = Agreement(unit=agreement.unit, **{name: getattr(agreement, name) for name in KEPT})
    following.begin, following.until = first_day or first, last_day or last
    following.price = agreement.price if price is None else yuan(price)
    made = opened(following, agreement.case.office, by, at, [], parent=agreement.case, renews=agreement.case.number)
    return taken(agreement, row, by, at, became=following.case.number) + made
