"""An exchange of shifts asked for by those who work them: the colleague agrees, the leader approves (MR-12)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import Pen, WrittenBefore, enter, keeps, not_so, other_entry
from menling.premises.administration.covering import LEADERS, exchange, exchangeable
from menling.premises.models import Office, Post, Shift, Staff, Swap

OPEN = (Swap.State.ASKED, Swap.State.AGREED)
AHEAD = timedelta(days=31)
GONE = _("This exchange was settled or withdrawn meanwhile. Please look at the list again.")


def coming(office: Office, at: datetime) -> QuerySet[Shift]:
    """Return the shifts of the coming month that have not begun, the next one first."""
    rows = Shift.objects.filter(office=office, starts_at__gt=at, starts_at__lt=at + AHEAD, staff__is_active=True)
    return rows.select_related("staff").order_by("starts_at", "staff__number")


def offered(office: Office, staff: int, at: datetime) -> QuerySet[Shift]:
    """Return the coming shifts of colleagues who hold a role in common with somebody."""
    live = Post.objects.filter(office=office, until__isnull=True)
    alike = live.filter(role__in=live.filter(staff=staff).values("role")).exclude(staff=staff)
    return coming(office, at).filter(staff__in=alike.values("staff"))


def of_person(office: Office, staff: int, at: datetime) -> QuerySet[Swap]:
    """Return the open exchanges somebody asked for or is asked for; one whose shift has begun is over."""
    return open_ones(office, at).filter(Q(asker=staff) | Q(colleague=staff))


def open_ones(office: Office, at: datetime) -> QuerySet[Swap]:
    """Return the exchanges that wait for a colleague or a leader, the earliest shift first."""
    rows = Swap.objects.filter(office=office, state__in=OPEN, one__starts_at__gt=at, other__starts_at__gt=at)
    return rows.select_related("one", "other", "asker", "colleague").order_by("one__starts_at", "pk")


@transaction.atomic
def ask(office: Office, pen: Pen, one: Shift, other: Shift, reason: str = "") -> Swap:
    """Ask a colleague for an exchange of the own shift `one`.

    Errors: `Refused` MR-12 (403) for a shift of somebody else; MR-8 (409) as for an exchange, or for one asked for already;
    `WrittenBefore`.
    """
    if one.staff_id != pen.by.id:
        raise Refused("MR-12", _("You ask for an exchange of your own shift only."), status=403, field="one")
    exchangeable(office, one, other, pen.at)
    try:
        enter(pen, office, "ask_swap", one.staff.number, {"from": one.starts_at.isoformat()},
              {"with": other.staff.number, "from": other.starts_at.isoformat()})  # fmt: skip
    except WrittenBefore:
        if not Swap.objects.filter(one=one, other=other, asker=one.staff).exists():
            raise other_entry() from None
        raise
    list(Staff.objects.filter(pk=one.staff_id).select_for_update(no_key=True))
    if Swap.objects.filter(one=one, state__in=OPEN).exists():
        raise not_so(_("You have asked for this shift already. Withdraw that first."), "one")
    return Swap.objects.create(office=office, one=one, other=other, asker=one.staff, colleague=other.staff, asked_at=pen.at,
                               reason=names.folded(reason)[:100])  # fmt: skip


@transaction.atomic
def answer(swap: Swap, pen: Pen, *, agree: bool) -> Swap:
    """The colleague agrees, or declines.

    Errors: `Refused` MR-12 (403) for anybody else, (409) when it waits no more; `WrittenBefore`.
    """
    held = _locked(swap, Swap.State.ASKED)
    if held.colleague_id != pen.by.id:
        raise Refused("MR-12", _("Only the colleague who is asked answers this."), status=403)
    if agree:
        exchangeable(held.office, held.one, held.other, pen.at)
    return _now(held, pen, Swap.State.AGREED if agree else Swap.State.DECLINED)


@transaction.atomic
def withdraw(swap: Swap, pen: Pen) -> Swap:
    """Who asked takes it back, until the leader has decided. Errors: as `answer`."""
    held = _locked(swap, *OPEN)
    if held.asker_id != pen.by.id:
        raise Refused("MR-12", _("Only who asked withdraws this."), status=403)
    return _now(held, pen, Swap.State.WITHDRAWN)


@transaction.atomic
def decide(swap: Swap, pen: Pen, *, approve: bool) -> Swap:
    """The leader approves what both agreed to, and the shifts change hands; or declines. The colleague comes first.

    Errors: `Refused` MR-12 (403) for who does not lead or decides the own; (409) before the colleague agreed; as `exchange`.
    """
    keeps(pen.by, swap.office, LEADERS)
    held = _locked(swap, Swap.State.AGREED)
    if not approve:
        return _now(held, pen, Swap.State.DECLINED)
    if (held.one.staff_id, held.other.staff_id) != (held.asker_id, held.colleague_id):
        raise Refused("MR-12", _("The roster has changed since: a shift is somebody else's now. Please decline this."))
    exchange(held.office, pen, held.one, held.other)
    held.state = Swap.State.DONE
    Swap.objects.filter(pk=held.pk).update(state=held.state)
    return held


def _locked(swap: Swap, *states: Swap.State) -> Swap:
    rows = Swap.objects.select_related("office", "one__staff", "other__staff", "asker", "colleague")
    held = rows.select_for_update(of=("self",), no_key=True).get(pk=swap.pk)
    if held.state not in states:
        waits = held.state == Swap.State.ASKED
        raise Refused("MR-12", _("The colleague has not agreed yet. Please wait for the answer.") if waits else GONE)
    return held


def _now(held: Swap, pen: Pen, state: Swap.State) -> Swap:
    enter(pen, held.office, "answer_swap", held.asker.number, {"state": held.state}, {"state": state.value})
    held.state = state
    Swap.objects.filter(pk=held.pk).update(state=state)
    return held
