"""The addresses of company head, quality, the day of a crew, the roster's lists and the pasted message."""

from django.urls import path

from menling.web.views import company, crew_day, crew_month, my_shifts, paste, quality, roster_lists

urlpatterns = [
    path("company", company.start, name="company"),
    path("company.xlsx", company.start, {"form": "xlsx"}, name="company_file"),
    path("company/<str:code>/<slug:name>", company.cases, name="company_cases"),
    path("company/<str:code>/<slug:name>.xlsx", company.cases, {"form": "xlsx"}, name="company_cases_file"),
    path("crew", crew_day.show, name="crew_day"),
    path("crew/assign/<str:number>", crew_day.assign, name="crew_assign"),
    path("crew/month", crew_month.everybody, name="crew_month"),
    path("crew/month/<str:number>", crew_month.one, name="crew_month_of"),
    path("roster/lists", roster_lists.show, name="roster_lists"),
    path("roster/lists/exchange", roster_lists.exchange, name="roster_exchange"),
    path("roster/lists/<int:key>/<slug:verb>", roster_lists.decide, name="swap_decide"),
    path("roster/mine", my_shifts.show, name="my_shifts"),
    path("roster/mine/ask", my_shifts.ask, name="swap_ask"),
    path("roster/mine/<int:key>/<slug:verb>", my_shifts.answer, name="swap_answer"),
    path("roster/lists/cover", roster_lists.cover, name="roster_cover"),
    path("roster/lists/on-call", roster_lists.on_call, name="roster_on_call"),
    path("quality", quality.start, name="quality"),
    path("paste", paste.show, name="paste"),
    path("paste/file", paste.file, name="paste_file"),
    path("paste/<str:number>/join", paste.join, name="paste_join"),
]
