"""Photos and signatures: what is no picture is refused by name and leaves nothing; what is one keeps only what it shows."""

import hashlib
import io
import struct
import zlib
from functools import partial
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from pytest_django import Settings

from menling.journal.files import LARGEST, LONGEST_SIDE, keep_image, path_of
from menling.journal.models import Attachment, Case
from menling.kernel.refusal import Refused
from tests.examples import picture
from tests.office import World
from tests.together import together

pytestmark = pytest.mark.django_db
SECRET = b"31.2304N 121.4737E"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder of the test's own for what is kept."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(world: World, case: Case, data: bytes, kind: str = "photo") -> Attachment:
    return keep_image(case, data, kind, by=world.actor("repair_worker"), at=world.now)


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET.decode()
    return made


def bomb(side: int) -> bytes:
    """Return a small file that says it holds a picture of `side` by `side` pixels, all black."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(side // 8) * 8)

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


NO_PICTURES = {
    "a file of 30 MB": bytes(30 * 1024 * 1024),
    "a text named .jpg": "收据.jpg 其实是文字".encode(),
    "nothing": b"",
    "half a photo": picture((400, 300))[:900],
    "a photo without its head": picture()[20:],
    "a web page": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a program": b"\x7fELF" + bytes(200),
    "a bomb": bomb(20_000),
    "a small bomb": bomb(9_000),
}


@pytest.mark.parametrize("what", sorted(NO_PICTURES))
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_by_name_and_nothing_is_kept(world: World, folder: Path, what: str) -> None:
    case = world.sent()
    for kind in ("photo", "signature"):
        with pytest.raises(Refused) as met:
            keep(world, case, NO_PICTURES[what], kind)
        assert (met.value.clause, met.value.status, met.value.field) == ("MR-8", 422, "photo")
        assert "again" in str(met.value.why), "the sentence says what to do"
    assert list(folder.rglob("*")) == []
    assert not Attachment.objects.exists()


def test_a_picture_of_exactly_the_largest_size_is_taken(world: World, folder: Path) -> None:
    photo = picture()
    padded = photo + bytes(LARGEST - len(photo))
    case = world.sent()
    assert keep(world, case, padded).mime == "image/jpeg"
    with pytest.raises(Refused, match="at most 12"):
        keep(world, case, padded + b"\0")


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kind", ["photo", "signature"])
def test_nothing_but_the_picture_itself_is_kept(world: World, folder: Path, encoding: str, kind: str) -> None:
    more = {"comment": SECRET} if encoding == "JPEG" else {}
    sent = picture((40, 20), encoding=encoding, exif=exif(), icc_profile=SECRET * 9, **more)
    row = keep(world, world.sent(), sent, kind)
    kept = path_of(row.digest).read_bytes()
    assert SECRET in sent
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (40, 20)
        assert not set(shown.info) & {"exif", "icc_profile", "comment", "XML:com.adobe.xmp"}
        assert not shown.getexif()


def test_a_photo_stands_upright_and_is_no_larger_than_needed(world: World, folder: Path) -> None:
    row = keep(world, world.sent(), picture((3000, 1000), exif=exif(orientation=6)))
    with Image.open(path_of(row.digest)) as shown:
        assert shown.size == (round(LONGEST_SIDE / 3), LONGEST_SIDE)


def test_a_file_lies_under_the_digest_of_its_contents_and_once(world: World, folder: Path) -> None:
    case = world.sent()
    first, second = keep(world, case, picture()), keep(world, case, picture())
    assert first.digest == second.digest == hashlib.sha256(path_of(first.digest).read_bytes()).hexdigest()
    assert first.size == path_of(first.digest).stat().st_size
    assert [path for path in folder.rglob("*") if path.is_file()] == [path_of(first.digest)]


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_sent_by_eight_at_once_is_one_whole_file(world: World, folder: Path) -> None:
    case = world.sent()
    world.actor("repair_worker")
    rows = together([partial(keep, world, case, picture((300, 300)))] * 8)
    assert len({row.digest for row in rows}) == 1
    assert [path for path in folder.rglob("*") if path.is_file()] == [path_of(rows[0].digest)]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
def test_bytes_spoilt_at_random_are_a_picture_or_a_refusal_never_a_crash(world: World, folder: Path, encoding: str) -> None:
    case, rng = world.sent(), Random(encoding)
    whole = picture((24, 16), encoding=encoding, **({"exif": exif()} if encoding != "GIF" else {}))
    refused = 0
    for _try in range(250):
        spoilt = bytearray(whole)
        for _byte in range(rng.choice((1, 2, 9))):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        if rng.random() < 0.3:
            del spoilt[rng.randrange(len(spoilt)) :]
        try:
            keep(world, case, bytes(spoilt))
        except Refused as met:
            refused += met.field == "photo"
    assert 0 < refused < 250
