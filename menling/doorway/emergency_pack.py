"""The emergency pack of a shift: what is open, whom to call, and blank sheets whose numbers come from the pad register."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from menling.doorway.doing import Asked, act, open_new
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.doorway.papers import unit_long
from menling.doorway.published import priced, published
from menling.errands.models import Errand
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.orders.board import live
from menling.orders.models import Order
from menling.pads.models import Pad
from menling.premises.administration.covering import on_call
from menling.premises.models import Office, Post, Shift, Staff
from menling.printing.pack import PackFacts, PackOrder, PackPad, PackPerson
from menling.procedures.errand import WITH_BUYER
from menling.procedures.pad import KEEPERS

FORM = "{office}-EP"
PREFIXES = {"dispatch_slip": "ED", "message_slip": "EM", "errand_sheet": "EE"}
"""What the numbers of a form in the pack begin with; a pad of the register holds them like any other."""
SHEETS = {"dispatch_slip": 6, "message_slip": 4, "errand_sheet": 2}
"""How many blank sheets of a form lie in a pack."""
WIDTH, PAD_SHEETS, MOST_ERRANDS = 5, 60, 200
LEADS = (Role.TEAM_LEAD, Role.BUSINESS_LEAD, Role.OFFICE_MANAGER)
NOT_ON_DUTY = frozenset({Role.CUSTOMER, Role.SYSTEM})
ON_CALL = _("On call {rank}")


def pack(office: Office, by: Actor, now: datetime, key: str) -> PackFacts:
    """Return the pack of an office and reserve the numbers of its sheets in the pad register; twice with a key is once.

    Whoever may call sees the residents' numbers on it, and each of them stands in the journal as shown (MR-13).
    Errors: `Refused`, for who gives out no pads; `KeyMissing`.
    """
    pads = [PackPad(form, numbers(office, form, by, now, key)) for form in PREFIXES]
    rows = [case for case in live(office) if case.unit is not None]
    today = localtime(now).date()
    due = [case for case in rows if case.order.visit_at is not None and localtime(case.order.visit_at).date() == today]
    due.sort(key=lambda case: case.order.visit_at or now)
    meant = {case.pk for case in due}
    facts = {case.pk: _order(case, by, now, key) for case in rows}
    prices = published(office, now)
    return PackFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone,
        form_no=FORM.format(office=office.code), printed_at=now, printed_by=by.name, people=people(office, now),
        appointments=[facts[case.pk] for case in due], pads=pads,
        orders=[facts[case.pk] for case in rows if case.pk not in meant],
        errands=[_errand(each, by, now, key) for each in _out(office)],
        list_name=prices.price_list.name if prices else "", list_since=prices.price_list.in_force_from if prices else None,
        prices=[priced(each) for each in (*prices.services, *prices.materials)] if prices else (),
    )  # fmt: skip


def numbers(office: Office, form: str, by: Actor, now: datetime, key: str) -> list[str]:
    """Return numbers for the blank sheets of a form (HC-5.4.6): of the pad kept for packs, in the hands of who prints.

    What was not used of the pack before is printed again, for that one is torn up; a pad that is used up is followed by the
    next one, and stays out until it is handed in and counted.
    """
    pad = _kept(office, form)
    if pad is None or len(free(pad)) < SHEETS[form]:
        pad = _next(office, form, by, now, key)
    elif pad.holder_id != by.id:
        act(Asked(by, f"{key}-{form}", now, {"to": by.number}), pad.case.number, "give_to", ("pad",))
    return [pad.printed(figure) for figure in free(pad)[: SHEETS[form]]]


def free(pad: Pad) -> list[int]:
    """Return the figures of a pad that nobody has accounted for, in their order."""
    known = set(pad.sheets.values_list("figure", flat=True))
    return [figure for figure in range(pad.first, pad.last + 1) if figure not in known]


def kept(office: Office) -> list[Pad]:
    """Return the pads for packs that are out, the newest of a form first."""
    rows = Pad.objects.filter(office=office, prefix__in=PREFIXES.values(), case__closed_at__isnull=True)
    return list(rows.select_related("case", "holder").order_by("form", "-last"))


def _kept(office: Office, form: str) -> Pad | None:
    return next((pad for pad in kept(office) if pad.form == form and pad.prefix == PREFIXES[form]), None)


def _next(office: Office, form: str, by: Actor, now: datetime, key: str) -> Pad:
    before = Pad.objects.filter(office=office, form=form, prefix=PREFIXES[form]).order_by("-last").first()
    first = before.last + 1 if before else 1
    asked = {"form": form, "first": _printed(form, first), "last": _printed(form, first + PAD_SHEETS - 1), "to": by.number}
    answer = open_new(Asked(by, f"{key}-{form}", now, asked | {"office": office.pk}), "pad", "issue")
    return Pad.objects.select_related("case").get(case__number=answer.body["number"])


def _printed(form: str, figure: int) -> str:
    return f"{PREFIXES[form]}{figure:0{WIDTH}d}"


def people(office: Office, now: datetime) -> list[PackPerson]:
    """Return who is called: those on call first, then who is on shift now, then those who answer for the office."""
    called = [PackPerson(said(Message(ON_CALL, {"rank": row.rank})), row.staff.name, row.staff.number, row.staff.phone)
              for row in on_call(office.pk, localtime(now))]  # fmt: skip
    shifts = Shift.objects.filter(office=office, starts_at__lte=now, ends_at__gt=now, staff__is_active=True)
    held = _held(office)
    there = [PackPerson(_part(held, row.staff), row.staff.name, row.staff.number, row.staff.phone, row.ends_at)
             for row in shifts.select_related("staff").order_by("staff__number")]  # fmt: skip
    known = {each.number for each in (*called, *there)}
    leads = Staff.objects.filter(posts__office=office, posts__role__in=LEADS, posts__until__isnull=True, is_active=True)
    others = [PackPerson(_part(held, each), each.name, each.number, each.phone)
              for each in leads.distinct().order_by("number") if each.number not in known]  # fmt: skip
    return [*called, *there, *others]


def _held(office: Office) -> dict[int, Role]:
    rows = Post.objects.filter(office=office, until__isnull=True).order_by("pk").values_list("staff_id", "role")
    return {staff: Role(role) for staff, role in rows if Role(role) not in NOT_ON_DUTY}


def _part(held: dict[int, Role], staff: Staff) -> str:
    role = held.get(staff.pk)
    return said(ROLE_TITLES[role]) if role else ""


def _order(case: Case, by: Actor, now: datetime, key: str) -> PackOrder:
    order: Order = case.order
    open_ones: Sequence[datetime] = [row.due_at for row in getattr(case, "running", ())]
    return PackOrder(
        number=case.number, visit_at=order.visit_at, unit=unit_long(case.unit) if case.unit else "", reporter=order.reporter,
        phone=_phone(case, order.phone, by, now, key), content=order.content,
        status=said(case.procedure.status_title(case.status)), due_at=min(open_ones, default=None),
        worker=f"{order.worker.name} {order.worker.number}" if order.worker else "",
    )  # fmt: skip


def _out(office: Office) -> list[Errand]:
    """Return what is to be bought, brought or paid yet, the soonest first."""
    rows = Errand.objects.filter(office=office, case__closed_at__isnull=True, case__status__in=WITH_BUYER)
    return list(rows.select_related("case", "unit", "unit__building", "buyer").order_by("buy_by", "pk")[:MOST_ERRANDS])


def _errand(errand: Errand, by: Actor, now: datetime, key: str) -> PackOrder:
    wanted = (errand.item, errand.brand, errand.spec, f"× {errand.quantity.normalize():f}" if errand.quantity else "")
    case = errand.case
    return PackOrder(
        number=case.number, visit_at=errand.buy_by, unit=unit_long(errand.unit), reporter=errand.customer,
        phone=_phone(case, errand.phone, by, now, key), content=" ".join(filter(None, wanted)),
        status=said(case.procedure.status_title(case.status)),
        worker=f"{errand.buyer.name} {errand.buyer.number}" if errand.buyer else "",
    )  # fmt: skip


def _phone(case: Case, phone: str, by: Actor, now: datetime, key: str) -> str:
    """Return a number in full to who has to call there, which is on record (MR-13); to anybody else in part."""
    offered = case.procedure.open_steps(case.status, by.roles_in(case.office_id), assigned=True)
    if not phone or all(step.verb != "reveal" for step in offered):
        return masked(phone)
    act(Asked(by, f"{key}-{case.pk}", now, {}), case.number, "reveal")
    return phone


def may_print(by: Actor, office: Office) -> bool:
    """Tell whether somebody gives out pads here, and so may print a pack."""
    return by.holds(office.pk, *KEEPERS)
