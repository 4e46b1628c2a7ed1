"""One table: what a step in one feature sets off in another, inside the same transaction."""

from functools import partial

from menling.agreements.models import Agreement, AgreementDay
from menling.calls.commands import telling
from menling.calls.models import CallOrder
from menling.catalogue.commands import reviewing
from menling.commission.models import CommissionMonth
from menling.earnings.sheets import keep
from menling.errands.models import Errand
from menling.journal import perform as journal
from menling.journal.facts import alone, read_facts
from menling.journal.models import Case, Detail
from menling.journal.taken import Taken
from menling.journal.when import When
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.recording import may_record_for
from menling.kernel.roles import Role
from menling.kinds import ORDER_KINDS, meant
from menling.money.books import book
from menling.money.commands import charging, depositing, handing, lowering, settling
from menling.money.models import Charge
from menling.orders.housekeeping import agreed
from menling.orders.kinds import KINDS as ORDERS
from menling.orders.models import Order, Referral, RefusedStep
from menling.pads.commands import issuing
from menling.policies.values import values_for
from menling.premises.actors import staff_actor
from menling.procedures import PROCEDURES
from menling.procedures.charge import ASKERS
from menling.procedures.housekeeping import ACCEPTED
from menling.procedures.refused_step import known_here
from menling.tracking.commands import handing as tracked
from menling.tracking.commands import opening

Steps = list[tuple[Detail, Taken]]
ACCEPTS = ("sign", "attest")  # by the resident, or by the office instead


def charge_for_work(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-3.3, MR-34  Finished paid work becomes a charge on the order; what is prepaid waits until the resident accepted it."""
    assert isinstance(detail, Order)
    if detail.due <= 0 or _prepaid(detail, taken):
        return []
    again = bool(taken.facts.get("again"))
    return [*charging.open_charge(detail.case, detail.values, due=detail.due, payer=detail.reporter, at=taken.at, again=again)]


def _prepaid(order: Order, taken: Taken) -> bool:
    agreement = _agreement_of(order)
    return agreement is not None and depositing.prepaid(agreement, order.case, at=taken.at)


def _agreement_of(order: Order) -> Case | None:
    if order.channel != agreed.CHANNEL:
        return None
    visit = AgreementDay.objects.filter(order=order.case).select_related("agreement__case").first()
    return visit.agreement.case if visit else None


def pay_from_prepayment(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-34  A visit of an agreement that the resident accepted is charged and paid from its prepayment, as far as that goes.

    One signed where an older program was still at work was not charged: its next step, be it a note, makes up for that.
    """
    assert isinstance(detail, Order)
    agreement = _agreement_of(detail) if detail.due > 0 and detail.case.status in ACCEPTED else None
    charges = Charge.objects.filter(case__parent=detail.case).exclude(case__status="void")
    if agreement is None or (taken.verb not in ACCEPTS and charges.exists()):
        return []
    open_ones = charges.filter(case__status__in=("due", "questioned"))
    found = open_ones.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True)
    charge = found.order_by("-pk").first()
    steps: Steps = []
    if charge is None:
        depositing.held_for(agreement)
        opened = charging.open_charge(detail.case, detail.values, due=detail.due, payer=detail.reporter, at=taken.at, again=True)
        charge, steps = opened[0][0] if opened else None, [*opened]
    if charge is None or charge.case.status != "due":
        return steps
    charge.values = detail.values
    return [*steps, *depositing.pay_visit(charge, agreement, detail.case, due=detail.due, at=taken.at)]


def await_statement(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-23  An invoice of an errand that was paid by QR code waits for the statement like every such payment."""
    assert isinstance(detail, Errand)
    if detail.method != "qr" or not detail.settled:
        return []
    paid = lowering.open_paid(
        detail.case, detail.values, amount=detail.settled, payer=detail.customer, collector=by.id, at=taken.at
    )
    return [*paid]


def hold_questioned_charge(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HC-5.3.8, CF-28  A question about the price that stays holds the newest charge until the service desk has confirmed it."""
    if taken.facts.get("group") != "fee" or not by.roles_in(detail.case.office_id) & ASKERS:
        return []
    rows = Charge.objects.filter(case__parent=detail.case, case__status__in=("due", "collected")).order_by("-pk")
    charge = rows.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True).first()
    if charge is None:
        return []
    charge.values = detail.values
    return [*charging.query_fee(charge, by=by, at=taken.at, question="")]


def take_back_charge(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-11  What was due on an order that is opened again is due no more."""
    steps: Steps = []
    owed = Charge.objects.filter(case__parent=detail.case, case__status__in=("due", "questioned"))
    # locked: a charge that is being collected this moment is collected, and no longer due
    for charge in owed.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True):
        charge.values = detail.values
        steps += charging.void(charge, by=SYSTEM, at=taken.at, reason=str(taken.facts.get("reason", "")))
    return steps


def settle_later(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-4.2.3, HS-4.1.1.6  Collected money waits for settlement, and cash for its handover."""
    assert isinstance(detail, Charge)
    if taken.verb == "confirm_payment" and not taken.facts["paid"]:
        return []  # only confirmed: it waits for settlement since it was collected
    steps: Steps = [*settling.open_settlement(detail, at=taken.at)]
    if detail.method == "cash":
        steps += handing.add_cash(detail, at=taken.at)
    return steps


def track(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """EN-D.4, EN-4.5  What cannot be finished in time is tracked from now on, as a coordination order under it."""
    said = {name: taken.facts[name] for name in ("reason", "clause", "warranty", "tracker", "owner_told")}
    return [*opening.open_under(detail.case, by=by, at=taken.at, **said)]


def order_for_caller(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """OI-1.1  An order of the call department becomes an order of the office, filed by who makes it one, as a case under it."""
    assert isinstance(detail, CallOrder)
    kind = str(taken.facts["kind"])
    more = {"urgency": "emergency" if detail.urgent else "ordinary"} if kind == "repair" else {}
    filed: Steps = ORDERS[kind].openings["file"](
        detail.case.office, by=by, at=taken.at, unit=detail.unit_text, reporter=detail.customer, phone=detail.phone,
        content=detail.content, visit_at=detail.visit_at, channel="call_department",
        override_reason=str(taken.facts["override_reason"]), **more,
    )  # fmt: skip
    order = filed[0][0].case
    order.parent = detail.case
    Case.objects.filter(pk=order.pk).update(parent=detail.case)
    detail.became = order
    detail.save(update_fields=["became"])
    return filed


def told_to_caller(outcome: telling.Outcome, said: str, detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """OI-2  What came of an order goes back to the call department it came from; `said` names the fact that holds the words.

    What was handed on to another department is done when that has answered (MR-39).
    """
    order = detail.case.parent if isinstance(detail, Referral) else detail.case
    rows = CallOrder.objects.filter(became=order, case__status__in=("in_hand", "told"))
    found = rows.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True)
    call = found.first() if order is not None else None
    if call is None:
        return []
    call.values = values_for(call.case.office, call.valued_at)
    words = str(taken.facts.get(said, ""))
    return [*telling.tell(call, by=SYSTEM, at=max(taken.at, call.case.last_at), outcome=outcome, words=words)]


def book_moves(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-16, MR-50  Money of an errand that changes hands stands in the books: from, to, how much."""
    book(detail.case, taken.facts.get("moves", ()), taken.at)
    return []


def account_for_sheet(form: issuing.Form, detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HC-5.4.6  The numbered sheet a case was written on is accounted for on its pad, where the office gives out pads."""
    said = detail.sheet if isinstance(detail, Errand) else str(taken.facts.get("slip", ""))
    if not said:
        return []
    return [*issuing.account_for(detail.case.office, form, said, detail.case, by=by.name, at=taken.at)]


def order_for_visit(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-4.1.1.3  A visit of an agreement that was laid out becomes an order under it, with its price and its people."""
    assert isinstance(detail, Agreement)
    wishes = "；".join(filter(None, (detail.requirements, detail.scope, detail.target)))
    filed = agreed.file_visit(agreed.Fixed(
        agreement=detail.case, unit=detail.unit.code, customer=detail.customer, phone=detail.phone, content=detail.content,
        requirements=wishes, visit_at=taken.facts["visit_at"], amount=taken.facts["amount"], crew=detail.crew,
    ), at=taken.at)  # fmt: skip
    AgreementDay.objects.filter(agreement=detail, day=taken.facts["day"]).update(order=filed[0][0].case)
    return filed


def call_visit_off(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-4.3.2  Visits an agreement calls off are cancelled where they were filed: one day, or all from a stop or a rest on.

    One whose crew is in the home already takes place, and stands.
    """
    assert isinstance(detail, Agreement)
    ahead = AgreementDay.objects.filter(agreement=detail, order__closed_at__isnull=True, order__order__visit_at__gt=taken.at)
    filed = ahead.select_related("order")
    meant = filed.filter(day=taken.facts["day"]) if "day" in taken.facts else filed
    first = taken.facts.get("stop_on")
    gone = [each for each in meant.order_by("day") if each.order and (first is None or each.day >= first)]
    reason = f"{detail.case.number}：{taken.facts['reason']}"
    off = {each.pk: agreed.call_off(each.order, at=taken.at, reason=reason) for each in gone if each.order}
    AgreementDay.objects.filter(pk__in=[key for key, steps in off.items() if steps]).update(state="skipped", reason=reason[:300])
    return [step for steps in off.values() for step in steps]


def visit_put_off(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-4.3.1  A visit an agreement moves is moved where it was filed."""
    assert isinstance(detail, Agreement)
    visit = AgreementDay.objects.select_related("order").get(agreement=detail, day=taken.facts["day"])
    if visit.order is None:
        return []
    return [*agreed.put_off(
        visit.order, agreement=detail.case.number, at=taken.at, visit_at=visit.at, reason=visit.reason, asked_by=visit.asked_by,
        apologised=taken.facts["apologised"],
    )]  # fmt: skip


def let_go_on(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HC-5.6.2  The order that waited for a contract review goes on: the decision is on record."""
    Order.objects.filter(case=detail.case.parent_id, held_by=detail.case.number).update(held_by="")
    return []


def write_what_was_typed(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-41  What is written down after all is done: the step as it was typed, at its true time, in the worker's name."""
    assert isinstance(detail, RefusedStep)
    kind, case = known_here(meant(detail.of, detail.verb), detail.verb)
    # told as a device tells it: fitted behind what was written down of the case meanwhile
    when = When.told(at.received, detail.done_at, at.received)
    command = kind.commands[detail.verb]
    behalf = journal.Behalf(detail.worker.number, "phone", partial(_pen_of, detail, by.recorder or by))
    perform_part(command, case, kind=kind, by=by.recorder or by, at=when, key=f"refused:{detail.case.number}",
                 facts=read_facts(command, alone(detail.facts)), behalf=behalf)  # fmt: skip
    return []


def keep_commission(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """MR-51  The lines of an approved month stay as they were approved."""
    assert isinstance(detail, CommissionMonth)
    keep(detail)
    return []


def _pen_of(kept: RefusedStep, by: Actor, case: Case) -> Actor:
    worker = staff_actor(kept.worker, kept.values.calendar.local(kept.done_at).date())
    held = worker.roles_in(case.office_id) if kept.worker.is_active else frozenset[Role]()
    may_record_for(by.roles_in(case.office_id), held, PROCEDURES[case.kind].away)
    return worker.recorded_by(by, "phone")


TOLD_BACK: tuple[tuple[str, telling.Outcome, str], ...] = (
    ("verify", "done", "result"), ("cancel", "not_needed", "reason"), ("decline", "cannot", "reason"),
)  # fmt: skip
"""Steps of an order that are its result for the call department: the verb, the outcome, and the fact with the words."""
REACTIONS: dict[tuple[str, str], tuple[journal.Reaction, ...]] = {
    **{(kind, "finish"): (charge_for_work,) for kind in ORDER_KINDS},
    **{(kind, "reopen"): (take_back_charge,) for kind in ORDER_KINDS},
    ("repair", "tick"): (hold_questioned_charge,),
    ("repair", "coordinate"): (track,),
    ("repair", "hand_on"): (tracked.hand_on_with, reviewing.hand_on_with),
    ("repair", "take_back"): (tracked.take_back_with, reviewing.take_back_with),
    **{("housekeeping", verb): (pay_from_prepayment,) for verb in (*ACCEPTS, "sign_off", "review", "archive", "note")},
    ("housekeeping", "tick"): (hold_questioned_charge,),
    ("refused_step", "record"): (write_what_was_typed,),
    ("charge", "collect"): (settle_later,),
    ("charge", "confirm_payment"): (settle_later,),
    ("charge", "draw_down"): (settle_later,),
    ("commission_month", "approve"): (keep_commission,),
    ("agreement", "lay_out"): (order_for_visit,),
    **{("agreement", verb): (call_visit_off,) for verb in ("skip", "suspend", "stop")},
    ("agreement", "move"): (visit_put_off,),
    ("call_order", "make_order"): (order_for_caller,),
    **{("errand", verb): (book_moves,) for verb in ("dispatch", "advance", "buy", "not_bought", "reckon")},
    ("errand", "settle"): (book_moves, await_statement),
    **{("contract_review", verb): (let_go_on,) for verb in ("approve", "decline", "withdraw")},
    ("errand", "file"): (partial(account_for_sheet, "errand_sheet"),),
    ("repair", "absent"): (partial(account_for_sheet, "message_slip"),),
    ("housekeeping", "absent"): (partial(account_for_sheet, "message_slip"),),
    ("referral", "answer"): (partial(told_to_caller, "done", "answer"),),
    ("referral", "close"): (partial(told_to_caller, "cannot", "reason"),),
    **{
        (kind, verb): (partial(told_to_caller, outcome, said),)
        for kind in ("repair", "housekeeping")
        for verb, outcome, said in TOLD_BACK
    },
}

perform = partial(journal.perform, reactions=REACTIONS)
"""The one way in for doors and jobs: `menling.journal.perform.perform` with these reactions."""
perform_part = partial(journal.perform_part, reactions=REACTIONS)
"""The same inside a transaction that is open already: for imports, where many steps stand or fall together."""
