"""The flow diagrams in the docs are those of the tables."""

from pathlib import Path

from menling.cli.flow import page

DOCS = Path(__file__).parents[2] / "docs" / "flow.md"


def test_the_diagrams_in_the_docs_are_drawn_from_the_tables_as_they_are() -> None:
    assert DOCS.read_text("utf-8") == page(), "run: menling flow > docs/flow.md"


def test_a_diagram_has_an_arrow_for_every_step_that_changes_the_status() -> None:
    assert "accepted --> dispatched: dispatch HS-4.2.3" in page()
    assert "cancelled --> [*]" in page()
