"""The fee standard of an office: proposed, reviewed and filed by two departments, in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from menling.catalogue.models import FeeStandard, PriceItem, PriceList, StandardItem
from menling.catalogue.quotes import Code
from menling.catalogue.standard import standard_at
from menling.journal.cases import open_case
from menling.journal.models import Detail
from menling.journal.take import take
from menling.journal.taken import RECORDED_AT, Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.money import yuan
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import fee_standard as rules
from menling.procedures.fee_standard import FEE_STANDARD, FeePolicy, Status

Steps = list[tuple[Detail, Taken]]
Named = Annotated[str, Field(max_length=100)]


class Proposed(BaseModel):
    """One line of a proposed list. `review` is the number of the contract review of a service off the standard list."""

    model_config = ConfigDict(extra="forbid")
    code: Annotated[Code, Field(min_length=1)]
    price: Decimal
    name: Named = ""
    name_en: Named = ""
    per: PriceItem.Per | None = None
    is_material: bool = False
    skill: Annotated[str, Field(max_length=30)] = ""
    review: Annotated[str, Field(max_length=60)] = ""


Items = Annotated[list[Proposed], Field(min_length=1, max_length=2000)]


def file(office: Office, *, by: Actor, at: datetime, items: Items, name: Named = "", from_at: datetime | None = None) -> Steps:
    """HC-5.6.1  Propose the one fee standard of an office: every standard item within the band of its standard price.

    It is in force from `from_at`, at the earliest once finance and quality have both filed it. Errors: `Refused` 422.
    """
    row = FEE_STANDARD.step("file", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    lines = _checked(items, standard_at(office, at), values.policy(FeePolicy))
    listed = PriceList.objects.create(office=office, name=names.folded(name)[:100] or _before(office) or str(office))
    for line in lines:
        line.price_list = listed
    PriceItem.objects.bulk_create(lines)
    proposed = FeeStandard(office=office, price_list=listed, wanted_from=from_at, proposed_by_id=by.id or None)
    proposed.case = open_case("fee_standard", office, at, year=values.calendar.local(at).year)
    proposed.values = values
    proposed.save(force_insert=True)
    text = Message(_("{number}: a new price list is proposed. Please review and file it."), {"number": proposed.case.number})
    facts = {"items": len(lines), "from_at": from_at}
    return [(proposed, take(proposed, row, by=by, at=at, facts=facts, tell=(Tell(text, roles=("finance", "quality")),)))]


def _before(office: Office) -> str:
    newest = PriceList.objects.filter(office=office, in_force_from__isnull=False).order_by("-in_force_from").first()
    return newest.name if newest else ""


def _checked(items: Sequence[Proposed], standard: Mapping[str, StandardItem], policy: FeePolicy) -> list[PriceItem]:
    codes = [each.code for each in items]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise Refused("HC-5.6.1", _("{code} is on the list twice."), status=422, field="items", code=twice)
    return [priced(each, standard.get(each.code), policy) for each in items]


def priced(item: Proposed, standard: StandardItem | None, policy: FeePolicy) -> PriceItem:
    """HC-5.6.1, HC-5.6.2  Return the line of a list for what is proposed. Errors: `Refused` 409 outside the band or list."""
    price = yuan(item.price, "items")
    if not item.is_material:
        rules.standard_or_reviewed(item.code, standard=standard is not None, review=item.review)
    if standard is not None:
        rules.within_band(item.code, price, standard.price, policy)
    name = names.folded(item.name) or (standard.name if standard else "")
    english = names.folded(item.name_en) or (standard.name_en if standard and not item.name else "")
    if not name:
        raise Refused("HC-5.6.1", _("{code} has no name."), status=422, field="items", code=item.code)
    return PriceItem(
        code=item.code, name=name, name_en=english, price=price,
        per=standard.per if standard else item.per or PriceItem.Per.PIECE, is_material=item.is_material, skill=item.skill,
        standard=standard.price if standard else None, review=names.folded(item.review),
    )  # fmt: skip


def file_finance(proposed: FeeStandard, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HC-5.6.1  Finance has reviewed the list and files it; with quality's filing it is in force."""
    row = _step(proposed, "file_finance", by)
    rules.two_departments(proposed.quality_id, by.id)
    proposed.finance_id = by.id
    return _filed(proposed, row, by, at, remark)


def file_quality(proposed: FeeStandard, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HC-5.6.1  The quality department has reviewed the list and files it; with finance's filing it is in force."""
    row = _step(proposed, "file_quality", by)
    rules.two_departments(proposed.finance_id, by.id)
    proposed.quality_id = by.id
    return _filed(proposed, row, by, at, remark)


def _filed(proposed: FeeStandard, row: Step, by: Actor, at: datetime, remark: str) -> Steps:
    proposed.save(update_fields=["finance", "quality"])
    facts: dict[str, object] = {"remark": names.folded(remark)}
    if row.after == Status.FILED:
        # Not before both filings stand in the books: nobody is charged by a list that was not public yet.
        begins = max(at, RECORDED_AT.get() or at, proposed.wanted_from or at)
        PriceList.objects.filter(pk=proposed.price_list_id).update(in_force_from=begins)
        facts["in_force_from"] = begins
    return [(proposed, take(proposed, row, by=by, at=at, facts=facts, tell=_told(proposed, row)))]


def _told(proposed: FeeStandard, row: Step) -> tuple[Tell, ...]:
    if row.after != Status.FILED:
        return ()
    text = Message(_("{number}: the price list is filed and public."), {"number": proposed.case.number})
    return (Tell(text, roles=("office_manager", "service_desk", "control_centre")),)


def send_back(proposed: FeeStandard, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HC-5.6.1  Finance or quality does not file the list and says what has to be different."""
    row = _step(proposed, "send_back", by)
    rules.says_why(reason)
    values: dict[str, object] = {"number": proposed.case.number, "reason": names.folded(reason)}
    tell = (Tell(Message(_("{number}: the price list comes back: {reason}"), values), staff=proposed.proposed_by_id),)
    return [(proposed, take(proposed, row, by=by, at=at, facts={"reason": names.folded(reason)}, tell=tell))]


def withdraw(proposed: FeeStandard, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HC-5.6.1  The office takes its proposal back; what was in force stays in force."""
    row = _step(proposed, "withdraw", by)
    rules.says_why(reason)
    return [(proposed, take(proposed, row, by=by, at=at, facts={"reason": names.folded(reason)}))]


def _step(proposed: FeeStandard, verb: str, by: Actor) -> Step:
    return FEE_STANDARD.step(verb, proposed.case.status, by.roles_in(proposed.case.office_id))
