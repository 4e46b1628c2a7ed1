"""`menling doctor`"""

import argparse

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    return 0
