"""The agreements of an office in the form of their import."""

from collections.abc import Iterator

from django.utils.translation import gettext

from menling.agreements.models import Agreement
from menling.doorway.masking import masked
from menling.imports.exports.books import CHUNK
from menling.imports.exports.listing import Export, Scope, columns_of
from menling.imports.lists import agreements
from menling.journal.cases import visible_to
from menling.premises.models import Staff
from menling.printing.facts import Row
from menling.procedures.agreement import READERS


def _rows(scope: Scope) -> Iterator[Row]:
    cases = visible_to(scope.by).filter(office=scope.office, kind="agreement")
    cases = cases.filter(closed_at__isnull=True) if scope.open_only else cases
    named = {pk for crew in Agreement.objects.filter(case__in=cases).values_list("crew", flat=True) for pk in crew}
    numbers = dict(Staff.objects.filter(pk__in=named).values_list("pk", "number"))
    for row in Agreement.objects.filter(case__in=cases).select_related("case", "unit").order_by("pk").iterator(CHUNK):
        yield agreements.exported(row, numbers) | {
            "phone": masked(row.phone), "per": gettext(dict(agreements.PER)[row.per]),
            "holidays": gettext("yes") if row.holidays else gettext("no"),
        }  # fmt: skip


AGREEMENTS = Export("agreements", agreements.AGREEMENTS.title, columns_of(agreements.FIELDS), _rows, READERS)
