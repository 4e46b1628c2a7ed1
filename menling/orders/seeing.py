"""Who of those sent has looked at what is new on an order (HS-4.3.2, MR-42)."""

from collections.abc import Collection, Iterable

from menling.journal.models import Event
from menling.kernel.actor import Actor
from menling.orders.models import Order
from menling.premises.models import Staff
from menling.procedures.repair import AT_HOME, SENT

NEWS = frozenset({"dispatch", "reassign", "move", "change", "cancel", "make_urgent"})


def seen_by(order: Order, by: Actor) -> bool:
    """Tell whether one of those sent has nothing new to see; where two went each looks, and for anybody else it is both."""
    if len(order.case.crew) < 2 or by.id not in order.case.crew:
        return order.change_seen
    return by.id in lookers([order.pk]).get(order.pk, set())


def seen_by_all(order: Order, by: Actor) -> bool:
    """Tell whether all who were sent have looked once `by` has, who looks now; who left the company has nothing to look at."""
    crew = order.case.crew
    if len(crew) < 2:
        return True
    here = set(Staff.objects.filter(pk__in=crew, is_active=True).values_list("pk", flat=True))
    return here <= lookers([order.pk]).get(order.pk, set()) | {by.id}


def unseen_among(orders: Iterable[Order], by: Actor) -> set[int]:
    """Return the ids of those orders on which somebody sent there still has something to see, in one statement or none."""
    rows = list(orders)
    together = {each.pk for each in rows if len(each.case.crew) > 1}
    looked = lookers(together) if together else {}
    return {
        each.pk for each in rows
        if (by.id not in looked.get(each.pk, set()) if each.pk in together else not each.change_seen)
    }  # fmt: skip


def lookers(orders: Collection[int]) -> dict[int, set[int]]:
    """Return the staff who acknowledged each order since the last thing that was news to all who were sent."""
    rows = Event.objects.filter(case__in=orders, verb__in=NEWS | {"acknowledge", "correct"}).order_by("pk")
    found: dict[int, set[int]] = {}
    for case, verb, before, actor in rows.values_list("case_id", "verb", "before", "actor"):
        if verb == "acknowledge":
            found.setdefault(case, set()).add(int(actor.partition(":")[2]))
        elif verb in NEWS or before in SENT | AT_HOME:
            found[case] = set()
    return found
