"""Every list that can be exported."""

from menling.imports.exports.agreements import AGREEMENTS
from menling.imports.exports.books import BOOKS
from menling.imports.exports.cases import CASES
from menling.imports.exports.cashier import CASHIER_DAYS
from menling.imports.exports.desks import OF_DESKS
from menling.imports.exports.given import GIVEN
from menling.imports.exports.listing import Export
from menling.imports.exports.paper import PAPER
from menling.imports.exports.rules import RULES
from menling.imports.exports.tracked import COORDINATIONS
from menling.imports.exports.urgent import URGENT

EXPORTS: dict[str, Export] = {
    each.name: each
    for each in (*CASES, AGREEMENTS, COORDINATIONS, CASHIER_DAYS, *OF_DESKS, *URGENT, *BOOKS, *PAPER, *GIVEN, *RULES)
}
