"""Practice leaves photos and signatures behind: with the demonstration they go from the disk."""

from menling.journal.files import path_of
from menling.journal.models import Attachment


def forget_files() -> None:
    """Remove the files of every case of this database; what is not of its cases stays."""
    for digest in Attachment.objects.order_by().values_list("digest", flat=True).distinct().iterator():
        path_of(digest).unlink(missing_ok=True)
