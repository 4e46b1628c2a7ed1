"""The addresses of the coordination orders, of the closing sheets and of what was late in a month."""

from django.urls import path

from menling.web.views import closing_sheet, coordination

urlpatterns = [
    path("coordinations", coordination.listing, name="coordinations"),
    path("coordinations/<str:number>", coordination.one, name="coordination"),
    path("coordinations/<str:number>/sheet.pdf", coordination.sheet, name="coordination_sheet"),
    path("closing", closing_sheet.listing, name="closing"),
    path("closing/prepare", closing_sheet.prepare, name="closing_prepare"),
    path("closing/<str:number>.<slug:form>", closing_sheet.paper, name="closing_paper"),
    path("late/<str:month>", closing_sheet.late, name="late_month"),
    path("late", closing_sheet.this_month, name="late"),
]
