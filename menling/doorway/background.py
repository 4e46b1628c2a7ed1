"""What a worker should know of a home before ringing the bell, and the link by which its resident agrees and signs."""

from datetime import datetime
from typing import Any

import segno
from django.db.models import Q
from django.utils.timezone import localtime

from menling.doorway.keys import link_text
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.orders.addresses import link_given
from menling.orders.models import Order
from menling.premises.models import Occupancy
from menling.premises.names import phone_key
from menling.procedures.charge import ChargePolicy


def background(case: Case, by: Actor, now: datetime, site: str) -> dict[str, Any]:
    """Return the background of an order for the one who goes there; the link is empty until the address is told (CF-04).

    `site` is the address of this server, such as ``https://home.example``: the resident's link begins with it.
    `collects_below` is the amount in yuan from which this person may not collect (HS-3.3), None for leads.
    """
    order: Order = loaded(case)
    link = f"{site}/r/{link_text(case)}" if link_given(case, by, now) else ""
    lead = by.holds(case.office_id, *LEADS_OR_ABOVE)
    return {
        "link": link,
        "qr": segno.make(link, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=True) if link else "",
        "office": {"name": case.office.name, "phone": case.office.phone, "company": case.office.company.name},
        "reporter_role": _role_of_reporter(order),
        "special_care": order.unit.special_care,
        "warranty_until": order.unit.warranty_until,
        "under_warranty": order.unit.warranty_until is not None and order.unit.warranty_until >= localtime(now).date(),
        "collects_below": None if lead else str(order.values.policy(ChargePolicy).threshold),
        "warnings": order.warnings,
        "damages": order.damages,
    }


def _role_of_reporter(order: Order) -> str | None:
    """Whoever of the home has the reporter's name or phone; None for a guest or a neighbour."""
    same = Q(person__name=order.reporter) | (Q(person__phone__digits=phone_key(order.phone)) if order.phone else Q())
    row = Occupancy.objects.filter(same, until__isnull=True, unit=order.unit).order_by("pk").first()
    return row.role if row else None
