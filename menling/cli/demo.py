"""`menling demo`"""

import argparse
import json
import sys
from typing import Any

from django.core.management import call_command

from menling.demo.filling import DAYS, fill
from menling.demo.forgetting import files_of_all, forget
from menling.demo.logins import is_this_demo, logins
from menling.premises.clock import look_again
from menling.premises.models import Company

NEEDS_DATABASE = True
FILLED = "This database is in use; the demonstration needs an empty one. Nothing was changed."
REAL = "{names} is in use and no demonstration; --reset empties demonstrations only. Nothing was changed."
OTHER = "This database holds another demonstration, or part of one; --reset empties it first. Nothing was changed."


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to print, and which demonstration."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people and tokens (default: 1)")
    parser.add_argument("--days", type=int, default=DAYS, help=f"days of work behind the morning (default: {DAYS})")
    parser.add_argument("--reset", action="store_true", help="empty the database of a demonstration first, to begin again")


def run(args: argparse.Namespace) -> int:
    """Fill an empty database and print how to log in; a database in use stays as it is."""
    call_command("migrate", interactive=False, verbosity=0)
    real = list(Company.objects.filter(is_demo=False).values_list("short_name", flat=True))
    if args.reset and real:
        print(REAL.format(names=", ".join(real)), file=sys.stderr)
        return 1
    if args.reset:
        files = files_of_all()
        call_command("flush", interactive=False, verbosity=0, allow_cascade=True)
        forget(files)
        look_again()
    if not Company.objects.exists():
        fill(args.seed, args.days)
    if real or not is_this_demo(args.seed):
        print(FILLED if real else OTHER, file=sys.stderr)
        return 0
    found = logins(args.seed)
    print(json.dumps(found, ensure_ascii=False, indent=1) if args.json else _told(found))
    return 0


def _told(found: dict[str, Any]) -> str:
    offices = "  ".join(f"{office['code']} {office['name']}" for office in found["offices"])
    users = ["  ".join([user["number"], user["pin"], user["token"], user["office"] or "--", user["name"], *user["roles"]])
             for user in found["users"]]  # fmt: skip
    homes = zip(found["offices"], (found["resident"], found["elsewhere"]["resident"]), strict=True)
    residents = ["  ".join([person["token"], person["phone"], office["code"], person["name"], *person["units"], person["link"]])
                 for office, person in homes]  # fmt: skip
    password = f"password   {found['users'][0]['password']} (everybody)"
    places = [f"{place:10} {address}" for place, address in found["addresses"].items()]
    return "\n".join(
        [f"{found['company']}    {found['address']}", found["note"], *places, f"offices    {offices}", password,
         "", "number, PIN, token, office, name, roles", *users, "",
         "residents: token, phone, office, name, homes, own page", *residents]
    )  # fmt: skip
