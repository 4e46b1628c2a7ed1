"""At the door and in the home: arrive, nobody home, work."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

from menling.catalogue.labour import Times, charged
from menling.catalogue.quotes import Asked, Code, Line, Quantity, code_of_material, lines
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO, times, yuan
from menling.kernel.recording import CUT_OVER, OWN_WORD
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.sending import free
from menling.orders.commands.steps import Steps, step, taken, tell_roles
from menling.orders.models import MessageSlip, Order, Visit
from menling.orders.queries import HandlingTime, seconds, time_of
from menling.premises import names
from menling.procedures import damage, emergency
from menling.procedures import repair_rules as rules
from menling.procedures.charging import ChargingPolicy, within_what_was_agreed
from menling.procedures.contract_review import not_held
from menling.procedures.doubtful_times import Early, Length
from menling.procedures.repair import Status
from menling.procedures.settlement import WITH_SLIP

SIGNED_ON = ("", "paper", CUT_OVER, OWN_WORD)
"""How somebody's finished work may be told so that the slip is signed already: not by another's hearsay, however late."""


def arrive(order: Order, *, by: Actor, at: datetime, early: Early = "") -> Steps:
    """EN-2.1, EN-2.4  At the door: the clock stops, the time of the visit begins (EN-D.10A).

    `early` is what the resident said to a visit long before the hour agreed, where a door asked.
    """
    row = step(order, "arrive", by)
    Visit.objects.filter(order=order, active=True).update(arrived_at=at)
    return taken(order, row, by, at, facts={"early": early, "agreed_for": order.visit_at} if early else {})


def absent(order: Order, *, by: Actor, at: datetime, slip: str) -> Steps:
    """HS-4.3.3, EN-3.2  Nobody home: a numbered slip stays on the door, the desk agrees a new time."""
    row = step(order, "absent", by)
    rules.slip_left(slip, order.policy.nobody_home)
    number = names.folded(slip)[:20]
    if number:
        MessageSlip.objects.create(order=order, office=order.case.office, number=number, posted_at=at)
    free(order, "absent", arrived_at=at, finished_at=at)
    tell = tell_roles(
        order, _("{number}: nobody home at {unit}. Please agree a new time."), Role.CONTROL_CENTRE, Role.SERVICE_DESK
    )
    return taken(order, row, by, at, tell=tell, slip=number)


def return_stub(order: Order, *, by: Actor, at: datetime, slip: str = "") -> Steps:
    """HS-4.3.3  The stub of the message slip is back at the desk."""
    row = step(order, "return_stub", by)
    out = MessageSlip.objects.filter(order=order, stub_returned_at__isnull=True)
    named = out.filter(number=names.folded(slip)) if slip else out
    if not named.update(stub_returned_at=at):
        raise Refused("HS-4.3.3", _("No stub of this order is out under that number."), status=422, field="slip")
    return taken(order, row, by, at, slip=slip)


def start(order: Order, *, by: Actor, at: datetime) -> Steps:
    """EN-4.2, EN-D.10A  Work begins: at once when it is free, after consent when it is paid."""
    row = step(order, "start", by)
    if not order.due:  # what is on the list and agreed to need not wait for what is not
        not_held(order.held_by)
    rules.agreed_before_paid_work(order.due, order.agreed)
    rules.risk_accepted(_not_consented(order))
    Visit.objects.filter(order=order, active=True, started_at__isnull=True).update(started_at=at)
    return taken(order, row, by, at)


def begun(order: Order) -> None:
    """HC-5.2.5  The visit of an emergency does not end before work began in it."""
    begun = order.case.status == Status.WORKING
    if not begun and order.urgency == emergency.URGENT:
        begun = Visit.objects.filter(order=order, active=True, started_at__isnull=False).exists()
    emergency.handling_begun(order.urgency, begun)


def _not_consented(order: Order) -> list[str]:
    return [each["about"] for each in order.warnings if not each["consented"]]


def warn(order: Order, *, by: Actor, at: datetime, about: Literal["damage", "valuables", "concealed_lines", "load"],
         told: str, consented: bool, answers: str = "") -> Steps:  # fmt: skip
    """EN-3.9, HC-5.2.6, EN-5.2, EN-5.3  Warn of what may happen, and record whether the resident agrees."""
    row = step(order, "warn", by)
    rules.asked_before_installing(about, answers)
    warning = {"about": about, "told": told, "consented": consented, "answers": answers}
    order.warnings = [each for each in order.warnings if each["about"] != about] + [warning]
    return taken(order, row, by, at, "warnings", facts=warning)


def report_difficulty(order: Order, *, by: Actor, at: datetime, what: str) -> Steps:
    """EN-4.4  Too hard alone: the foreman is told."""
    row = step(order, "report_difficulty", by)
    tell = tell_roles(order, _("{number} at {unit} is difficult: {what}. Please help."), Role.TEAM_LEAD, what=what)
    return taken(order, row, by, at, tell=tell, what=what)


def add_material(order: Order, *, by: Actor, at: datetime, name: str = "", code: Code = "", quantity: Quantity = Decimal(1),
                 stock_price: Decimal | None = None, free: bool = False, reason: str = "") -> Steps:  # fmt: skip
    """EN-D.12  Material used: priced by the list, else by stock-in price and mark-up; more to pay needs new consent.

    What is named as the list names it has the price of the list. What stands there is given `free` only with a `reason` (OC-4.4).
    """
    row = step(order, "add_material", by)
    code = code or code_of_material(order.case.office, order.case.reported_at, names.folded(name))
    rules.given_free(listed=bool(code), free=free, reason=reason)
    listed = lines(order.case.office, order.case.reported_at, [Asked(code=code, quantity=quantity)])[0] if code else None
    stock = yuan(stock_price, "stock_price") if stock_price is not None else None
    policy = order.policy
    price = Decimal(0) if free else rules.material_price(
        listed.price if listed else None, stock, policy.markup_pct, policy.rounding
    )  # fmt: skip
    amount = times(price or Decimal(0), quantity)
    called = listed.name if listed else names.folded(name)[:100]
    if not called:
        raise Refused("EN-D.9", _("Please name the material."), status=422, field="name")
    line = Line(code, called, listed.name_en if listed else called, yuan(price or 0), quantity, amount).as_json()
    if stock is not None and not listed and price:
        line |= {"stock": str(stock), "markup": f"{policy.markup_pct.normalize():f}"}
    order.materials = [*order.materials, line]
    return taken(order, row, by, at, "materials", facts=line | ({"reason": reason.strip()} if reason.strip() else {}))


def add_photo(order: Order, *, by: Actor, at: datetime, photo: str) -> Steps:
    """EN-7.2  A photo that was uploaded (`photo` is its digest) becomes part of the order."""
    row = step(order, "add_photo", by)
    photographed(order, [photo])
    return taken(order, row, by, at, photo=photo)


def photographed(order: Order, photos: Sequence[str]) -> None:
    """Refuse photos that were not uploaded to this order (MR-8)."""
    known = set(order.case.attachments.filter(digest__in=photos).values_list("digest", flat=True)) if photos else set()
    if set(photos) - known:
        raise Refused("MR-8", _("Upload the photo to this order first, then name it here."), status=422, field="photos")


def report_damage(order: Order, *, by: Actor, at: datetime, item: str, price: Decimal, note: str = "") -> Steps:
    """OC-3.11, HC-5.2.3  Something of the resident's was damaged: item, price, and compensation at its price.

    What the resident was warned of and agreed to is borne by the resident, as the office chose (CF-27).
    """
    row = step(order, "report_damage", by)
    warned = any(each["about"] == "damage" and each["consented"] for each in order.warnings)
    bears = damage.damage_borne_by(consented=warned, liability=order.policy.liability)
    paid = ZERO if bears == "resident" else damage.compensation(yuan(price, "price"), order.policy.compensation_pct)
    report = {"item": names.folded(item), "price": str(yuan(price)), "compensation": str(paid), "borne_by": bears, "note": note}
    order.damages = [*order.damages, report]
    tell = tell_roles(order, _("{number} at {unit}: damage to “{item}”, ¥{price}."), Role.TEAM_LEAD, Role.OFFICE_MANAGER,
                      item=report["item"], price=report["price"])  # fmt: skip
    return taken(order, row, by, at, "damages", tell=tell, facts=report)


def carry_over(order: Order, *, by: Actor, at: datetime, reason: str, next_at: datetime | None = None,
               handler: str = "") -> Steps:  # fmt: skip
    """EN-D.11  Not done today: why, who goes on, and when."""
    row = step(order, "carry_over", by)
    begun(order)
    rules.carried_over(reason, handler or by.name, next_at)
    free(order, "continued", finished_at=at)
    tell = tell_roles(order, _("{number} at {unit} is to be continued: {reason}."), Role.TEAM_LEAD, Role.CONTROL_CENTRE,
                      reason=reason)  # fmt: skip
    return taken(order, row, by, at, tell=tell, reason=reason, handler=handler or by.name, next_at=next_at)


def answer(order: Order, *, by: Actor, at: datetime, plan: str) -> Steps:
    """HC-5.2.4  The resident hears what will be done about a large repair."""
    return taken(order, step(order, "answer", by), by, at, plan=plan)


def finish(order: Order, *, by: Actor, at: datetime, summary: str = "", photos: list[str] | None = None,
           damaged: bool = False, worked: Times | None = None, length: Length = "") -> Steps:  # fmt: skip
    """EN-7.2, EN-D.10A  The work is done: summary and photos, then the resident is asked to accept it.

    `worked` are the minutes of single jobs, where they matter to the price (EN-D.13). The worker's own entry signs the slip;
    what a desk records from radio or phone is signed by the worker later (EN-D.15). `length` is what was answered where a door
    asked about a visit of a hardly true length.
    """
    row = step(order, "finish", by)
    not_held(order.held_by)
    begun(order)
    rules.agreed_before_paid_work(order.due, order.agreed)
    rules.risk_accepted(_not_consented(order))
    damage.damage_reported(damaged, len(order.damages))
    photographed(order, photos or [])
    order.summary = names.folded(summary)
    order.worker_signed_at = at if by.source in SIGNED_ON else None
    visits = _ended(order, at)
    time = time_of(order, [each[:3] for each in visits])
    beyond = _charged(order, time, worked or []) | ({"unended": time.unended} if time.unended else {})
    beyond |= {"length": length} if length else {}
    return taken(
        order, row, by, at, "summary", "worker_signed_at", "quote", "agreed", summary=order.summary, photos=photos or [],
        amount=order.due, spent=seconds(time.spent), minutes=time.minutes, blocks=time.blocks,
        again=any(outcome == "done" for *_times, outcome, running in visits if not running), **beyond,
    )  # fmt: skip


def _charged(order: Order, time: HandlingTime, worked: Times) -> dict[str, Any]:
    """EN-D.13  Charge the labour of a slip by the time it took: what comes to less than was agreed is simply less.

    What comes to more is charged as agreed, unless a new price was shown and agreed to; the sum by time is on record. Where
    the time is not known the jobs stand at the prices that were told, or at the minutes written for them.
    """
    if order.case.kind not in WITH_SLIP:
        return {}
    told, order.quote = order.quote, charged(order.quote, time.measured, order.values.policy(ChargingPolicy), worked)
    if within_what_was_agreed(order.due, order.agreed):
        order.agreed = None if order.agreed is None else order.due
        return {}
    beyond, order.quote = order.due, told
    return {"by_time": beyond}


END_VISIT = """
WITH ended AS (
    UPDATE orders_visit SET active = false, outcome = 'done', finished_at = %(at)s WHERE order_id = %(order)s AND active
    RETURNING arrived_at, started_at, finished_at, outcome
)
SELECT arrived_at, started_at, finished_at, outcome, true FROM ended
UNION ALL
SELECT arrived_at, started_at, finished_at, outcome, false FROM orders_visit WHERE order_id = %(order)s AND NOT active
"""
VisitTimes = tuple[datetime | None, datetime | None, datetime | None, str, bool]


def _ended(order: Order, at: datetime) -> list[VisitTimes]:
    """End the running visit and return every visit's times and outcome, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(END_VISIT, {"order": order.pk, "at": at})
        visits: list[VisitTimes] = cursor.fetchall()
    return visits
