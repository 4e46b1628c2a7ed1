"""One table: what a step in one feature sets off in another, inside the same transaction."""

from functools import partial

from menling.journal import perform as journal
from menling.journal.models import Detail
from menling.journal.taken import Taken
from menling.journal.when import When
from menling.kernel.actor import SYSTEM, Actor
from menling.money.commands import charging, handing, settling
from menling.money.models import Charge
from menling.orders.models import Order

Steps = list[tuple[Detail, Taken]]


def charge_for_work(detail: Detail, taken: Taken, by: Actor, at: When) -> Steps:
    """HS-3.3  Finished paid work becomes a charge on the order."""
    assert isinstance(detail, Order)
    if detail.due <= 0:
        return []
    again = bool(taken.facts.get("again"))
    return [*charging.open_charge(detail.case, detail.values, due=detail.due, payer=detail.reporter, at=taken.at, again=again)]


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
    steps: Steps = [*settling.open_settlement(detail, at=taken.at)]
    if detail.method == "cash":
        steps += handing.add_cash(detail, at=taken.at)
    return steps


REACTIONS = {
    ("repair", "finish"): (charge_for_work,),
    ("repair", "reopen"): (take_back_charge,),
    ("housekeeping", "finish"): (charge_for_work,),
    ("housekeeping", "reopen"): (take_back_charge,),
    ("charge", "collect"): (settle_later,),
}

perform = partial(journal.perform, reactions=REACTIONS)
"""The one way in for doors and jobs: `menling.journal.perform.perform` with these reactions."""
