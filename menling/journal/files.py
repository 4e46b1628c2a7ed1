"""Photos and signatures: checked, re-encoded without metadata, and kept under the digest of what they show."""

import hashlib
import io
from datetime import datetime
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

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
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{id(shown)}")
        part.write_bytes(shown)
        part.replace(path)
    return Attachment.objects.create(
        case=case, kind=kind, digest=digest, mime=KINDS[kind][1], size=len(shown), added_at=at, added_by=actor_key(by)
    )


def path_of(digest: str) -> Path:
    """Return where the file with a digest is kept."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:]


def _reencoded(data: bytes, kind: str) -> bytes:
    encoding = KINDS[kind][0]
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused("MR-8", _("The picture is too large. Please take it again smaller."), status=422, field="photo")
            upright = ImageOps.exif_transpose(image).convert("RGB" if encoding == "JPEG" else "RGBA")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, encoding, quality=82) if encoding == "JPEG" else upright.save(out, encoding)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(
            "MR-8",
            _("This file is not a picture that can be read. Please take the photo again."),
            status=422,
            field="photo",
        ) from error
    return out.getvalue()
