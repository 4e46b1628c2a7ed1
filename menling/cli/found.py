"""`menling found`: the company, its first office and its administrator, in an empty database."""

import argparse
import sys
from dataclasses import fields

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from menling.doorway.language import said
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises.administration.founding import Charter, Founded, found, not_founded
from menling.premises.clock import look_again, now
from menling.premises.models import Office, Staff

NEEDS_DATABASE = True
ASKED = {
    "company": _("Name of the company"),
    "office": _("Name of the first management office"),
    "code": _("Code of the office, 2 to 6 letters or digits (it begins the numbers of its orders)"),
    "phone": _("Phone of the office"),
    "admin": _("Name of the administrator"),
    "number": _("Work number of the administrator"),
}
THERE = _("This database belongs to {name} already. Nothing was changed.")
DONE = _("{company} is founded, with {office} ({code}).")
LOG_IN = _("Log in at `menling serve` with work number {number} and password {password}")
ONCE = _("This password is shown once and kept nowhere; a new one is made on the page of the person.")
NEXT = _("Next: Lists by Excel, beginning with homes, people, staff, rosters and the price list.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that is needed may be an option; what is missing is asked for at a terminal."""
    parser.add_argument("--company", help="name of the company")
    parser.add_argument("--short", default="", help="its short name (default: the name)")
    parser.add_argument("--office", help="name of the first management office")
    parser.add_argument("--code", help="code of the office, such as XH")
    parser.add_argument("--phone", help="phone of the office")
    parser.add_argument("--address", default="", help="address of the office")
    parser.add_argument("--admin", help="name of the administrator")
    parser.add_argument("--number", help="work number of the administrator, such as A001")
    parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])


def run(args: argparse.Namespace) -> int:
    """Found once and print the password once; 1 when there is a company, or something needed is missing or wrong."""
    call_command("migrate", interactive=False, verbosity=0)
    with translation.override(args.language):
        missing = [name for name in ASKED if not getattr(args, name)]
        try:
            not_founded()
            if missing and not sys.stdin.isatty():
                return _failed(f"--{', --'.join(missing)}: {translation.gettext('This must not be empty.')}")
            staff, password = found(_charter(args, missing), now())
        except Founded as there:
            return _failed(translation.gettext(THERE).format(name=there))
        except Refused as refused:
            return _failed(f"--{refused.field}: {said(refused.why, args.language)}")
        look_again()
        _told(staff, password)
    return 0


def _charter(args: argparse.Namespace, missing: list[str]) -> Charter:
    asked = {name: input(f"{translation.gettext(ASKED[name])}: ") for name in missing}
    return Charter(**{each.name: asked.get(each.name) or getattr(args, each.name) for each in fields(Charter)})


def _failed(why: str) -> int:
    print(f"menling: {why}", file=sys.stderr)
    return 1


def _told(staff: Staff, password: str) -> None:
    office = Office.objects.get()
    known = {"company": staff.company.name, "office": office.name, "code": office.code, "number": staff.number}
    for sentence in (DONE, LOG_IN, ONCE, NEXT):
        print(translation.gettext(sentence).format(password=password, **known))
