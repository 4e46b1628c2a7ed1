"""The addresses of prices and of the money that moves."""

from django.urls import path

from menling.web.views import adjustments, cashier, deposits, leaks, money_books, prices, statements, tax_invoices

urlpatterns = [
    path("prices/propose", prices.propose, name="price_propose"),
    path("prices/file", prices.file, name="price_file"),
    path("finance/statements", statements.start, name="statements"),
    path("finance/statements/bring", statements.bring, name="statement_bring"),
    path("finance/statements/match", statements.match, name="statement_match"),
    path("finance/cashier", cashier.start, name="cashier"),
    path("finance/cashier/begin", cashier.begin, name="cashier_begin"),
    path("finance/cashier/<str:number>", cashier.one, name="cashier_day"),
    path("finance/cashier/<str:number>/sheet.<str:form>", cashier.paper, name="cashier_paper"),
    path("finance/books", money_books.day, name="books_day"),
    path("finance/books.xlsx", money_books.day_workbook, name="books_day_file"),
    path("finance/vouchers", money_books.month, name="books_month"),
    path("finance/vouchers.csv", money_books.month_csv, name="books_month_file"),
    path("finance/adjustments", adjustments.listing, name="adjustments"),
    path("finance/adjustments/ask", adjustments.ask, name="adjustment_ask"),
    path("finance/adjustments/<str:number>", adjustments.one, name="adjustment"),
    path("finance/adjustments/<str:number>/slip.pdf", adjustments.slip, name="adjustment_slip"),
    path("finance/deposits", deposits.listing, name="deposits"),
    path("finance/deposits/take", deposits.take_in, name="deposit_take"),
    path("finance/deposits/<str:number>", deposits.one, name="deposit"),
    path("finance/deposits/<str:number>/slip.pdf", deposits.slip, name="deposit_slip"),
    path("finance/tax-invoices", tax_invoices.listing, name="tax_invoices"),
    path("finance/tax-invoices/ask", tax_invoices.ask, name="tax_invoice_ask"),
    path("finance/tax-invoices.csv", tax_invoices.month_csv, name="tax_invoices_file"),
    path("finance/tax-invoices/<str:number>", tax_invoices.one, name="tax_invoice"),
    path("leaks", leaks.start, name="leaks"),
    path("leaks.xlsx", leaks.workbook, name="leaks_file"),
    path("prices/<str:number>", prices.one, name="price_proposal"),
]
