"""`menling import` and `menling export`: lists and public records at the command line."""

import argparse
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from menling.cli import export, import_
from menling.cli.main import VERBS, _load
from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.premises.models import Staff, Unit
from tests.features.test_imports_lists import administrator, workbook
from tests.features.test_imports_replay import UNFIT, city_file
from tests.office import World, make_staff

UNITS = (("Unit", "Special care"), ("6-1-101", "养狗"), ("6-1-102", None))


def called(verb: str, *words: str) -> int:
    """Run a verb as its parser reads it."""
    module = _load(verb)
    parser = argparse.ArgumentParser()
    module.arguments(parser)
    return module.run(parser.parse_args([*words, "--language", "en"]))


def test_both_verbs_are_known_by_their_plain_names() -> None:
    assert {"import", "export"} <= set(VERBS)
    assert (_load("import"), _load("export")) == (import_, export)


@pytest.mark.django_db
def test_a_list_is_looked_at_then_kept_then_the_same(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    administrator(world)
    file = tmp_path / "units.xlsx"
    file.write_bytes(workbook(*UNITS))
    words = ("--kind", "units", "--office", "XH", str(file))
    assert called("import", *words, "--preview") == 0
    assert "2 new, 0 changed, 0 unchanged, 0 wrong; nothing was changed" in capsys.readouterr().out
    assert called("import", *words) == 0
    assert capsys.readouterr().out.endswith("; kept\n")
    assert called("import", *words, "--as", "A009") == 0
    assert "0 new, 0 changed, 2 unchanged" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_is_wrong_is_told_by_row_and_column_and_fails(world: World, tmp_path: Path,
                                                          capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    file = tmp_path / "units.xlsx"
    file.write_bytes(workbook(*UNITS, ("六栋", None)))
    assert called("import", "--kind", "units", "--office", "XH", str(file)) == 1
    assert "4 Unit: Which room of “六栋”?" in capsys.readouterr().err
    assert not Unit.objects.filter(code="6-1-101").exists()
    assert called("import", "--kind", "units", "--office", "ZZ", str(file)) == 1
    assert "there is no office ZZ; there are: LY, XH" in capsys.readouterr().err
    assert called("import", "--kind", "staff", "--office", "XH", str(file), "--as", "A005") == 1
    assert "MR-12" in capsys.readouterr().err
    assert called("import", "--kind", "units", "--office", "XH", str(tmp_path / "nothing.xlsx")) == 1


@pytest.mark.django_db
def test_an_administrator_of_the_whole_company_imports_too(world: World, tmp_path: Path) -> None:
    make_staff(world.company, None, Role.ADMINISTRATOR, "C900", "总管理员")
    file = tmp_path / "staff.xlsx"
    file.write_bytes(workbook(("Work number", "Full name", "Role"), ("W021", "赵建国", "repair_worker")))
    assert called("import", "--kind", "staff", "--office", "XH", str(file)) == 0
    assert Staff.objects.get(number="W021").posts.get().office == world.office


@pytest.mark.django_db
def test_a_template_and_a_list_are_written_as_workbooks(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "made.xlsx"
    assert called("import", "--kind", "orders", "--office", "XH", str(file), "--template") == 0
    assert load_workbook(BytesIO(file.read_bytes())).worksheets[0]["A1"].value == "Old number*"
    world.file()
    assert called("export", "--kind", "orders", "--office", "XH", str(file), "--open") == 0
    assert "1 rows" in capsys.readouterr().out
    assert load_workbook(BytesIO(file.read_bytes())).worksheets[0]["A2"].value == "XH-R26-00001"
    assert called("export", "--kind", "units", "--office", "ZZ", str(file)) == 1
    assert called("export", "--kind", "offices", "--office", "XH", str(file)) == 0
    rows = load_workbook(BytesIO(file.read_bytes())).worksheets[0]
    assert [rows["A2"].value, rows["A3"].value] == ["LY", "XH"]


@pytest.mark.django_db(transaction=True)
def test_a_public_record_is_replayed_once_and_each_refusal_has_its_row(world: World, tmp_path: Path,
                                                                      capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    words = ("--kind", "city-311", "--office", "XH", str(city_file(tmp_path)))
    assert called("import", *words, "--rows", "3") == 0
    told = capsys.readouterr().out
    assert told.endswith("2 accepted, 0 here before, 1 refused\n")
    assert "4\t-\tSF3\tit was closed before it was reported\n" in told
    assert called("import", *words) == 0
    told = capsys.readouterr().out
    assert told.endswith(f"2 accepted, 2 here before, {len(UNFIT)} refused\n")
    assert Case.objects.filter(kind="repair").count() == 4
