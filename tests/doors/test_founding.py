"""A real installation: an empty database is founded once, and from then on everything comes in through the pages."""

import argparse
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from menling.cli.main import _load
from menling.imports.models import Upload
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.premises import clock
from menling.premises.actors import staff_actor
from menling.premises.administration.founding import Charter, Founded, found
from menling.premises.models import Change, Company, Office, Post, Staff
from tests.doors.web import Browser, words

pytestmark = pytest.mark.django_db
CHARTER = Charter("海棠物业服务有限公司", "", "ht", "海棠苑管理处", "021-60000009", "", "a001", "周敏")
ASKED = ("--company", "海棠物业服务有限公司", "--office", "海棠苑管理处", "--code", "ht", "--phone", "021-60000009",
         "--admin", "周敏", "--number", "a001")  # fmt: skip
OWN = "seven green kettles"
TODAY = timezone.localdate().isoformat()
YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()
STAFF = (
    ("H001", "前台小许", "service_desk", "保洁"), ("H002", "中控老秦", "control_centre", ""),
    ("H003", "赵建国", "repair_worker", "水暖、电气"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def looked_at_anew() -> Iterator[None]:
    yield
    clock.look_again()


def called(*options: str) -> int:
    module = _load("found")
    parser = argparse.ArgumentParser()
    module.arguments(parser)
    return module.run(parser.parse_args([*options, "--language", "en"]))


def filled(template: Any, *rows: tuple[Any, ...]) -> SimpleUploadedFile:
    """Write rows below the titles of an empty workbook as it was sent, the example row left standing."""
    book = load_workbook(BytesIO(b"".join(template) if template.streaming else template.content))
    for row, values in enumerate(rows, start=3):
        for column, value in enumerate(values, start=1):
            book.worksheets[0].cell(row, column, value)
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("list.xlsx", made.getvalue())


def bring(there: Browser, kind: str, *rows: tuple[Any, ...]) -> None:
    looked = there.post(f"/imports/{kind}/look", {"file": filled(there.get(f"/imports/{kind}/template.xlsx"), *rows)})
    assert looked.status_code == 200, words(looked.content.decode())
    assert f"{len(rows)} new" in words(looked.content.decode())
    assert there.post(f"/imports/{Upload.objects.get().pk}/keep").status_code == 302


def secret(there: Browser, number: str) -> str:
    shown = there.post(f"/people/{number}/secrets/password", {}).content.decode()
    met = re.search(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", shown)
    assert met, words(shown)
    return met[0]


def own_password(there: Browser, number: str, given: str) -> None:
    """Come in with the password that was given, and choose the own one."""
    assert there.log_in(number, given).status_code == 302
    assert there.get("/")["Location"] == "/password"
    assert there.post("/password", {"old": given, "new": OWN, "again": OWN}).status_code == 302
    there.client.post("/language", {"language": "en"})


def test_a_company_is_founded_with_its_first_office_and_an_administrator() -> None:
    staff, password = found(CHARTER, timezone.now())
    office = Office.objects.get()
    assert (office.code, office.company.short_name, office.company.is_demo) == ("HT", "海棠物业服务有限公司", False)
    assert staff.check_password(password)
    by = staff_actor(staff, timezone.localdate())
    assert by.roles_in(office.pk) == {Role.ADMINISTRATOR}
    assert by.sees_all_offices
    assert Change.objects.get().what == "hire"


def test_a_database_is_founded_once() -> None:
    found(CHARTER, timezone.now())
    with pytest.raises(Founded, match="海棠"):
        found(CHARTER, timezone.now())
    assert (Company.objects.count(), Staff.objects.count(), Post.objects.count()) == (1, 1, 1)


WRONG = [("code", "H"), ("code", "7T"), ("code", "HAITANG"), ("code", "海棠"), ("company", " "), ("phone", "none of yours"),
         ("admin", ""), ("office", "苑" * 61)]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_missing_too_long_or_no_code_is_named_and_nothing_is_founded(name: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        found(Charter(**vars(CHARTER) | {name: value}), timezone.now())
    assert (refused.value.clause, refused.value.field) == ("MR-8", name)
    assert not Company.objects.exists()


def test_the_command_tells_the_password_once_and_refuses_to_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(*ASKED) == 0
    told = capsys.readouterr().out
    password = re.search(r"password (\S+)", told)
    assert password
    assert Staff.objects.get().check_password(password[1])
    assert called(*ASKED) == 1
    assert "belongs to 海棠物业服务有限公司 already. Nothing was changed." in capsys.readouterr().err
    assert Company.objects.count() == 1


def test_without_a_terminal_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch,
                                                            capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert called(*ASKED[:4]) == 1
    assert "--code, --phone, --admin, --number" in capsys.readouterr().err
    assert not Company.objects.exists()


def test_from_an_empty_database_to_the_first_order_through_the_pages_alone() -> None:
    _staff, password = found(CHARTER, timezone.now())
    there = Browser()
    own_password(there, "A001", password)
    there.read("/administration")
    bring(there, "units", ("8-1-101",), ("8-1-102",))
    bring(there, "people", ("8-1-101", "苏梅", "owner", "14000077001"))
    bring(there, "staff", *((number, name, role, None, TODAY, None, skill) for number, name, role, skill in STAFF))
    bring(there, "rosters", ("H003", TODAY, "00:00", "23:59", "全天"))
    bring(there, "standard", ("W01", "疏通", "80.00", "visit"))
    bring(there, "prices", ("W01", "疏通", "service", "86.00", "visit", "Drain", "水暖"))
    desk = Browser()
    own_password(desk, "H002", secret(there, "H002"))
    bring(desk, "orders", ("GD-1", "repair", "8-1-102", "苏梅", "14000077001", "灯不亮", f"{YESTERDAY} 10:01"))
    sent = {"unit": "8-1-101", "reporter": "苏梅", "phone": "14000077001", "content": "厨房下水堵塞"}
    assert desk.post("/new/file", sent).status_code in (302, 204)
    assert "厨房下水堵塞" in desk.read("/board")
