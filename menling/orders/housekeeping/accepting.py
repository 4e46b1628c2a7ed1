"""After the cleaning: the service record, acceptance by one or by four, failed items and their redoing, spot checks."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands import closing, visiting
from menling.orders.commands.steps import Steps, step, taken, tell_roles, tell_worker
from menling.orders.housekeeping import booking
from menling.orders.housekeeping.items import MOST, found_in_order
from menling.orders.models import Housekeeping
from menling.premises import names
from menling.procedures import housekeeping_rules as rules
from menling.procedures.doubtful_times import Length
from menling.procedures.housekeeping import Status
from menling.procedures.repair_rules import may_attest

Score = Annotated[int, Field(ge=1, le=100)]
Item = Annotated[str, Field(max_length=100)]
Parts = Annotated[list[str], Field(max_length=MOST)]


def finish(order: Housekeeping, *, by: Actor, at: datetime, summary: str, photos: list[str] | None = None,
           damaged: bool = False, length: Length = "") -> Steps:  # fmt: skip
    """HS-4.1.1.4  The work is done and the service record filled in; acceptance follows."""
    step(order, "finish", by)
    rules.record_filled(summary)
    return visiting.finish(order, by=by, at=at, summary=summary, photos=photos, damaged=damaged, length=length)


def accept_site(order: Housekeeping, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HA-4.1  The person responsible on site accepts the work first."""
    return _accepted(order, "accept_site", by, at, remark)


def accept_supervisor(order: Housekeeping, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HA-4.1  The leader of the team accepts the work second."""
    return _accepted(order, "accept_supervisor", by, at, remark)


def accept_office(order: Housekeeping, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HA-4.1  The office supervisor accepts the work third; the resident is asked after that."""
    return _accepted(order, "accept_office", by, at, remark)


def _accepted(order: Housekeeping, verb: str, by: Actor, at: datetime, remark: str) -> Steps:
    row = step(order, verb, by)
    rules.four_were_chosen(order.policy)
    facts = _on_record(order, verb, by.name, at, remark=names.folded(remark))
    return taken(order, row, by, at, "acceptances", facts=facts)


def sign(order: Housekeeping, *, by: Actor, at: datetime, rating: Score | None, signature: str = "", name: str = "",
         opinion: str = "", parts: Parts | None = None) -> Steps:  # fmt: skip
    """HA-4.2.1, HS-4.1.1.4  The resident accepts the work, signs and gives a score.

    `parts` are those found in order on a form that lists them: all of them as they are now. Who accepts the work as a whole,
    with no such list before them, names none.
    """
    step(order, "sign", by)
    rules.accepted_before(order.case.status, order.policy)
    if parts is not None:
        found_in_order(order, parts)
    rules.scored(rating, order.policy)
    signed = closing.sign(order, by=by, at=at, signature=signature, name=name, rating=rating, opinion=opinion)
    seen = {} if parts is None else {"parts": parts}
    _on_record(order, "sign", order.signed_by, at, rating=rating, signature=signature, **seen)
    order.save(update_fields=["acceptances"])
    return signed


def rate(order: Housekeeping, *, by: Actor, at: datetime, rating: Score, opinion: str = "") -> Steps:
    """HA-4.2.1, OC-4.5  The resident's own score and opinion, given later or anew."""
    step(order, "rate", by)
    rules.scored(rating, order.policy)
    return closing.rate(order, by=by, at=at, rating=rating, opinion=opinion)


def attest(order: Housekeeping, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HS-4.1.1.4, HA-1.4  The leader or the office confirms for a resident who cannot sign, never score or opinion (CF-22).

    Before anybody was sent it is the booking that the office confirms: the price that was told counts as agreed.
    """
    row = step(order, "attest", by)
    if "HA-1.4" in row.clauses:
        rules.booking_confirmed(False, "in_person", reason, order.policy)
    if order.case.status == Status.PRICED:
        confirmed = taken(order, row, by, at, reason=reason.strip()[:300], follow_up="mandatory")
        return confirmed + booking.consent(order, by=by, at=at, how="in_person", reason=reason)
    rules.accepted_before(order.case.status, order.policy)
    may_attest(order.policy, reason, own_work=by.id in order.case.crew)
    order.attested, order.signed_at = reason.strip()[:300], at
    facts = _on_record(order, "attest", by.name, at, remark=order.attested)
    return taken(order, row, by, at, "attested", "signed_at", "acceptances", facts=facts, reason=order.attested,
                 follow_up="mandatory")  # fmt: skip


Items = Annotated[list[Item], Field(max_length=50)]


def object(order: Housekeeping, *, by: Actor, at: datetime, items: Items | None = None,  # noqa: A001  # the verb of the table
           reason: str = "") -> Steps:  # fmt: skip
    """HA-4.2.2  Acceptance fails: the items go into the remark, and those who cleaned do them again.

    Who names no item but says why has named what is to be done again in own words.
    """
    row = step(order, "object", by)
    failed = [text for each in items or [reason] if (text := names.folded(each))]
    rules.failed_items_named(failed)
    facts = _on_record(order, "object", by.name or order.reporter, at, items=failed, remark=names.folded(reason))
    order.signed_at, order.signed_by, order.attested, order.rating = None, "", "", None
    tell = tell_worker(order, _("{number} at {unit}: please do again: {items}."), items="，".join(failed))
    return taken(order, row, by, at, "signed_at", "signed_by", "attested", "rating", "acceptances", tell=tell, facts=facts)


def _on_record(order: Housekeeping, verb: str, who: str, at: datetime, **more: Any) -> dict[str, Any]:
    """Note an acceptance or a failure with its round, and return it for the event; the first round stays (HA-4.2.2)."""
    again = 1 + sum(each["step"] == "object" for each in order.acceptances)
    noted = {"round": again, "step": verb, "by": who, "at": at.isoformat()} | more
    order.acceptances = [*order.acceptances, noted]
    return {"round": again} | more


def sign_off(order: Housekeeping, *, by: Actor, at: datetime, result: str = "") -> Steps:
    """HS-4.1.1.5  The housekeeper signs the housekeeping register at the service desk, then goes to finance."""
    return closing.sign_off(order, by=by, at=at, result=result)


Result = Literal["satisfied", "quality_problem", "not_satisfied"]


def spot_check(order: Housekeeping, *, by: Actor, at: datetime, result: Result, remark: str = "",
               by_call: bool = False) -> Steps:  # fmt: skip
    """HC-5.1.4  The desk checked the quality or called the resident; what is bad is reported upwards at once."""
    row = step(order, "spot_check", by)
    found = rules.nonconformity(result, names.folded(remark))
    order.nonconformity = (found or order.nonconformity)[:300]
    tell = tell_roles(
        order, _("{number} at {unit}: the cleaning is not in order: {found}. Please see to it."),
        Role.SERVICE_DESK_SUPERVISOR, Role.OFFICE_MANAGER, found=found,
    ) if found else ()  # fmt: skip
    return taken(order, row, by, at, "nonconformity", tell=tell, result=result, remark=names.folded(remark), by_call=by_call,
                 nonconformity="open" if found else "")  # fmt: skip


def close_nonconformity(order: Housekeeping, *, by: Actor, at: datetime, done: str) -> Steps:
    """HC-5.1.4  What a spot check or call found was put right; how stands in the event."""
    row = step(order, "close_nonconformity", by)
    was, order.nonconformity = order.nonconformity, ""
    return taken(order, row, by, at, "nonconformity", was=was, done=names.folded(done))
