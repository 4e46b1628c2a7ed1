"""HC-5.4.6  Numbered paper: given out by name, every sheet accounted for, a missing one traced."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.procedures import pad as rules
from menling.procedures.pad import MOST_SHEETS, PAD, Number, number_read
from menling.procedures.paper_inquiry import BY_PERSONS, PAPER_INQUIRY, InquiryPolicy, cause_named, dealt_with
from tests.buying import WANTED, missing_sheet
from tests.office import World
from tests.procedures.given import NOON, chosen, due_at, last, refused, told_roles, told_staff

pytestmark = pytest.mark.clause("HC-5.4.6")


def given_out(world: World, form: str = "errand_sheet", first: str = "0001", last_one: str = "0010") -> Case:
    """Return a pad the desk gave to the first worker."""
    to = world.staff["repair_worker"].number
    answer = world.answer("issue", None, "service_desk", kind="pad", form=form, first=first, last=last_one, to=to)
    return Case.objects.get(number=answer.body["number"])


def on_sheet(world: World, sheet: str, **facts: Any) -> Case:
    """Return an errand written on a paper sheet."""
    asked = WANTED | {"buy_by": world.now, "sheet": sheet} | facts
    return Case.objects.get(number=world.answer("file", None, "service_desk", kind="errand", **asked).body["number"])


def fates(case: Case) -> dict[str, str]:
    """Return what became of every sheet of a pad."""
    return {case.pad.printed(each.figure): each.fate for each in case.pad.sheets.order_by("figure")}


def test_a_pad_runs_from_number_to_number_of_one_print() -> None:
    assert number_read("代购0042") == Number("代购", 42, 4)
    assert number_read("none") is None
    rules.runs_on(number_read("A001"), number_read(f"A{MOST_SHEETS}"))
    for first, last_one, status in (("A001", f"A{MOST_SHEETS + 1}", 409), ("A010", "A009", 409), ("A001", "B009", 409),
                                    ("A", "A2", 422)):  # fmt: skip
        with refused("HC-5.4.6", status):
            rules.runs_on(number_read(first), number_read(last_one))


def test_what_is_neither_used_nor_void_nor_handed_in_is_missing() -> None:
    assert rules.missing(1, 5, {1, 3, 5}) == (2, 4)
    assert rules.missing(1, 3, {1, 2, 3}) == ()


def test_desks_and_administration_give_pads_out_and_the_manager_alone_closes_an_inquiry() -> None:
    with refused("HC-5.4.6", 403):
        PAD.step("issue", "new", {R.REPAIR_WORKER})
    with refused("HC-5.4.6", 403):
        PAPER_INQUIRY.step("close", "traced", {R.SERVICE_DESK})
    assert PAPER_INQUIRY.step("close", "traced", {R.OFFICE_MANAGER}).after == "closed"


@pytest.mark.django_db
def test_a_pad_is_given_out_once_to_somebody_by_name_who_is_told(world: World) -> None:
    case = given_out(world)
    assert (case.pad.holder, case.pad.issued_by) == (world.staff["repair_worker"], world.staff["service_desk"])
    assert told_staff(case) == [world.staff["repair_worker"].pk]
    with refused("HC-5.4.6"):
        given_out(world, first="0010", last_one="0020")
    given_out(world, first="0011", last_one="0020")
    given_out(world, form="message_slip")
    world.do(case, "give_to", "service_desk", to=world.staff["repair_worker_2"].number)
    assert last(case, "give_to").facts["to_name"] == "赵师傅"


@pytest.mark.django_db
def test_a_pad_handed_in_accounts_for_every_number_and_asks_after_each_one_missing(world: World) -> None:
    case = given_out(world)
    errand = on_sheet(world, "0001")
    world.do(case, "void", "repair_worker", number="0002", reason="写坏")
    world.do(case, "use", "service_desk", number="0003", order=world.file().number)
    for number in ("0001", "0002", "0003"):
        with refused("HC-5.4.6", 409):
            world.do(case, "void", "service_desk", number=number, reason="再来")
    with refused("HC-5.4.6", 409):
        world.do(case, "void", "service_desk", number="0011", reason="别册")
    assert world.do(case, "hand_in", "service_desk", blank_from="0006").status == "handed_in"
    assert fates(case) == dict(zip(
        [f"{n:04d}" for n in range(1, 11)], ["used", "voided", "used", "missing", "missing", *["blank"] * 5], strict=True
    ))  # fmt: skip
    assert case.pad.sheets.get(figure=1).case == errand
    asked = Case.objects.filter(kind="paper_inquiry", parent=case).order_by("pk")
    assert [each.inquiry.number for each in asked] == ["0004", "0005"]
    assert told_roles(asked[0]) == {"office_manager", "service_desk_supervisor"}


@pytest.mark.django_db
def test_a_missing_sheet_is_closed_only_with_its_cause_and_with_whom_where_somebody_caused_it(world: World) -> None:
    case = missing_sheet(world)
    with refused("HC-5.4.6"):
        world.do(case, "close", "office_manager")
    with refused("HC-5.4.6", 422):
        world.do(case, "trace", "service_desk", cause="lost", found="掉在电梯里")
    world.do(case, "trace", "service_desk", cause="lost", found="掉在电梯里", person=world.staff["repair_worker"].number)
    with refused("HC-5.4.6", 422):
        world.do(case, "close", "office_manager", dealt=" ")
    assert world.do(case, "close", "office_manager", dealt="书面检查").status == "closed"
    other = world.do(missing_sheet(world), "trace", "service_desk", cause="printing", found="印厂漏号")
    assert world.do(other, "close", "office_manager").status == "closed"


@pytest.mark.parametrize("cause", sorted(BY_PERSONS))
def test_a_cause_has_words_and_where_a_person_is_behind_it_a_name_and_what_was_done(cause: str) -> None:
    cause_named("printing", "漏号", "")
    cause_named(cause, "丢失", "A001")
    for found, person in (("", "A001"), ("丢失", "")):
        with refused("HC-5.4.6", 422):
            cause_named(cause, found, person)
    dealt_with(False, "")
    with refused("HC-5.4.6", 422):
        dealt_with(True, "")


def test_an_inquiry_finds_the_cause_within_the_days_of_the_office() -> None:
    assert due_at(PAPER_INQUIRY, "trace", NOON, chosen(InquiryPolicy, paper__trace_days=2)) == NOON + timedelta(days=2)


@pytest.mark.django_db
def test_a_sheet_of_the_purchase_register_is_used_once_and_only_when_it_was_given_out(world: World) -> None:
    on_sheet(world, "9999")  # an office without pads works as ever
    with refused("HC-5.4.6"):
        on_sheet(world, "9999")
    case = given_out(world)
    with refused("HC-5.4.6", 409):
        on_sheet(world, "0011")
    world.do(case, "void", "repair_worker", number="0002", reason="写坏")
    with refused("HC-5.4.6", 409):
        on_sheet(world, "0002")
    assert on_sheet(world, "0003").errand.sheet == "0003"


@pytest.mark.django_db
def test_a_message_slip_from_no_pad_is_taken_and_asked_after(world: World) -> None:
    world.do(world.sent(), "absent", "repair_worker", slip="0500")
    assert not Case.objects.filter(kind="paper_inquiry").exists()
    case = given_out(world, "message_slip")
    later = world.sent
    world.do(later(), "absent", "repair_worker", slip="0001")
    assert fates(case) == {"0001": "used"}
    world.do(case, "void", "repair_worker", number="0002", reason="写坏")
    world.do(later(), "absent", "repair_worker", slip="0002")
    world.do(later(), "absent", "repair_worker", slip="0600")
    assert [each.inquiry.sort for each in Case.objects.filter(kind="paper_inquiry").order_by("pk")] == ["twice", "stray"]
