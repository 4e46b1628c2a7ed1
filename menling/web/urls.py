"""The back office's addresses."""

from django.urls import path

from menling.web.views import entry, messages, start

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
]
