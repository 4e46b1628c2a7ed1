"""The back office's addresses."""

from django.urls import path

from menling.web.views import entry, files, messages, orders, start, verbs

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
    path("orders/<str:number>", orders.show, name="order"),
    path("orders/<str:number>/reveal", orders.reveal, name="reveal"),
    path("orders/<str:number>/<slug:verb>", verbs.step, name="step"),
    path("files/<str:digest>", files.file, name="file"),
]
