"""The addresses of housekeeping: its pick-ups, and its papers."""

from django.urls import path

from menling.web.views import cleaning_papers, cleaning_register, crew_paper, pickups

urlpatterns = [
    path("pickups", pickups.show, name="pickups"),
    path("pickups/<str:number>/sign", pickups.sign, name="pickup_sign"),
    path("housekeeping", crew_paper.today, name="crew_paper"),
    path("housekeeping/<str:day>/register.<slug:form>", cleaning_papers.register, name="cleaning_register"),
    path("housekeeping/<str:day>", cleaning_register.show, name="cleaning_day"),
    path("housekeeping/<str:day>/jobs.pdf", cleaning_papers.jobs, name="cleaning_jobs"),
    path("housekeeping/<str:month>/roster.<slug:form>", cleaning_papers.roster, name="cleaning_roster"),
    path("housekeeping/batch/<str:number>.pdf", cleaning_papers.batch, name="cleaning_batch"),
    path("housekeeping/record/<str:number>.pdf", cleaning_papers.record, name="cleaning_record"),
]
