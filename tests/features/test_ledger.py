"""The ledger: every clause has its line, and every fault is told."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from menling.clauses import Clause, clauses
from menling.kernel.points import Point
from menling.ledger.book import Outside, lines, outside_software
from menling.ledger.check import COUNTS, faults
from menling.ledger.pages import page
from menling.ledger.runs import Naming, Unreadable, naming
from tests.checkout import checkout

SLIP = Point("rule", "desk.slip_complete", ("EN-F.2",), lambda clause: None)
NAMED = Naming({"tests/procedures/test_en.py::test_slip": ("EN-F.2",)})


def menling(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person does."""
    return subprocess.run([sys.executable, "-m", "menling.cli.main", *words], capture_output=True, text=True, check=False)


# The lines


@pytest.fixture(scope="module")
def told() -> list[dict[str, object]]:
    """The ledger as the outside reads it, house rules and all."""
    run = menling("ledger", "--json", "--house")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_every_clause_has_its_line_in_the_order_of_the_papers_and_house_rules_come_last(told: list[dict[str, object]]) -> None:
    papers = [clause.id for clause in clauses().values() if clause.document != "MR"]
    assert len(papers) == 461
    assert [line["id"] for line in told] == papers + [key for key in clauses() if key not in papers]


def test_a_line_says_where_it_is_kept_which_tests_name_it_and_why_not(told: list[dict[str, object]]) -> None:
    for line in told:
        assert list(line) == ["id", "status", "where", "tests", "reason"]
        assert (line["status"] == "enforced") == bool(line["where"] and line["tests"])
        assert line["status"] != "not_in_software" or line["reason"]
        assert all(test.startswith("tests/procedures/test_") for test in line["tests"])
        assert all(where.split()[0] in {"rule", "step", "clock", "prompt", "setting"} for where in line["where"])
    desk = next(line for line in told if line["id"] == "HS-3.2")
    assert desk["status"] == "enforced"
    assert "step repair.accept" in desk["where"]


def test_house_rules_stay_out_unless_they_are_wanted() -> None:
    assert len(lines(clauses(), [], NAMED, [])) == 461
    assert [line.clause.id for line in lines(clauses(), [], NAMED, [], house=True)] == list(clauses())


def test_a_clause_needs_both_a_point_and_a_test_to_be_enforced() -> None:
    def status(points: list[Point], tests: Naming, outside: list[Outside]) -> str:
        return next(line.status for line in lines(clauses(), points, tests, outside) if line.clause.id == "EN-F.2")

    assert status([SLIP], NAMED, []) == "enforced"
    assert status([SLIP], Naming({}), []) == "planned"
    assert status([], NAMED, []) == "planned"
    assert status([], Naming({}), [Outside("EN-F.2", "no software")]) == "not_in_software"


def test_the_page_shows_each_paper_and_adds_up() -> None:
    shown = page(lines(clauses(), [SLIP, SLIP], NAMED, []))
    assert shown.count("rule desk.slip_complete") == 1
    assert "tests/procedures/test_en.py::test_slip" in shown
    assert shown.splitlines()[-1].split() == ["all", "1", "460", "0", "461"]


# What the tests name


def test_marks_count_on_functions_parameters_classes_and_modules(tmp_path: Path) -> None:
    marks = """
        pytestmark = pytest.mark.clause("OC-1.1")

        @pytest.mark.clause("EN-1.1", "EN-1.2")
        @pytest.mark.parametrize("prompt", [pytest.param(each, marks=pytest.mark.clause(each), id=each)
                                            for each in ("HC-5.3.1", "HC-5.3.2")])
        def test_prompt(prompt): ...

        @pytest.mark.clause("EN-1.3")
        class TestTalk:
            def test_greeting(self): ...
    """
    assert naming(checkout(tmp_path, talk=marks)).clauses == {
        "tests/procedures/test_talk.py::test_prompt[HC-5.3.1]": ("EN-1.1", "EN-1.2", "HC-5.3.1", "OC-1.1"),
        "tests/procedures/test_talk.py::test_prompt[HC-5.3.2]": ("EN-1.1", "EN-1.2", "HC-5.3.2", "OC-1.1"),
        "tests/procedures/test_talk.py::TestTalk::test_greeting": ("EN-1.3", "OC-1.1"),
    }


def test_tests_that_do_not_load_are_told_and_never_passed_over(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no_such_module"):
        naming(checkout(tmp_path / "broken", broken="import no_such_module"))
    with pytest.raises(Unreadable, match="checkout"):
        naming(tmp_path / "nowhere")


# What is wrong


def test_the_list_of_clauses_is_that_of_the_papers() -> None:
    assert faults(clauses(), [SLIP], NAMED, outside_software()) == []
    assert sum(COUNTS.values()) == 461


def test_a_missing_and_a_superfluous_clause_are_told() -> None:
    papers = dict(clauses())
    invented = replace(papers.pop("OI-2"), id="OS-99", document="OS")
    assert faults(papers | {"OS-99": invented}, [], Naming({}), []) == [
        "OI: 7 clauses are listed, the paper has 8",
        "OS: 25 clauses are listed, the paper has 24",
    ]


@pytest.mark.parametrize("spoil", [lambda ids: ids[::-1], lambda ids: ["HS-0", *ids[1:]]], ids=["order", "renamed"])
def test_other_ids_or_another_order_are_told(spoil) -> None:
    listed = [clause for clause in clauses().values() if clause.document != "MR"]
    ids = spoil([clause.id for clause in listed])
    papers: dict[str, Clause] = {key: replace(clause, id=key) for key, clause in zip(ids, listed, strict=True)}
    assert faults(papers, [], Naming({}), []) == ["the ids of the clauses, or their order, are not those of the papers"]


def test_a_point_may_name_clauses_house_rules_and_conflicts_and_nothing_else() -> None:
    point = Point("setting", "repair.desk", ("EN-F.2", "CF-01", "MR-1", "EN-99"), lambda clause: None)
    assert faults(clauses(), [point], NAMED, []) == ["setting repair.desk: there is no clause EN-99"]


def test_a_test_names_clauses_that_there_are() -> None:
    tests = Naming({"test_a": ("EN-F.2", "MR-1", "CF-01", "HS-99"), "test_b": ()})
    assert faults(clauses(), [SLIP], tests, []) == ["test_a: there is no clause HS-99", "test_b: names no clause"]


def test_what_code_claims_a_test_must_name() -> None:
    assert faults(clauses(), [SLIP], Naming({}), []) == ["EN-F.2: kept by rule desk.slip_complete, but no test names it"]


def test_only_background_may_stay_outside_with_a_reason_and_only_while_nothing_keeps_it() -> None:
    point = Point("prompt", "visit.leaving", ("HC-6",), lambda clause: None)
    outside = [Outside("EN-F.2", "paper only"), Outside("HC-6", "other papers"), Outside("HS-1", " "), Outside("XX-1", "what")]
    tests = Naming({"test_a": ("HC-6",)})
    assert faults(clauses(), [point], tests, outside) == [
        "outside.toml: EN-F.2 is hard; only background may stay outside",
        "outside.toml: HC-6 is kept by prompt visit.leaving",
        "outside.toml: HS-1 has no reason",
        "outside.toml: there is no clause XX-1",
    ]
