"""The addresses of contract reviews."""

from django.urls import path

from menling.web.views import reviews

urlpatterns = [
    path("reviews", reviews.listing, name="reviews"),
    path("reviews/ask", reviews.ask, name="review_ask"),
    path("reviews/month/<str:month>.<slug:form>", reviews.month, name="review_month"),
    path("reviews/<str:number>.<slug:form>", reviews.paper, name="review_paper"),
]
