"""What must hold whatever died in the middle: nothing half done, nothing twice, no number lost."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.db.models import Q, Sum

from menling.journal.cases import LETTERS
from menling.journal.models import Case, Command, Counter, Event
from menling.journal.replay import differences
from menling.money.books import balance
from menling.money.corrections import left_of
from menling.money.models import Charge, Handover, Transfer
from menling.money.sheets import BankSlip
from menling.orders.models import Order, Visit
from menling.procedures.places import bag
from menling.procedures.repair import AT_HOME, SENT


def broken(acknowledged: Path) -> list[str]:
    """Return what does not hold; `acknowledged` is a folder of files with the keys and numbers that were answered."""
    checks = (retold, numbered, keys_once, charged, awaited, slips_freed, carried, visited)
    return [flaw for check in checks for flaw in check()] + list(kept_its_word(acknowledged))


def retold() -> Iterator[str]:
    """Every case is what its events say: status, deadlines, one break for each broken promise."""
    for case in Case.objects.all():
        yield from (f"{case.number}: {found}" for found in differences(case))


def numbered() -> Iterator[str]:
    """The numbers of every register run from one to the last without a gap."""
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    receipts = Charge.objects.exclude(receipt="").values_list("receipt", flat=True)
    for number in (*Case.objects.values_list("number", flat=True), *receipts):
        office, register, serial = number.split("-")
        given[office, register].append(int(serial))
    for row in Counter.objects.select_related("office"):
        serials = sorted(given.pop((row.office.code, f"{LETTERS[row.register]}{row.year % 100:02}"), []))
        if serials != list(range(1, row.last + 1)):
            yield f"{row}: given are {serials}"
    yield from (f"no counter for {register}" for register in given)


def keys_once() -> Iterator[str]:
    """Every key that was claimed has its answer, and the case it names exists."""
    numbers = set(Case.objects.values_list("number", flat=True))
    for row in Command.objects.all():
        if row.answer is None or row.answer["number"] not in numbers:
            yield f"key {row.key}: {row.answer}"


def kept_its_word(acknowledged: Path) -> Iterator[str]:
    """What was answered to somebody is still there."""
    answers = {row.key: row.answer["number"] for row in Command.objects.exclude(answer=None)}
    for file in sorted(acknowledged.glob("*.log")):
        for line in file.read_text().splitlines():
            key, _blank, number = line.partition(" ")
            if answers.get(key) != number:
                yield f"{file.name}: answered {line}, kept {answers.get(key)}"


STANDS_FINISHED = ("finished", "objected", "signed", "reviewed", "signed_off", "completed", "archived")


def charged() -> Iterator[str]:
    """Every finish that had a price has its charge; a charge is owed until it is collected or void, and then not at all."""
    for event in Event.objects.filter(verb="finish", case__kind="repair").select_related("case"):
        if Decimal(event.facts["amount"]) > 0 and not event.case.children.filter(kind="charge").exists():
            yield f"{event.case.number}: finished for {event.facts['amount']} without a charge"
    for order in Order.objects.filter(case__kind="repair", case__status__in=STANDS_FINISHED).select_related("case"):
        rows = Charge.objects.filter(case__parent=order.case).exclude(case__status="void")
        dues = sum((due + waived for due, waived in rows.values_list("due", "waived")), Decimal(0))
        if dues < order.due:
            yield f"{order}: {order.due} is due, charged {dues}"
    for charge in Charge.objects.select_related("case__parent"):
        owed = balance(charge.case.office_id, f"owed:{charge.case.number}")
        if owed != (charge.due if charge.case.status in ("due", "questioned") else 0):
            yield f"{charge}: {charge.case.status}, owed {owed} of {charge.due}"
        handed = charge.method != "cash" or charge.handover_id
        of_order = charge.case.parent is not None and charge.case.parent.kind in ("repair", "housekeeping", "alarm")
        if charge.collected is not None and of_order and not (charge.receipt and hasattr(charge, "settlement") and handed):
            yield f"{charge}: collected, but receipt, settlement or handover is missing"


def awaited() -> Iterator[str]:
    """What was paid by QR code and stands on no statement is on the list of its office, and nothing else is (MR-23)."""
    for charge in Charge.objects.select_related("case", "payment"):
        paid = charge.method == "qr" and (charge.collected or 0) > 0 and charge.case.status in ("collected", "disputed")
        meant = charge.case.office_id if paid and not hasattr(charge, "payment") else None
        if charge.awaited_by_id != meant:
            yield f"{charge}: awaited by office {charge.awaited_by_id}, not {meant}"


def slips_freed() -> Iterator[str]:
    """A bank slip is free again exactly where all of its movement went back (MR-29)."""
    for slip in BankSlip.objects.select_related("transfer"):
        left = sum(left_of([slip.transfer] if slip.transfer else []).values())
        if slip.transfer is None or slip.taken_back != (left == 0):
            yield f"slip {slip}: taken back {slip.taken_back}, {left} is left of it"


def carried() -> Iterator[str]:
    """Every bag holds exactly the cash that finance has not received, but for what two people corrected in the books."""
    held: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for charge in Charge.objects.filter(collected__isnull=False, method="cash").select_related("handover__case"):
        row: Handover = charge.handover
        held[row.office_id, row.holder_id] += (charge.collected or 0) if row.case.status not in ("sealed", "received") else 0
    for (office, holder), amount in held.items():
        meant = amount + corrected(office, bag(holder))
        if balance(office, bag(holder)) != meant:
            yield f"bag {holder}: {balance(office, bag(holder))}, not {meant}"


def corrected(office: int, place: str) -> Decimal:
    """Return what the counter-entries of the cashier's days brought into a place, less what they took out of it."""
    rows = Transfer.objects.filter(office=office, case__kind="cashier_day")
    found = rows.aggregate(into=Sum("amount", filter=Q(target=place)), out=Sum("amount", filter=Q(source=place)))
    return (found["into"] or Decimal(0)) - (found["out"] or Decimal(0))


def visited() -> Iterator[str]:
    """Everybody who was sent, the whole crew, has the time kept free for exactly this order; nobody else has."""
    for order in Order.objects.select_related("case"):
        planned = sorted(Visit.objects.filter(order=order, active=True).values_list("worker_id", flat=True))
        crew = sorted([order.worker_id, *(order.case.helpers or ())]) if order.case.status in SENT | AT_HOME else []
        if planned != crew:
            yield f"{order}: {order.case.status}, planned {planned}, sent {crew}"
