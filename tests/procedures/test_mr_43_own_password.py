"""MR-43  A password somebody else made is good for choosing one's own, and for nothing before that."""

from datetime import timedelta
from typing import Any

import pytest

from menling.kernel.roles import Role
from menling.premises.actors import staff_actor
from menling.premises.administration import people
from menling.premises.administration.books import Pen
from menling.premises.administration.own import choose_password, chosen_by_oneself
from menling.premises.models import Change, Staff, Token
from tests.doors.web import PASSWORD, Browser, browser, key_of, words
from tests.features.test_imports_lists import administrator
from tests.office import World
from tests.procedures.given import refused

OWN = "blue kettle on the stove"


def given(world: World) -> str:
    """Let the administrator make a password for the desk, and return it."""
    return people.reset_password(world.staff["control_centre"], world.office, Pen(administrator(world), world.now, "reset"))


def chosen(there: Browser, old: str, new: str = OWN, again: str | None = None) -> Any:
    return there.post("/password", {"old": old, "new": new, "again": new if again is None else again})


@pytest.mark.clause("MR-43")
def test_what_somebody_else_made_opens_nothing() -> None:
    chosen_by_oneself(given=False)
    with refused("MR-43", 403):
        chosen_by_oneself(given=True)


@pytest.mark.django_db
@pytest.mark.clause("MR-43")
def test_who_comes_in_with_a_given_password_is_led_to_choosing_the_own_one(world: World) -> None:
    there = Browser()
    old = given(world)
    assert there.log_in("A001", old).status_code == 302
    for path in ("/board", "/messages", "/", "/pin", "/exports/orders.xlsx"):
        assert there.get(path)["Location"] == "/password", path
    assert there.client.get("/messages/unseen", headers={"HX-Request": "true"})["HX-Redirect"] == "/password"
    assert there.post("/new/file", {"unit": world.unit.code}).status_code == 302
    page = there.read("/password")
    assert "Choose your own password" in words(page)
    assert "/messages/unseen" not in page, "nothing on the page asks for what is closed"
    assert chosen(there, old).status_code == 302
    assert there.get("/board").status_code == 200


@pytest.mark.django_db
@pytest.mark.clause("MR-43")
def test_somebody_taken_on_or_founding_begins_with_a_given_password(world: World) -> None:
    staff, password = people.hire(world.office, Pen(administrator(world), world.now, "hire"), number="W7", name="新人",
                                  role=Role.REPAIR_WORKER.value, since=world.now.date())  # fmt: skip
    assert Staff.objects.get(pk=staff.pk).password_given
    there = Browser()
    there.log_in("W7", password)
    assert there.get("/")["Location"] == "/password"


@pytest.mark.django_db
@pytest.mark.clause("MR-43")
def test_a_phone_with_a_given_password_opens_the_visits_alone_and_for_a_shift(world: World) -> None:
    old, phone = given(world), Browser().client
    entry = {"number": "A001", "password": old}
    assert phone.post("/api/v1/login", entry, "application/json").status_code == 200
    token = Token.objects.latest("pk")
    assert token.doorstep
    assert token.expires_at is not None
    assert token.expires_at - token.created_at == timedelta(hours=12)
    desk = Staff.objects.get(number="A001")
    choose_password(desk, world.office, Pen(staff_actor(desk, world.now.date()), world.now, "own"), old=old, new=OWN, again=OWN)
    assert phone.post("/api/v1/login", entry | {"password": OWN}, "application/json").status_code == 200
    assert not Token.objects.latest("pk").doorstep


WRONG = [("not mine", OWN, OWN, "not your password"), (PASSWORD, OWN, "another one", "differ"),
         (PASSWORD, PASSWORD, PASSWORD, "old password"), (PASSWORD, "a7!kettl", "a7!kettl", ""),
         (PASSWORD, "a7!kett", "a7!kett", "at least 8"), (PASSWORD, "password1", "password1", "easily guessed")]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("MR-43")
@pytest.mark.parametrize(("old", "new", "again", "told"), WRONG)
def test_the_own_password_is_changed_at_any_time_by_who_knows_it(world: World, old: str, new: str, again: str, told: str) -> None:
    there = browser(world, "control_centre")
    answer = chosen(there, old, new, again)
    assert answer.status_code == (422 if told else 302)
    assert told in words(answer.content.decode())
    assert Staff.objects.get(number="A001").check_password(new) == (not told or new == PASSWORD)


@pytest.mark.django_db
@pytest.mark.clause("MR-43")
def test_this_pc_stays_open_and_every_other_one_is_closed(world: World) -> None:
    here, elsewhere = browser(world, "control_centre"), browser(world, "control_centre")
    page = here.read("/password")
    sent = {"key": key_of(page), "old": PASSWORD, "new": OWN, "again": OWN}
    assert here.client.post("/password", sent).status_code == 302
    assert here.get("/board").status_code == 200
    assert elsewhere.get("/board")["Location"].startswith("/login")
    entry = Change.objects.get(what="own_password")
    assert (entry.subject, entry.who.number, entry.before, entry.after) == ("A001", "A001", {}, {})
    assert Browser().log_in("A001").status_code == 422
    assert Browser().log_in("A001", OWN).status_code == 302
