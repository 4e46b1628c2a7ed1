"""The addresses of home alarms and emergencies."""

from django.urls import path

from menling.web.views import afterwards, alarms, emergencies

urlpatterns = [
    path("alarms", alarms.this_month, name="alarms"),
    path("alarms/batch/<str:number>.pdf", alarms.batch, name="alarm_batch"),
    path("alarms/<str:month>", alarms.month, name="alarm_month"),
    path("alarms/<str:month>/register.<slug:form>", alarms.register, name="alarm_register"),
    path("new/afterwards", afterwards.page, name="afterwards"),
    path("emergencies", emergencies.show, name="emergencies"),
]
