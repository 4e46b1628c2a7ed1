"""The back office's addresses."""

from django.urls import path

from menling.web import (
    urls_agreements,
    urls_alarms,
    urls_calls,
    urls_days,
    urls_errands,
    urls_housekeeping,
    urls_lists,
    urls_mail,
    urls_roles,
    urls_tracking,
)
from menling.web.views import board, counter, entry, files, intake, messages, orders, papers, records, referrals, start, verbs

app_name = "web"
urlpatterns = [
    path("", start.begin, name="start"),
    path("login", entry.login, name="login"),
    path("logout", entry.logout, name="logout"),
    path("switch", entry.switch, name="switch"),
    path("pin", entry.pin, name="pin"),
    path("language", entry.language, name="language"),
    path("office", entry.office, name="office"),
    path("messages", messages.inbox, name="messages"),
    path("messages/unseen", messages.unseen, name="unseen"),
    path("board", board.show, name="board"),
    path("board/rows", board.rows, name="board_rows"),
    path("wall", board.wall, name="wall"),
    path("counter", counter.show, name="counter"),
    path("counter/found", counter.found, name="found"),
    path("counter/<int:unit>/<int:phone>/reveal", counter.reveal, name="reveal_phone"),
    path("new", counter.intake, name="intake"),
    path("new/file", intake.file, name="file_order"),
    path("referrals", referrals.inbox, name="referrals"),
    path("referrals/waiting", referrals.waiting, name="waiting"),
    path("registers", records.registers, name="registers"),
    path("registers/<str:day>", records.register, name="register"),
    path("registers/<str:day>/<str:form>", records.register_file, name="register_file"),
    path("orders/<str:number>/slip-<str:layout>.pdf", papers.slip, name="slip"),
    path("orders/<str:number>/message-slip.pdf", papers.message_slip, name="message_slip"),
    path("orders/<str:number>", orders.show, name="order"),
    path("orders/<str:number>/reveal", orders.reveal, name="reveal"),
    path("orders/<str:number>/<slug:verb>", verbs.step, name="step"),
    path("files/<str:digest>", files.file, name="file"),
    *urls_agreements.urlpatterns,
    *urls_alarms.urlpatterns,
    *urls_roles.urlpatterns,
    *urls_calls.urlpatterns,
    *urls_days.urlpatterns,
    *urls_lists.urlpatterns,
    *urls_errands.urlpatterns,
    *urls_housekeeping.urlpatterns,
    *urls_mail.urlpatterns,
    *urls_tracking.urlpatterns,
]
