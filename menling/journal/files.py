"""Photos and signatures: checked, re-encoded without metadata, and kept under the digest of what they show."""

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps

from menling.journal.models import Attachment, Case
from menling.journal.taken import actor_key
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _

LARGEST = 12 * 1024 * 1024
LONGEST_SIDE = 2000
MOST_PIXELS = 60_000_000
KINDS = {"photo": ("JPEG", "image/jpeg"), "signature": ("PNG", "image/png")}


def keep_image(case: Case, data: bytes, kind: str, *, by: Actor, at: datetime) -> Attachment:
    """Keep an image of a case and return its row.

    Errors: `Refused` MR-8 (422) for a file over 12 MB, and for anything that is not really an image.
    """
    if len(data) > LARGEST:
        raise Refused(
            "MR-8", _("The picture has {size} MB; at most {most} MB are taken. Please take it again smaller."), status=422,
            size=len(data) // 1024 // 1024, most=LARGEST // 1024 // 1024, field="photo",
        )  # fmt: skip
    shown = _reencoded(data, kind)
    digest = hashlib.sha256(shown).hexdigest()
    _store(path_of(digest), shown)
    facts = {"mime": KINDS[kind][1], "size": len(shown), "added_at": at, "added_by": actor_key(by)}
    return Attachment.objects.get_or_create(case=case, kind=kind, digest=digest, defaults=facts)[0]


def destroy_files(case: Case) -> int:
    """Destroy the files of a case once this transaction is certain, and return how many go.

    Their rows stay, with a size of 0: that there was a picture, by whom and when, is not forgotten. What another case
    shows as well stays for that one.
    """
    rows = case.attachments.filter(size__gt=0)
    digests = sorted(set(rows.values_list("digest", flat=True)))
    rows.update(size=0)
    transaction.on_commit(partial(_unlink, digests))
    return len(digests)


def _unlink(digests: Sequence[str]) -> None:
    kept = set(Attachment.objects.filter(digest__in=digests, size__gt=0).values_list("digest", flat=True))
    for digest in digests:
        if digest not in kept:
            path_of(digest).unlink(missing_ok=True)


def _store(path: Path, contents: bytes) -> None:
    """Write a file whole or not at all, whoever else writes the same one now."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(contents)
    Path(part.name).replace(path)


def path_of(digest: str) -> Path:
    """Return where the file with a digest is kept."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:]


def _reencoded(data: bytes, kind: str) -> bytes:
    """Return the picture drawn anew: upright, of a sensible size, and with nothing in the file but what it shows."""
    encoding = KINDS[kind][0]
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")) as image:
            _not_too_large(image)
            upright = ImageOps.exif_transpose(image).convert("RGB" if encoding == "JPEG" else "RGBA")
    except Refused:
        raise
    except Exception as error:  # decoders of foreign bytes raise anything: SyntaxError, TypeError, struct.error
        raise Refused(
            "MR-8",
            _("This file is not a picture that can be read. Please take the photo again."),
            status=422,
            field="photo",
        ) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, encoding, quality=82)
    return out.getvalue()


def _not_too_large(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused("MR-8", _("The picture is too large. Please take it again smaller."), status=422, field="photo")
