"""The addresses of home alarms, emergencies, and of the forms that stand beside the registers."""

from django.urls import path

from menling.web.views import afterwards, alarms, emergencies, forms

urlpatterns = [
    path("alarms", alarms.this_month, name="alarms"),
    path("alarms/batch/<str:number>.pdf", alarms.batch, name="alarm_batch"),
    path("alarms/<str:month>", alarms.month, name="alarm_month"),
    path("alarms/<str:month>/register.<slug:form>", alarms.register, name="alarm_register"),
    path("new/afterwards", afterwards.page, name="afterwards"),
    path("emergencies", emergencies.show, name="emergencies"),
    path("forms", forms.show, name="forms"),
    path("forms/commitment-card.pdf", forms.commitment_card, name="commitment_card"),
    path("forms/log/<str:day>.<slug:form>", forms.work_log, name="work_log"),
    path("forms/calls/<str:month>.<slug:form>", forms.call_orders, name="call_register"),
    path("forms/prices/<slug:which>.<slug:form>", forms.prices, name="price_form"),
    path("orders/<str:number>/quotation.<slug:form>", forms.quotation, name="quotation"),
    path("orders/<str:number>/service-card.pdf", forms.service_card, name="service_card"),
]
