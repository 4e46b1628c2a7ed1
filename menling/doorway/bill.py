"""Why an order costs what it costs: item, block of time, clause and consent, in words one can read out (EN-Q.3, EN-D.13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from menling.catalogue.models import PriceItem
from menling.catalogue.quotes import MATERIAL
from menling.doorway.language import clock_time, said
from menling.doorway.papers import HOW
from menling.kernel.money import FEN, ZERO
from menling.kernel.words import Message, _
from menling.orders.models import Order
from menling.orders.queries import HandlingTime, begin_tapped, handling_time
from menling.printing.wording import quantity
from menling.procedures.charging import BLOCK, ChargingPolicy
from menling.procedures.repair_time import started_blocks

Row = Mapping[str, Any]
BLOCKS = _("{name}: charged by the started {unit} minutes, {count} × ¥{price} = ¥{amount}.")
UNDER = _("{name}: done in the same {unit} minutes as “{under}”. Only the higher price counts, never both: ¥0.00.")
PLAIN = _("{name}: ¥{price} per {per} × {count} = ¥{amount}, as published.")
LISTED = _("{name}: ¥{price} each as on the price list × {count} = ¥{amount}.")
STOCKED = _("{name}: stock-in price ¥{stock} plus {markup}%, to 0.1 yuan: ¥{price} × {count} = ¥{amount}.")
FREE = _("{name} × {count}: free.")
OWN_PRICE = _("{name}: ¥{amount}, a price of its own, told before the work.")
REVIEWED = _("{name}: ¥{amount}. It is not on the price list; contract review {review} agreed to this price.")
MEASURED = _("Time at work: {minutes} min, as measured; nothing is rounded.")
AT_HOME = _("From the arrival to the end of the work: {minutes} min, as measured; nothing is rounded.")
HANGS = _("It was {minutes} min {seconds} s to the second: with the last seconds one more block was begun.")
UNENDED = _("Visits without an end on record: {count}. Nobody knows how long they took, so nothing is charged by the time.")
BEGUN = _("{unit} minutes are one block, and a block counts once it is begun. The price is not for the minutes at the home "
          "alone: it covers the slip, the way, preparing the tools, and their wear.")  # fmt: skip
AGREED = _("¥{agreed} was agreed to before the work ({when}): {how}.")
LESS = _("¥{agreed} was agreed to ({when}): {how}. It came to less, so only ¥{due} is charged.")
MORE = _("By the time it took it comes to ¥{by_time}. Only what was agreed to before is charged.")
NOT_AGREED = _("Nobody has agreed to this price yet. Paid work waits for that.")


@dataclass(frozen=True)
class Reason:
    """One sentence of an answer, the clause it rests on, and the yuan it explains, if any."""

    clause: str
    text: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Bill:
    """The sum of an order in yuan, line by line, and what stands behind it."""

    lines: tuple[Reason, ...]
    behind: tuple[Reason, ...]
    due: Decimal

    def as_json(self) -> dict[str, Any]:
        """Return the bill for a program: clause, text and amount of each sentence."""
        return {
            "due": str(self.due),
            "lines": [{"clause": each.clause, "text": each.text, "amount": str(each.amount)} for each in self.lines],
            "behind": [{"clause": each.clause, "text": each.text} for each in self.behind],
        }


def explained(rows: Sequence[Row], unit: str) -> tuple[Reason, ...]:
    """Return a sentence for each line of labour and material, in the active language; `unit` is the office's block."""
    called = {str(row["name"]): _name(row) for row in rows}
    return tuple(_explained(row, unit, called.get(str(row.get("under", "")), "")) for row in rows)


def _explained(row: Row, unit: str, under: str) -> Reason:
    clause, sentence = _sentence(row, unit)
    price, amount = Decimal(row["price"]), Decimal(row["amount"])
    text = Message(sentence, {
        "name": _name(row), "unit": unit, "count": quantity(Decimal(row["quantity"])), "price": price.quantize(FEN),
        "amount": amount.quantize(FEN), "under": under, "per": _per(row), "stock": row.get("stock", ""),
        "markup": row.get("markup", ""), "review": row.get("review", ""),
    })  # fmt: skip
    return Reason(clause, said(text), amount)


def _sentence(row: Row, unit: str) -> tuple[str, str]:
    per = row.get("per", "")
    if row.get("under"):
        return "EN-D.13", UNDER
    if per == MATERIAL:
        return "EN-D.12", _of_material(row)
    if per == BLOCK and unit != "none":
        return "EN-D.13", BLOCKS
    if row.get("review"):
        return "HC-5.6.2", REVIEWED
    return ("EN-4.3", PLAIN) if row["code"] else ("EN-4.3", OWN_PRICE)


def _of_material(row: Row) -> str:
    if Decimal(row["price"]) == ZERO:
        return FREE
    return STOCKED if row.get("stock") else LISTED


def _name(row: Row) -> str:
    english = (get_language() or "").startswith("en")
    return str(row["name_en"] if english and row.get("name_en") else row["name"])


def _per(row: Row) -> str:
    known = {value: str(label) for value, label in PriceItem.Per.choices}
    return known.get(row.get("per", ""), str(PriceItem.Per.PIECE.label))


def bill_of(order: Order) -> Bill:
    """Return the answer to “why does it cost that?” for an order, in the active language."""
    policy = order.values.policy(ChargingPolicy)
    materials = [{**row, "per": MATERIAL} for row in order.materials]
    return Bill(explained([*order.quote, *materials], policy.unit), tuple(_behind(order, policy)), order.due)


def _behind(order: Order, policy: ChargingPolicy) -> list[Reason]:
    found = []
    spent = handling_time(order)
    if spent.spent:
        words = MEASURED if begin_tapped(order) else AT_HOME
        found.append(Reason("EN-D.10B", said(Message(words, {"minutes": spent.minutes}))))
        found += _to_the_second(spent, order, policy)
    if spent.unended:
        found.append(Reason("EN-D.10A", said(Message(UNENDED, {"count": spent.unended}))))
    if policy.unit != "none" and any(row.get("per") == BLOCK for row in order.quote):
        found.append(Reason("EN-Q.3", said(Message(BEGUN, {"unit": policy.unit}))))
    return [*found, *_consent(order)] if order.due else found


def _to_the_second(time: HandlingTime, order: Order, policy: ChargingPolicy) -> list[Reason]:
    """MN-13  The time is shown to the minute; where a block hangs on the seconds that are cut off, they are told too."""
    if time.blocks is None or time.spent is None or all(row.get("per") != BLOCK for row in order.quote):
        return []
    whole, rest = divmod(time.spent, timedelta(minutes=1))
    if time.blocks == started_blocks(timedelta(minutes=whole), policy.unit):
        return []
    return [Reason("EN-D.10B", said(Message(HANGS, {"minutes": whole, "seconds": -(-rest // timedelta(seconds=1))})))]


def _consent(order: Order) -> list[Reason]:
    known = {each.verb: each for each in order.case.events.filter(verb__in=("consent", "finish")).order_by("pk")}
    given, done = known.get("consent"), known.get("finish")
    if order.agreed is None or given is None:
        return [Reason("EN-3.7", said(NOT_AGREED))]
    told = Decimal(str(given.facts.get("amount", order.agreed)))
    how = HOW.get(order.agreed_how, lambda: order.agreed_how)()
    values = {"agreed": told, "when": clock_time(given.happened_at, order.case.reported_at), "how": how, "due": order.due}
    consent = Reason("EN-3.7", said(Message(LESS if told > order.due else AGREED, values)))
    by_time = done.facts.get("by_time") if done else None
    return [consent, Reason("EN-3.7", said(Message(MORE, {"by_time": by_time})))] if by_time else [consent]
