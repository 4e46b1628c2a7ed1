"""The paper of an agreement, and its days in words."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from menling.agreements.models import Agreement
from menling.doorway.language import said
from menling.doorway.papers import unit_long
from menling.journal.files import path_of
from menling.premises.models import Staff
from menling.printing.agreement_sheet import AgreementFacts
from menling.procedures.form_titles import FormTitles, printed_title

FORM = "{office}-HC-F3"


def when_in_words(row: Agreement) -> str:
    """Return the days and the hour of the visits as people say them."""
    hour = f"{row.clock:%H:%M}"
    if row.month_day is not None:
        said = _("on day {day} of the month at {hour}").format(day=row.month_day, hour=hour)
    elif not row.weekdays:
        return ""
    else:
        days = _(", ").join(str(WEEKDAYS[each - 1]) for each in row.weekdays)
        every = _("every week on {days} at {hour}") if row.every_weeks == 1 else _("every {weeks} weeks on {days} at {hour}")
        said = every.format(days=days, hour=hour, weeks=row.every_weeks)
    rest = "" if row.holidays else _("; not on public holidays")
    return _("{said}, about {minutes} minutes{rest}").format(said=said, minutes=row.minutes, rest=rest)


def names_in_words(row: Agreement) -> list[str]:
    """Return those named with their work numbers, the first one first."""
    named = Staff.objects.in_bulk(row.crew)
    return [f"{named[each].name} {named[each].number}" for each in row.crew if each in named]


def agreement_facts(row: Agreement) -> AgreementFacts:
    """Return the facts of the home service agreement (HC-5.1.5, HS-4.1.1.3), in the active language."""
    office = row.case.office
    drawn = path_of(row.signature) if row.signature else None
    return AgreementFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone,
        title=said(printed_title(row.values.policy(FormTitles).agreement)), number=row.case.number,
        form_no=FORM.format(office=office.code), unit=unit_long(row.unit),
        customer=row.customer, phone=row.phone, content=row.content, scope=row.scope, target=row.target,
        requirements=row.requirements, begin=row.begin, until=row.until, schedule=when_in_words(row), price=row.price,
        per=row.per,
        workers=names_in_words(row), notice_days=row.policy.notice_days, confirmed_by=row.confirmed_by,
        manager=row.manager.name if row.manager else "", manager_signed_at=row.manager_signed_at, signed_by=row.signed_by,
        signed_at=row.signed_at, signature_png=drawn.read_bytes() if drawn and drawn.exists() else None,
    )  # fmt: skip
