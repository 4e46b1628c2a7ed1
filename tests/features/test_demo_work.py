"""The demonstration's work: three months of orders and papers, and a board with something at every step."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db.models import F
from pytest_django import DjangoDbBlocker

from menling.agreements.models import Agreement
from menling.demo.crew import FIRST, SECOND
from menling.demo.followups import DISCONTENTED, STREAKY
from menling.doorway.keys import holder
from menling.doorway.messages import messages_for
from menling.errands.models import Errand
from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Event, Outgoing
from menling.journal.sweep import sweep
from menling.kernel.roles import Role
from menling.money.books import balance
from menling.money.models import Handover, Transfer
from menling.orders.models import Order, Visit
from menling.orders.served import not_followed_up
from menling.pads.models import Inquiry
from menling.premises import clock
from menling.premises.models import Office, Staff
from menling.procedures.places import bag
from tests.demonstration import MORNING, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The invented company with 12 days behind the morning."""
    with django_db_blocker.unblock(), filled(12) as said:
        yield said


def board() -> list[Order]:
    """The first office's orders of this morning."""
    rows = Order.objects.filter(case__office__code=FIRST, case__reported_at__gt=MORNING - timedelta(hours=4))
    return list(rows.select_related("case", "unit"))


def open_promises(key: str, **limits: object) -> int:
    rows = Deadline.objects.filter(office__code=FIRST, key=key, met_at__isnull=True, released_at__isnull=True)
    return rows.filter(**limits).count()


def test_the_board_has_something_at_every_step(demo: dict[str, Any]) -> None:
    statuses = {order.case.status for order in board()}
    assert statuses >= {
        "reported", "accepted", "dispatched", "acknowledged", "quoted", "working", "waiting_material", "nobody_home", "finished",
        "objected", "signed", "completed",
    }  # fmt: skip
    urgent = [order for order in board() if order.urgency == "emergency" and order.case.status == "reported"]
    assert [order.referred_by is not None for order in urgent] == [True]


def test_something_is_late_something_will_be_and_somebody_is_free(demo: dict[str, Any]) -> None:
    soon = clock.now() + timedelta(minutes=5)
    assert open_promises("dispatch", broken_at__isnull=False) >= 1
    assert open_promises("arrive", broken_at__isnull=False) >= 1
    assert open_promises("arrive", broken_at__isnull=True, due_at__lte=soon) >= 1
    assert open_promises("dispatch", broken_at__isnull=True, due_at__lte=soon) >= 1
    crew = Staff.objects.filter(posts__role=Role.REPAIR_WORKER, posts__office__code=FIRST)
    out = Visit.objects.filter(worker__in=crew, active=True, planned__startswith__lt=soon).values_list("worker", flat=True)
    assert 4 <= len(set(out)) < crew.count()


def test_the_resident_has_a_repair_to_sign_and_one_of_the_days_before(demo: dict[str, Any]) -> None:
    resident = holder(demo["resident"]["token"], clock.now())
    own = visible_to(resident).filter(kind="repair", unit__code="3-2-1201")
    statuses = sorted(own.values_list("status", flat=True))
    assert statuses == ["archived", "finished"]


def test_the_days_behind_have_paid_and_free_late_and_called_off_and_every_yuan_arrived(demo: dict[str, Any]) -> None:
    office = Office.objects.get(code=FIRST)
    week = Case.objects.filter(office=office, kind__in=("repair", "housekeeping"), reported_at__lt=MORNING - timedelta(hours=10))
    assert week.count() >= 50
    assert {"archived", "cancelled", "declined"} <= set(week.values_list("status", flat=True))
    assert Deadline.objects.filter(case__in=week, key="arrive", broken_at__isnull=False, met_at__isnull=False).exists()
    received = Handover.objects.filter(case__status="received", case__office=office)
    cash = sum((each.amount for each in received), Decimal(0))
    advanced = sum((each.advanced for each in Errand.objects.filter(is_home=False)), Decimal(0))
    safe = f"safe:{office.pk}"
    beside = Transfer.objects.filter(case__kind__in=("cashier_day", "adjustment", "deposit"))
    given, kept = (sum(beside.filter(**{end: safe}).values_list("amount", flat=True), Decimal(0)) for end in ("source", "target"))
    assert balance(office.pk, safe) + advanced + given - kept == cash > 0
    today = Handover.objects.filter(case__office=office, is_open=True, day=MORNING.date())
    assert all(balance(office.pk, bag(each.holder_id)) > 0 for each in today)


def told(verb: str, **limits: object) -> bool:
    return Event.objects.filter(verb=verb, happened_at__lt=MORNING - timedelta(hours=10), **limits).exists()


@pytest.mark.parametrize(
    ("trouble", "verb", "limits"),
    [
        ("late", "break", {"facts__promise": "arrive"}),
        ("moved", "move", {}),
        ("called off", "cancel", {}),
        ("nobody home", "absent", {}),
        ("done again", "rework", {}),
        ("paid too little", "collect", {"facts__shortfall__isnull": False, "facts__responsible": "梁景行"}),
        ("questioned before paying", "query_fee", {"before": "due"}),
        ("disputed afterwards", "query_fee", {"after": "disputed"}),
        ("declined", "decline", {}),
        ("waiting for material", "await_material", {}),
        ("carried over", "carry_over", {}),
        (
            "an emergency at night",
            "file",
            {"facts__urgency": "emergency", "happened_at__hour__in": (21, 22, 23, 0, 1, 2, 3, 4, 5, 6)},
        ),
    ],
)
def test_every_kind_of_trouble_is_in_the_days_behind(
    demo: dict[str, Any], trouble: str, verb: str, limits: dict[str, object]
) -> None:
    assert told(verb, **limits), trouble


def test_two_people_clean_booked_picked_up_done_again_and_called_off(demo: dict[str, Any]) -> None:
    behind = Case.objects.filter(kind__in=("repair", "housekeeping"), reported_at__lt=MORNING - timedelta(hours=10))
    cleaning = behind.filter(kind="housekeeping")
    assert {"archived", "cancelled", "declined"} <= set(cleaning.values_list("status", flat=True))
    assert Visit.objects.filter(order__case__in=cleaning, arrived_at__isnull=False).values("order").distinct().exists()
    assert told("rework", case__kind="housekeeping")
    assert Case.objects.filter(kind="batch", status="picked_up").exists()


def statuses(kind: str) -> set[str]:
    return set(Case.objects.filter(kind=kind).values_list("status", flat=True))


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("call_order", {"placed", "asked_back", "in_hand", "told", "seen"}),
        ("agreement", {"in_force", "signed_here", "with_manager"}),
        ("errand", {"archived", "delivered", "registered"}),
        ("coordination", {"tracked"}),
        ("alarm", {"accepted", "archived"}),
        ("alarm_batch", {"picked_up"}),
        ("closing_sheet", {"closed"}),
        ("shift_handover", {"acknowledged"}),
        ("pad", {"issued", "handed_in"}),
        ("paper_inquiry", {"open", "closed"}),
        ("referral", {"passed"}),
        ("register_copy", {"delivered"}),
    ],
)
def test_every_kind_of_paper_is_in_it(demo: dict[str, Any], kind: str, seen: set[str]) -> None:
    assert statuses(kind) >= seen


def test_one_agreement_is_lived_by_and_another_is_about_to_end(demo: dict[str, Any]) -> None:
    running = Case.objects.filter(kind="agreement", status="in_force")
    assert Agreement.objects.filter(case__in=running, days__order__status="archived").exists()
    soon = MORNING.date() + timedelta(days=14)
    assert running.filter(agreement__until__lte=soon).exists()
    assert running.filter(agreement__until__gt=soon + timedelta(days=90)).exists()


def test_an_errand_came_back_a_sheet_is_void_and_another_is_lost(demo: dict[str, Any]) -> None:
    assert told("object", case__kind="errand")
    assert told("not_bought", case__kind="errand")
    assert told("void", case__kind="errand")
    assert set(Inquiry.objects.values_list("number", flat=True)) == {"DG0004", "PD0001"}


def test_workers_write_down_what_they_did_and_not_all_the_same(demo: dict[str, Any]) -> None:
    written = Counter(Order.objects.exclude(summary="").values_list("summary", flat=True))
    assert len(written) > 30
    assert max(written.values()) < sum(written.values()) / 8
    for order in Order.objects.exclude(summary="").filter(content__contains="灯管"):
        assert "灯管" in order.summary


def test_residents_were_called_back_and_only_the_last_days_are_still_to_be(demo: dict[str, Any]) -> None:
    head = holder(demo["tokens"]["quality"], clock.now())
    offices = Office.objects.values_list("pk", flat=True)
    waiting = not_followed_up(head, list(offices), MORNING)
    assert 3 <= waiting.count() <= 30
    assert not waiting.filter(reported_at__lt=MORNING - timedelta(days=9)).exists()
    called = Event.objects.filter(verb="note", facts__follow_up="reached")
    assert called.count() > waiting.count()
    assert called.filter(facts__text__in=(*DISCONTENTED, *STREAKY)).exists()
    assert Event.objects.filter(verb="note", facts__follow_up="not_reached").exists()


def test_only_messages_of_the_last_hour_are_unread(demo: dict[str, Any]) -> None:
    first = Office.objects.get(code=FIRST)
    for role in ("service_desk", "control_centre", "team_lead", "office_manager", "finance"):
        reader = holder(demo["tokens"][role], clock.now())
        unread = [row for row in messages_for(reader, first) if not row.read]
        assert all(row.created_at >= MORNING - timedelta(hours=1) for row in unread)
        assert len(unread) <= 30, role


def test_nobody_is_at_two_places_and_nobody_leaves_before_coming(demo: dict[str, Any]) -> None:
    visits = Visit.objects.filter(arrived_at__isnull=False, finished_at__isnull=False)
    assert not visits.filter(finished_at__lt=F("arrived_at")).exists()
    for worker in Staff.objects.filter(pk__in=visits.values("worker")):
        times = sorted(visits.filter(worker=worker).values_list("arrived_at", "finished_at"))
        assert all(left <= came for (_, left), (came, _) in pairwise(times)), worker.name


def test_the_morning_is_busy_and_not_hopeless(demo: dict[str, Any]) -> None:
    late = Deadline.objects.filter(counted=True, met_at=None, released_at=None, paused_at=None, broken_at__isnull=False)
    assert 2 <= late.filter(office__code=FIRST).count() <= 10
    assert late.filter(office__code=SECOND).count() <= 3
    behind = Deadline.objects.filter(counted=True, due_at__lt=MORNING)
    assert behind.filter(broken_at__isnull=False).count() < behind.count() * 0.15


def test_something_is_not_paid_to_this_day(demo: dict[str, Any]) -> None:
    owed = Case.objects.filter(kind="charge", status="due", reported_at__lt=MORNING - timedelta(hours=10))
    assert owed.exists()


def test_nothing_lies_in_the_future_and_no_message_of_the_past_waits(demo: dict[str, Any]) -> None:
    assert not Case.objects.filter(reported_at__gt=clock.now()).exists()
    assert not Case.objects.filter(last_at__gt=clock.now()).exists()
    assert not Outgoing.objects.filter(sent_at__isnull=True).exists()
    assert sweep(MORNING) == 0
