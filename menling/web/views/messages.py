"""Messages to me and to my roles."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from menling.doorway.masking import read_values
from menling.doorway.messages import mark_seen, messages_for, unread
from menling.orders.addresses import Reader
from menling.web.session import StaffRequest, staff_page

SHOWN = 100
RECENT = 200


@staff_page()
def inbox(request: StaffRequest) -> HttpResponse:
    """List the newest messages; POST marks the ones shown as seen."""
    if request.method == "POST":
        numbers = [int(each) for each in request.POST.getlist("message") if each.isdecimal()]
        mark_seen(request.actor, request.office, numbers, request.now)
        return redirect("web:messages")
    rows = list(messages_for(request.actor, request.office)[:SHOWN])
    reader = Reader(request.actor, request.now)
    for row in rows:
        row.values = read_values(row, reader)
    reader.on_record()
    return render(request, "web/pages/messages.html", {"rows": rows, "unseen": [row.pk for row in rows if not row.read]})


@staff_page()
def unseen(request: StaffRequest) -> HttpResponse:
    """Count the unread ones among the newest, for the badge in the top bar."""
    return render(request, "web/parts/badge.html", {"count": unread(request.actor, request.office, RECENT)})
