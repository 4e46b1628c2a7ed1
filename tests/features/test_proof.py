"""A proof takes points away in a process of its own, and turns red only when a test misses them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from menling.kernel.points import POINTS, rule
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.ledger import runs
from menling.procedures.repair import Status
from tests.checkout import checkout


@pytest.fixture
def own_points() -> Iterator[None]:
    """Points made in a test are gone after it."""
    kept = list(POINTS)
    yield
    POINTS[:] = kept


# Taking points away


@pytest.mark.usefixtures("own_points")
def test_a_rule_without_its_clause_refuses_nothing_and_computes_nothing_of_the_same_type() -> None:
    @rule("MR-1")
    def price(asked: str):
        if asked == "nothing":
            raise Refused("MR-1", "Ask for something.")
        known = {"yuan": Decimal("12.5"), "desks": frozenset({"desk"}), "day": date(2026, 1, 1)}
        known["hours"] = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
        return known[asked]

    assert price("yuan") == Decimal("12.5")
    POINTS[-1].remove("MR-1")
    assert price("nothing") is None
    assert price("yuan") == Decimal(0)
    assert price("desks") == frozenset()
    assert price("day") == date(1970, 1, 1)
    assert price("hours") == (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.usefixtures("own_points")
def test_a_step_is_taken_away_alone() -> None:
    new, accepted = frozenset({Status.REPORTED}), Status.ACCEPTED
    accept = Step(("MR-1", "MR-2"), "accept", new, accepted, frozenset({Role.CONTROL_CENTRE}))
    lead = replace(accept, roles=frozenset({Role.TEAM_LEAD}))
    table = Procedure("trial", "Trial", Status, (accept, lead))
    POINTS[-2].remove("MR-1")
    assert table.steps == (lead,)


# The proof


def with_program(folder: Path) -> Path:
    """Let a small checkout have the project's own fixtures: the program set up, and a database for who asks for it."""
    (folder / "conftest.py").write_text('pytest_plugins = ["tests.conftest"]\n', "utf-8")
    return folder


PROVED = """
    from menling.kernel.refusal import Refused
    from menling.procedures.repair_rules import declined_with_reason, worker_signed

    @pytest.mark.clause("HS-4.2.2")
    def test_declining_needs_a_reason():
        with pytest.raises(Refused):
            declined_with_reason("")

    @pytest.mark.clause("HS-4.2.2", "EN-D.15")
    def test_blind():
        worker_signed

    @pytest.mark.clause("OC-1.3")
    def test_red_anyway():
        raise AssertionError

    @pytest.mark.clause("EN-7.2")
    def test_falls_over():
        from menling.procedures.repair import REPAIR
        import json
        json.loads("[]" if any(step.verb == "finish" for step in REPAIR.steps) else "")
"""


def test_a_proof_tells_what_turned_red_what_stayed_green_and_what_was_never_green(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = with_program(checkout(tmp_path, some=PROVED))
    asked = ["HS-4.2.2", "EN-D.15", "OC-1.3", "EN-7.2", "EN-F.2", "HS-99"]
    assert runs.prove(asked, root=folder, note="(seed 4711)") == 1
    some = "tests/procedures/test_some.py::test_"
    assert capfd.readouterr().out.splitlines() == [
        "HS-4.2.2       proved",
        f"    stays green: {some}blind",
        "EN-D.15        NOT PROVED",
        f"    stays green: {some}blind",
        "OC-1.3         NOT PROVED",
        f"    not green as it is: {some}red_anyway",
        "EN-7.2         proved",
        f"    falls over instead of noticing: {some}falls_over",
        "EN-F.2         NOT PROVED",
        "    no test names it",
        "HS-99          NOT PROVED",
        "    nothing in the program keeps it",
        "2 proved, 4 failed (seed 4711)",
    ]


def test_tests_with_a_database_are_proved_one_after_another_on_one_database(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    walk = """
        @pytest.mark.clause("HS-4.2.2", "EN-D.20")
        def test_declined(world):
            case = world.do(world.file(), "decline", "control_centre", reason="不做", offered="已介绍")
            assert case.status == "declined"

        @pytest.mark.clause("EN-D.20")
        def test_filed(world):
            assert world.do(world.completed(), "archive", "service_desk").status == "archived"
    """
    assert runs.prove(["HS-4.2.2", "EN-D.20"], root=with_program(checkout(tmp_path, walk=walk)), each=True) == 0
    told = capfd.readouterr().out.splitlines()
    assert told[0] == "HS-4.2.2       proved"
    assert "    nobody misses: rule menling.procedures.repair_rules.declined_with_reason" in told
    assert "    nobody misses: clock repair.archive" in told
    assert "    nobody misses: step repair.archive" not in told
    assert told[-1] == "2 proved, 0 failed"


def test_where_a_file_does_not_load_nothing_is_proved(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert runs.prove(["HS-4.2.2"], root=checkout(tmp_path, some=PROVED, broken="import no_such_module")) == 1
    assert "no_such_module" in (told := capfd.readouterr().out)
    assert "HS-4.2.2" not in told


def test_the_lot_is_drawn_again_by_its_seed_and_keeps_the_order() -> None:
    clauses = [f"EN-1.{number}" for number in range(1, 17)]
    drawn = runs.draw(clauses, 5, 4711)
    assert len(drawn) == 5
    assert drawn == sorted(drawn, key=clauses.index)
    assert drawn == runs.draw(clauses, 5, 4711) != runs.draw(clauses, 5, 4712)
    assert runs.draw(clauses, 20, 1) == clauses
