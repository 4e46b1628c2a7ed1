"""`menling import`: a list from a workbook, looked at first or kept as a whole, or a public record replayed."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from menling.doorway.language import said
from menling.imports.registry import LISTS
from menling.imports.replay.play import Replay, replay
from menling.imports.replay.records import FORMS, read
from menling.imports.sitting import Report, Sort, carry_out
from menling.imports.templates import template
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.premises.actors import staff_actor
from menling.premises.clock import now
from menling.premises.models import Office, Post, Staff

NEEDS_DATABASE = True
SHOWN_FLAWS = 200
FIRST = (Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.ADMINISTRATOR)
"""Whose list it is where several keep it."""


class Cannot(Exception):
    """It cannot be done; the message says why, in one line."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE is a workbook (or, for a replay, a CSV file); with --template it is written instead of read."""
    parser.add_argument("--kind", required=True, choices=[*LISTS, *FORMS], help="which list, or whose public record")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--office", required=True, metavar="CODE", help="the office it is for")
    parser.add_argument("--preview", action="store_true", help="say what would be new or changed, and change nothing")
    parser.add_argument("--template", action="store_true", help="write the empty workbook of the list to FILE")
    parser.add_argument("--as", dest="who", metavar="NUMBER", help="the work number of who imports (default: who keeps the list)")
    parser.add_argument("--rows", type=int, metavar="N", help="of a public record, the first N rows")
    parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])


def run(args: argparse.Namespace) -> int:
    """Carry it out and tell; 1 when anything is wrong, and then nothing was changed by a list."""
    try:
        with translation.override(args.language):
            office = office_named(args.office)
            return _replayed(args, office) if args.kind in FORMS else _listed(args, office)
    except (Cannot, OSError, UnicodeDecodeError) as error:
        print(f"menling: {error}", file=sys.stderr)
    except Refused as refused:
        print(f"menling: {said(refused.why, args.language)} ({refused.clause})", file=sys.stderr)
    except KeyError as missing:
        print(f"menling: {args.file} has no column {missing}", file=sys.stderr)
    return 1


def office_named(code: str) -> Office:
    """Return an office by its code. Errors: `Cannot`."""
    office = Office.objects.select_related("company").filter(code__iexact=code).first()
    if office is None:
        known = ", ".join(Office.objects.values_list("code", flat=True)[:20])
        raise Cannot(f"there is no office {code}; there are: {known or 'none'}")
    return office


def _listed(args: argparse.Namespace, office: Office) -> int:
    sort = LISTS[args.kind]
    if args.template:
        args.file.write_bytes(template(sort))
        return 0
    by = _who(args.who, office, sort, now())
    report = carry_out(sort, office, by, now(), args.file.read_bytes(), keep=not args.preview)
    _tell(report)
    return 0 if report.good else 1


def _who(number: str | None, office: Office, sort: Sort, at: datetime) -> Actor:
    """Return who imports: the one named, or the first who keeps this list here or company-wide. Errors: `Cannot`."""
    here = Q(office=office) | Q(office__isnull=True)
    live = Q(until__isnull=True) | Q(until__gte=at.date())
    keeping = Post.objects.filter(here, live, role__in=sorted(sort.keepers), since__lte=at.date())
    asked = Q(number__iexact=number) if number else Q(pk__in=keeping.values("staff"))
    found = Staff.objects.filter(asked, company=office.company_id, is_active=True).order_by("pk")
    # the desks before the others: the control centre files orders whoever the office says takes repairs
    ranked = sorted(found, key=lambda each: _rank({*each.posts.values_list("role", flat=True)}))
    if not ranked:
        roles = ", ".join(sorted(sort.keepers))
        raise Cannot(
            f"nobody here is called {number}" if number else f"nobody of {office.code} keeps this list; it takes: {roles}"
        )
    return staff_actor(ranked[0], at.date())


def _rank(roles: set[str]) -> int:
    return next((place for place, role in enumerate(FIRST) if role in roles), len(FIRST))


def _tell(report: Report) -> None:
    for flaw in report.flaws[:SHOWN_FLAWS]:
        place = " ".join(part for part in (str(flaw.row) if flaw.row else "", said(flaw.column) if flaw.column else "") if part)
        print(f"{place}: {said(flaw.why)}" if place else said(flaw.why), file=sys.stderr)
    if len(report.flaws) > SHOWN_FLAWS:
        print(f"... {len(report.flaws) - SHOWN_FLAWS} more", file=sys.stderr)
    counted = ", ".join(f"{len(rows)} {what}" for what, rows in report.rows.items())
    print(f"{counted}, {len(report.flaws)} wrong; {'kept' if report.kept else 'nothing was changed'}")


def _replayed(args: argparse.Namespace, office: Office) -> int:
    rows = read(args.file, FORMS[args.kind], ZoneInfo(office.zone), now(), args.rows)
    if args.preview:
        raise Cannot("a replay has no preview: a row that is refused changes nothing")
    _tell_replay(replay(office, args.kind, rows, now(), lambda done: print(f"{done} done", file=sys.stderr)))
    return 0


def _tell_replay(done: Replay) -> None:
    for row, number in done.accepted.items():
        print(f"{row}\t{number}")
    for each in done.refused:
        print(f"{each.row}\t-\t{each.key}\t{said(each.why)}")
    print(f"{len(done.accepted)} accepted, {len(done.before)} here before, {len(done.refused)} refused")
