"""The business lead's pages: what I must collect, what I hold, which orders need somebody to bring people together."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from menling.kernel.money import ZERO
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.money import shortages
from menling.money.queries import unsigned
from menling.money.waiting import adjustments_waiting, rare
from menling.money.watch import bags, due_charges
from menling.orders.leading import to_coordinate
from menling.procedures.adjustment import Status
from menling.web.figures import Figure
from menling.web.money_rows import due_lines
from menling.web.session import StaffRequest, staff_page
from menling.web.templatetags.show import yuan


@staff_page(*sorted(LEADS_OR_ABOVE))
def start(request: StaffRequest) -> HttpResponse:
    """Show the charges from the threshold, the own cash, and the orders that wait for somebody to act."""
    by, office = request.actor, request.office
    due = due_charges(by, office)
    mine, others = [each for each in due if each.by_lead], [each for each in due if not each.by_lead]
    held = bags(by, office, request.now, holder=by.id)
    stuck, some = to_coordinate(by, office), rare(office)
    cash: Decimal = sum((each.cash for each in held), ZERO)
    asked = adjustments_waiting(by, office) if some.adjustments else []
    deciding = [each for each in asked if each.case.status == Status.REQUESTED]
    figures = [
        Figure(
            yuan(sum((each.due for each in mine), ZERO)),
            ngettext("to collect from {n} order", "to collect from {n} orders", len(mine)).format(n=len(mine)),
            "#mine",
        ),
        Figure(len(deciding), _("refunds and waivers to decide"), "#adjusting" if deciding else ""),
        Figure(len(stuck), _("orders to coordinate"), "#stuck"),
        Figure(yuan(cash), _("cash in your bag"), "#bag", "late" if any(each.overdue for each in held) else ""),
    ]
    shown = {
        "mine": mine, "mine_lines": due_lines(request, mine), "others": others, "others_lines": due_lines(request, others),
        "held": held, "stuck": stuck, "figures": figures, "adjusting": deciding,
        "owed": shortages.owed((office.pk,), by.id),
        "unsigned": unsigned(by, office, holder=by.id) if some.unsigned else [],
    }  # fmt: skip
    return render(request, "web/roles/lead.html", shown)
