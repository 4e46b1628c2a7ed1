"""`menling manage`: Django's management commands with the database running."""

import argparse

from django.core.management import execute_from_command_line

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after the verb belongs to Django."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="for example: makemigrations --check")


def run(args: argparse.Namespace) -> int:
    """Run Django's command line."""
    execute_from_command_line(["menling manage", *args.words])
    return 0
