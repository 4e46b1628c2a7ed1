"""`menling quote`: what work would cost, and why, without an order."""

import argparse
import json
import sys
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import translation
from django.utils.timezone import is_naive, make_aware

from menling.catalogue.asking import asked_in, material, quoted
from menling.catalogue.quotes import Asked
from menling.cli.import_ import Cannot, office_named
from menling.doorway.bill import Bill, explained
from menling.doorway.language import said
from menling.kernel.money import ZERO
from menling.kernel.refusal import Refused
from menling.policies.values import values_for
from menling.premises.clock import now
from menling.procedures.charging import ChargingPolicy

NEEDS_DATABASE = True
EXAMPLE = "W01 or W01*2 or W01*1:20 (code, how many, minutes it takes)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """ITEM is a code of the price list, with how many and how long it takes."""
    parser.add_argument("items", nargs="*", metavar="ITEM", help=EXAMPLE)
    parser.add_argument("--office", required=True, metavar="CODE", help="whose price list")
    parser.add_argument("--at", type=_instant, metavar="INSTANT", help="by the list and figures of then (default: now)")
    parser.add_argument("--spent", type=_span, metavar="MIN[:SEC]", help="the exact time at work, if it is over: 30:01")
    parser.add_argument("--stock", nargs=3, action="append", default=[], metavar=("NAME", "PRICE", "COUNT"),
                        help="material that is not on the list, at its stock-in price")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="for a program")
    parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return make_aware(at) if is_naive(at) else at


def _span(text: str) -> timedelta:
    minutes, _colon, seconds = text.partition(":")
    span = timedelta(minutes=int(minutes), seconds=int(seconds or 0))
    if span < timedelta():
        raise ValueError(text)
    return span


def run(args: argparse.Namespace) -> int:
    """Print the lines, the reasons and the sum; 1 with the reason when it cannot be answered."""
    try:
        with translation.override(args.language):
            _print(_bill(args), as_json=args.json)
    except Cannot as error:
        print(f"menling: {error}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(f"menling: {refused.clause}: {said(refused.why, args.language)}", file=sys.stderr)
        return 1
    return 0


def _bill(args: argparse.Namespace) -> Bill:
    office, at = office_named(args.office), args.at or now()
    policy = values_for(office, at).policy(ChargingPolicy)
    stocked = [material(office, at, name, _number(price), _number(count)) for name, price, count in args.stock]
    rows = [*quoted(office, at, [_asked(each) for each in args.items], args.spent), *stocked]
    if not rows:
        raise Cannot(f"name at least one item, such as {EXAMPLE}")
    return Bill(explained(rows, policy.unit), (), sum((Decimal(row["amount"]) for row in rows), ZERO))


def _asked(text: str) -> Asked:
    try:
        return asked_in(text)
    except ValueError as error:
        raise Cannot(f"{text} is no item; write {EXAMPLE}") from error


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Cannot(f"{text} is no number") from error


def _print(bill: Bill, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(bill.as_json(), ensure_ascii=False))
        return
    for each in bill.lines:
        print(f"{each.amount:>10}  {each.text}  [{each.clause}]")
    print(f"{bill.due:>10}")
