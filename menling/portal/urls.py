"""The resident's addresses: everything hangs on the link."""

from django.urls import path

from menling.portal import prices, public, views

app_name = "portal"
urlpatterns = [
    path("price-list/<str:code>.pdf", prices.paper, name="prices_paper"),
    path("price-list/<str:code>", prices.page, name="prices"),
    path("r/<str:link>", views.page, name="page"),
    path("r/<str:link>/state", views.state, name="state"),
    path("r/<str:link>/receipt.pdf", views.receipt, name="receipt"),
    path("r/<str:link>/receipts/<str:number>.pdf", views.receipt, name="receipt_of"),
    path("r/<str:link>/public-place", public.report, name="public"),
    path("r/<str:link>/invoice", views.invoice, name="invoice"),
    path("r/<str:link>/agreement.pdf", views.agreement, name="agreement"),
    path("r/<str:link>/photo/<str:digest>", views.photo, name="photo"),
    path("r/<str:link>/do/<str:verb>", views.step, name="step"),
]
