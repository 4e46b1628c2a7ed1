"""The books written once more from what the events say, and nothing else: what moved, from where, to where, on which day."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from menling.journal.models import Case, Event
from menling.money.cashier import day_of
from menling.money.models import Transfer

Moved = tuple[int, date, str, str, Decimal]
"""Case, day of the books, from, to, yuan."""
ZERO = Decimal(0)


class Recount:
    """Hears the events of an office one after the other and keeps books of its own."""

    def __init__(self, office: int) -> None:
        self.office = office
        self.moved: Counter[Moved] = Counter()
        self.held: dict[str, Decimal] = defaultdict(lambda: ZERO)
        self.due: dict[int, Decimal] = {}
        self.days: dict[int, date] = {}
        self.through: date | None = None
        self.closed: list[date] = []

    def hear(self, event: Event) -> None:
        """Write down what one event moved."""
        told = TOLD.get((event.case.kind, event.verb))
        moves = told(self, event) if told else ((source, target, Decimal(amount)) for source, target, amount in event.facts.get(
            "moves", ()))  # fmt: skip
        for source, target, amount in moves:
            if amount > 0:
                self._write(event, source, target, amount)
        self._turn(event)

    def _write(self, event: Event, source: str, target: str, amount: Decimal) -> None:
        day = localtime(event.happened_at).date()
        day = max(day, self.through + timedelta(days=1)) if self.through else day
        self.moved[event.case_id, day, source, target, amount.quantize(Decimal("0.01"))] += 1
        self.held[source] -= amount
        self.held[target] += amount

    def _turn(self, event: Event) -> None:
        """A day that is closed or opened again decides on which day the next movement stands."""
        if (event.case.kind, event.verb) == ("cashier_day", "close_day"):
            self.closed.append(self.days[event.case_id])
        elif (event.case.kind, event.verb) == ("cashier_day", "reopen"):
            self.closed.remove(self.days[event.case_id])
        if self.closed:
            self.through = max(self.closed)

    def begin(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """The first day begins with what was counted; nothing is written before it from now on."""
        day = date.fromisoformat(event.facts["day"])
        self.days[event.case_id] = day
        if "amount" not in event.facts:
            return
        self.closed.append(day - timedelta(days=1))
        self.through = day - timedelta(days=1)
        gap = Decimal(event.facts["amount"]) - self.held[f"safe:{self.office}"]
        yield f"opening:{self.office}", f"safe:{self.office}", gap
        yield f"safe:{self.office}", f"opening:{self.office}", -gap

    def deposit(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Cash went to the bank."""
        yield f"safe:{self.office}", f"bank:{self.office}", Decimal(event.facts["amount"])

    def withdrawal(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Cash came from the bank."""
        yield f"bank:{self.office}", f"safe:{self.office}", Decimal(event.facts["amount"])

    def confirmed_entry(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """A counter-entry says itself what moves."""
        yield event.facts["source"], event.facts["target"], Decimal(event.facts["amount"])

    def charged(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """A charge is owed."""
        self.due[event.case_id] = Decimal(event.facts["due"])
        yield f"income:{self.office}", f"owed:{event.case.number}", self.due[event.case_id]

    def lowered(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Part of a charge was let go; the case that let it go moves the money."""
        self.due[event.case_id] = Decimal(event.facts["due"])
        return iter(())

    def divided(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """A charge is only as much as was prepaid; the rest is another one."""
        self.due[event.case_id] = Decimal(event.facts["due"])
        yield f"owed:{event.case.number}", f"income:{self.office}", Decimal(event.facts["amount"])

    def collected(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """What was taken is with who took it, or on its way to the account; what is missing stands under a name."""
        owed, facts = f"owed:{event.case.number}", event.facts
        who = event.actor.partition(":")[2]
        yield owed, f"bag:{who}" if facts["method"] == "cash" else f"unconfirmed:{self.office}", Decimal(facts["amount"])
        yield owed, f"shortfall:{facts['responsible']}", Decimal(facts["shortfall"] or 0)

    def confirmed(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """A statement shows a payment, whether somebody recorded it before or not."""
        amount = Decimal(event.facts["amount"])
        if event.facts["paid"]:
            yield f"owed:{event.case.number}", f"unconfirmed:{self.office}", amount
        yield f"unconfirmed:{self.office}", f"bank:{self.office}", amount

    def taken_back(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """What was due is due no more."""
        yield f"owed:{event.case.number}", f"income:{self.office}", self.due[event.case_id]

    def handed(self, source: str, target: str, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Cash goes on as it was counted; what is missing stays, what is too much came from nowhere."""
        expected, counted = Decimal(event.facts["expected"]), Decimal(event.facts["amount"])
        moves = [(start, end, Decimal(amount)) for start, end, amount in event.facts.get("moves", ())]
        yield source, target, min(expected, counted)
        yield from moves
        back = sum(amount for _start, end, amount in moves if end == target)
        yield f"difference:{self.office}", target, counted - expected - back

    def received(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """By hand, from the collector."""
        return self.handed(f"bag:{event.case.assignee_id}", f"safe:{self.office}", event)

    def sealed(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Into an envelope."""
        return self.handed(f"bag:{event.case.assignee_id}", f"envelope:{event.facts['envelope']}", event)

    def opened(self, event: Event) -> Iterator[tuple[str, str, Decimal]]:
        """Out of the envelope."""
        return self.handed(f"envelope:{event.facts['envelope']}", f"safe:{self.office}", event)


TOLD: dict[tuple[str, str], Callable[[Recount, Event], Iterator[tuple[str, str, Decimal]]]] = {
    ("charge", "open"): Recount.charged, ("charge", "collect"): Recount.collected, ("charge", "void"): Recount.taken_back,
    ("charge", "reduce"): Recount.lowered, ("charge", "waive"): Recount.lowered,
    ("charge", "divide"): Recount.divided,
    ("charge", "confirm_payment"): Recount.confirmed, ("handover", "receive"): Recount.received,
    ("handover", "seal"): Recount.sealed, ("handover", "open_envelope"): Recount.opened,
    ("cashier_day", "begin"): Recount.begin, ("cashier_day", "deposit"): Recount.deposit,
    ("cashier_day", "withdraw"): Recount.withdrawal,
    ("cashier_day", "confirm_entry"): Recount.confirmed_entry,
}  # fmt: skip
"""How what a step moved is told by its event; of every other step the event names the movements itself."""


def recounted(office: int) -> Recount:
    """Return the books of an office as its events tell them, in the order in which they were written down."""
    told = Recount(office)
    for event in Event.objects.filter(office=office).select_related("case").order_by("pk"):
        told.hear(event)
    return told


def written(office: int) -> Counter[Moved]:
    """Return the movements that stand in the books of an office."""
    rows = Transfer.objects.filter(office=office)
    return Counter((row.case_id, day_of(row), row.source, row.target, row.amount) for row in rows)


def sums(moved: Counter[Moved]) -> dict[str, dict[object, Decimal]]:
    """Return what is left by place, what moved by person, by order and by day, in yuan."""
    found: dict[str, dict[object, Decimal]] = {name: defaultdict(lambda: ZERO) for name in ("place", "person", "order", "day")}
    parents = dict(Case.objects.values_list("pk", "parent_id"))
    for (case, day, source, target, amount), times in moved.items():
        for place, signed in ((source, -amount * times), (target, amount * times)):
            found["place"][place] += signed
            found["order"][parents.get(case) or case, place.partition(":")[0]] += signed
            found["day"][day, place] += signed
            if place.partition(":")[0] in ("bag", "errand", "shortfall"):
                found["person"][place.partition(":")[2]] += signed
    return {name: {key: amount for key, amount in each.items() if amount} for name, each in found.items()}
