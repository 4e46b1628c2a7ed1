"""Practice leaves photos and signatures behind: with the demonstration they go from the disk."""

from collections.abc import Iterable
from pathlib import Path

from menling.journal.files import path_of
from menling.journal.models import Attachment


def files_of_all() -> list[Path]:
    """Return the files of every case of this database."""
    return [path_of(digest) for digest in Attachment.objects.order_by().values_list("digest", flat=True).distinct()]


def forget(files: Iterable[Path]) -> None:
    """Remove files, when the rows they belonged to are gone; what is not of this database's cases stays."""
    for each in files:
        each.unlink(missing_ok=True)
