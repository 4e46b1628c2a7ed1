"""The ledger for a reader at a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from menling.ledger.book import Line

STATUSES = ("enforced", "planned", "not_in_software")


def page(lines: Sequence[Line]) -> str:
    """Return the lines, paper by paper, with what keeps and tests each clause, and the totals."""
    parts: list[str] = []
    for document, members in groupby(lines, lambda line: line.clause.document):
        parts += [f"\n{document}", *(part for line in members for part in _told(line))]
    return "\n".join([*parts, "", *_totals(lines)]).lstrip("\n")


def _told(line: Line) -> Iterator[str]:
    yield f"  {line.clause.id:<14} {line.status:<16} {line.clause.title_en}"
    for note in (*line.where, *line.tests, *filter(None, [line.reason])):
        yield f"{'':<34}{note}"


def _totals(lines: Sequence[Line]) -> Iterator[str]:
    counts = Counter((line.clause.document, line.status) for line in lines)
    documents = list(dict.fromkeys(line.clause.document for line in lines))
    yield _row("", *STATUSES, "all")
    for document in documents:
        figures = [counts[document, status] for status in STATUSES]
        yield _row(document, *figures, sum(figures))
    yield _row("all", *(sum(counts[document, status] for document in documents) for status in STATUSES), len(lines))


def _row(name: str, *figures: object) -> str:
    return f"{name:<6}" + "".join(f"{figure!s:>17}" for figure in figures)
