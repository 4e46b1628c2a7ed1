"""The lists that can be imported, in the order of a change of systems: what a list names stands in one before it."""

from menling.imports.lists.agreements import AGREEMENTS
from menling.imports.lists.cash import CASH
from menling.imports.lists.numbers import NUMBERS
from menling.imports.lists.orders import ORDERS
from menling.imports.lists.people import PEOPLE
from menling.imports.lists.prices import PRICES
from menling.imports.lists.rosters import ROSTERS
from menling.imports.lists.staff import STAFF
from menling.imports.lists.standard import STANDARD
from menling.imports.lists.units import UNITS
from menling.imports.sitting import Sort

LISTS: dict[str, Sort] = {
    each.name: each for each in (NUMBERS, UNITS, PEOPLE, STAFF, ROSTERS, STANDARD, PRICES, AGREEMENTS, ORDERS, CASH)
}
