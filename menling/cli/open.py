"""`menling open`: another management office of the company."""

import argparse
import sys
from uuid import uuid4

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime

from menling.cli.import_ import Cannot, office_named
from menling.doorway.language import said
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.opening import open_with
from menling.premises.actors import staff_actor
from menling.premises.administration.books import Pen
from menling.premises.administration.opening import Plan
from menling.premises.clock import now
from menling.premises.models import Staff

NEEDS_DATABASE = True
DONE = _("{office} ({code}) is open. Next, for this office: Lists by Excel, in the order of that page.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands on the page of the offices, too."""
    parser.add_argument("--office", required=True, help="name of the office")
    parser.add_argument("--code", required=True, help="its code, 2 to 6 letters or digits, such as QY")
    parser.add_argument("--phone", required=True, help="its phone")
    parser.add_argument("--address", default="", help="its address")
    parser.add_argument("--like", metavar="CODE", help="the office whose figures and holidays it begins with")
    parser.add_argument("--as", dest="who", metavar="NUMBER", help="the work number of who opens it (default: the administrator)")
    parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])


def run(args: argparse.Namespace) -> int:
    """Open it; 1 when something is wrong, and then nothing was written."""
    try:
        with translation.override(args.language):
            like = office_named(args.like) if args.like else None
            pen = Pen(_administrator(args.who), now(), f"open-{uuid4().hex}")
            made = open_with(pen, Plan(args.code, args.office, args.phone, args.address), like=like)
            print(translation.gettext(DONE).format(office=made.name, code=made.code))
            return 0
    except Cannot as cannot:
        print(f"menling: {cannot}", file=sys.stderr)
    except Refused as refused:
        where = f"--{refused.field}: " if refused.field else ""
        print(f"menling: {where}{said(refused.why, args.language)}", file=sys.stderr)
    return 1


def _administrator(number: str | None) -> Actor:
    """Return who opens: the one named, or the first administrator of the whole company. Errors: `Cannot`."""
    rows = Staff.objects.filter(is_active=True).order_by("pk")
    company_wide = rows.filter(posts__role=Role.ADMINISTRATOR, posts__office__isnull=True, posts__until__isnull=True)
    found = rows.filter(number__iexact=number).first() if number else company_wide.first()
    if found is None:
        raise Cannot(
            f"nobody here is called {number}" if number else "the company has no administrator; found it first: menling found"
        )
    return staff_actor(found, localtime(now()).date())
