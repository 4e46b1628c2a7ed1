"""`menling export`: a list of an office as a workbook, whole."""

import argparse
import sys
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime

from menling.cli.import_ import Cannot, office_named
from menling.imports.exports.listing import Scope, write
from menling.imports.exports.registry import EXPORTS
from menling.kernel.actor import SYSTEM
from menling.premises.clock import now

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE is the workbook to write."""
    parser.add_argument("--kind", required=True, choices=list(EXPORTS), help="which list")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--office", required=True, metavar="CODE", help="the office whose list it is")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="for lists of a day (default: today)")
    parser.add_argument("--open", action="store_true", help="of cases, only those still open")
    parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])


def run(args: argparse.Namespace) -> int:
    """Write the workbook and say how many rows it has."""
    try:
        at = now()
        scope = Scope(office_named(args.office), SYSTEM, at, args.day or localtime(at).date(), args.open)
        with translation.override(args.language), args.file.open("wb") as opened:
            count = write(EXPORTS[args.kind], scope, opened)
    except (Cannot, OSError) as error:
        print(f"menling: {error}", file=sys.stderr)
        return 1
    print(f"{count} rows in {args.file}")
    return 0
