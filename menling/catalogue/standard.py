"""The company's list of standard services, and what an office may charge for them."""

from datetime import datetime

from menling.catalogue.models import StandardItem
from menling.premises.models import Office


def standard_at(office: Office, at: datetime) -> dict[str, StandardItem]:
    """Return the standard services of the company of an office at an instant, by code: the newest line of each."""
    rows = StandardItem.objects.filter(company_id=office.company_id, in_force_from__lte=at)
    newest = rows.order_by("code", "-in_force_from", "-pk").distinct("code")
    return {row.code: row for row in newest}
