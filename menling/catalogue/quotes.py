"""From items asked for to lines with the published price."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from menling.catalogue.models import PriceItem, PriceList
from menling.kernel.money import ZERO, times
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises.models import Office
from menling.procedures import repair_rules as rules

Code = Annotated[str, Field(max_length=20)]
Quantity = Annotated[Decimal, Field(gt=0, le=9999, decimal_places=2)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class Asked(BaseModel):
    """An item asked for: its code on the list, how many, and the price the worker named, if any."""

    model_config = ConfigDict(extra="forbid")
    code: Code
    quantity: Quantity = Decimal(1)
    price: Decimal | None = None
    minutes: Minutes | None = None
    """How long the job is planned to take; with it for every job, the quote is what the blocks of time come to."""


MATERIAL = "material"


@dataclass(frozen=True)
class Line:
    """A line of a quote, in yuan. `per` is what the price is for, ``material`` for one, empty for a price of its own.

    `minutes` are those of the job, where they are known; `under` names the higher-priced job of the same block of time
    whose price covers this one (EN-D.13); `review` is the number of the contract review that agreed to it (HC-5.6.2).
    """

    code: str
    name: str
    name_en: str
    price: Decimal
    quantity: Decimal
    amount: Decimal
    per: str = ""
    minutes: str = ""
    under: str = ""
    review: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the line with its figures as text, without what is empty behind them."""
        said = {name: str(value) for name, value in asdict(self).items()}
        return {name: value for name, value in said.items() if value or name not in ("per", "minutes", "under", "review")}


def list_in_force(office: Office, at: datetime) -> PriceList | None:
    """Return the price list of an office at an instant, or None before the first one."""
    return PriceList.objects.filter(office=office, in_force_from__lte=at).order_by("-in_force_from", "-pk").first()


def lines(office: Office, at: datetime, asked: Sequence[Asked]) -> list[Line]:
    """Return the lines of a quote at the published prices.

    Errors: `Refused` 422 for an item that is not on the list, or a price other than the published one (OC-4.4).
    """
    found = {
        item.code: item
        for item in PriceItem.objects.filter(price_list=list_in_force(office, at), code__in=[each.code for each in asked])
    }
    return [_line(found.get(each.code), each) for each in asked]


def code_of_material(office: Office, at: datetime, name: str) -> str:
    """Return the code of the material that stands on the list under this very name, or nothing (EN-D.12)."""
    found = PriceItem.objects.filter(price_list=list_in_force(office, at), is_material=True, name=name)
    return found.values_list("code", flat=True).first() or "" if name else ""


def _line(item: PriceItem | None, asked: Asked) -> Line:
    if item is None:
        raise Refused(
            "EN-4.3", _("“{code}” is not on the price list. Choose an item of the list."), status=422, code=asked.code,
            field="items",
        )  # fmt: skip
    if asked.price is not None:
        rules.published_price(asked.price, item.price)
    amount = times(item.price, asked.quantity)
    minutes = "" if asked.minutes is None else str(asked.minutes)
    per = MATERIAL if item.is_material else item.per
    return Line(item.code, item.name, item.name_en, item.price, asked.quantity, amount, per, minutes)


def total(amounts: Sequence[Decimal]) -> Decimal:
    """Return the sum of amounts in yuan."""
    return sum(amounts, ZERO)
