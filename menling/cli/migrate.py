"""`menling migrate`"""

import argparse

from django.core.management import call_command

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Bring the tables up to date; twice is the same as once."""
    call_command("migrate", interactive=False, verbosity=0)
    return 0
