"""The addresses of messages and their channels."""

from django.urls import path

from menling.web.views import channels, dead_letters

urlpatterns = [
    path("messages/reach", channels.mine, name="reach"),
    path("channels", channels.listing, name="channels"),
    path("channels/add", channels.add, name="channel_add"),
    path("channels/<int:key>/try", channels.attempt, name="channel_try"),
    path("channels/<int:key>/change", channels.change, name="channel_change"),
    path("channels/<int:key>/end", channels.end, name="channel_end"),
    path("deliveries", dead_letters.listing, name="deliveries"),
    path("deliveries/resend", dead_letters.again, name="resend_all"),
    path("deliveries/<int:key>/resend-alike", dead_letters.again_alike, name="resend_alike"),
    path("deliveries/<int:key>/resend", dead_letters.again, name="resend"),
]
