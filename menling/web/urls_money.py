"""The addresses of prices and of the money that moves."""

from django.urls import path

from menling.web.views import leaks, money_books, prices, statements

urlpatterns = [
    path("prices/propose", prices.propose, name="price_propose"),
    path("prices/file", prices.file, name="price_file"),
    path("finance/statements", statements.start, name="statements"),
    path("finance/statements/bring", statements.bring, name="statement_bring"),
    path("finance/statements/match", statements.match, name="statement_match"),
    path("finance/books", money_books.day, name="books_day"),
    path("finance/books.xlsx", money_books.day_workbook, name="books_day_file"),
    path("finance/vouchers", money_books.month, name="books_month"),
    path("finance/vouchers.csv", money_books.month_csv, name="books_month_file"),
    path("leaks", leaks.start, name="leaks"),
    path("leaks.xlsx", leaks.workbook, name="leaks_file"),
    path("prices/<str:number>", prices.one, name="price_proposal"),
]
