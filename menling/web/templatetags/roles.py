"""How roles, states and values of settings are called on the pages of the leads."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

from django import template
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.doorway.showing import standing
from menling.journal.models import Case, Deadline
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.money.commands.cashing import Piece
from menling.orders import grid
from menling.procedures import accounts
from menling.web import wording

register = template.Library()
SMALLEST = Decimal("0.1")
"""The smallest coin people pay with, in yuan."""


@register.filter
def role(key: str) -> str:
    """A role in words."""
    return _(ROLE_TITLES[Role(key)]) if key in set(Role) else key


@register.filter
def value(raw: Any) -> str:
    """A value of a setting in words."""
    return wording.in_words(raw)


@register.filter
def counted_in(key: str) -> str:
    """The unit of a setting in words."""
    return _(wording.UNITS.get(key, key)) if key else ""


@register.filter
def stands(row: Deadline | None, now: Any) -> str:
    """How a promise stands: the class that colours it."""
    return standing(row, now) if row else ""


@register.filter("standing")
def order_standing(case: Case) -> str:
    """How an order stands, in the words of the paper form."""
    return said(grid.standing(case))


@register.filter
def verb(event: Any) -> str:
    """What was done, in the words of the procedure."""
    return wording.verb_of(event.case, event.verb)


@register.filter
def by_whom(name: str) -> str:
    """Who did a step."""
    return wording.by_whom(name)


@register.inclusion_tag("web/parts/notes.html")
def notes(*, open: bool = False, books: Decimal | None = None, fen: bool = False,  # noqa: A002  # as the element calls it
          pieces: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:  # fmt: skip
    """Fields for a count of cash, pieces by denomination, with its running sum; `books` is what there should be, in yuan.

    The coins of a few fen, which nobody pays with, only where the books cannot be met without them, or with `fen`, where the
    count does not follow the books; `open` unfolded. A form drawn from its step names its `pieces` itself.
    """
    fen = fen or (books is not None and books % SMALLEST != 0)
    named = [piece for piece, _word in pieces] or [piece for piece in get_args(Piece) if fen or Decimal(piece) >= SMALLEST]
    return {"denominations": named, "open": open, "books": books}


@register.filter
def place_word(place: str) -> str:
    """Where money is, in words."""
    return _(accounts.place_word(place))
