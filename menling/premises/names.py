"""Names and numbers as clerks type them: pinyin, initials, phones, room numbers."""

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

from menling.kernel.refusal import Refused
from menling.kernel.words import _

WITHHELD = {"", "未知", "不详", "无", "匿名", "隐藏", "保密", "withheld", "unknown", "anonymous", "private", "none"}
BETWEEN_DIGITS = re.compile(r"[\s\-‐-―()（）.+]")
MARKS = frozenset("，；：！？（）")
BETWEEN_MARKS = re.compile(r"((?<!\d)[，；：！？（）]|[，；：！？（）](?!\d))")
UNIT_PARTS = re.compile(r"[栋幢座号楼单元室房\-—–_/\s#]+")


def folded(text: str) -> str:
    """Return `text` in plain width without outer blanks and control characters: １３８ becomes 138.

    The marks of Chinese sentences keep their width, except between digits: 14：30 becomes 14:30.
    """
    plain = "".join(part if part in MARKS else unicodedata.normalize("NFKC", part) for part in BETWEEN_MARKS.split(text))
    return "".join(each for each in plain if each in "\n\t" or unicodedata.category(each) != "Cc").strip()


def pinyin(name: str) -> str:
    """Return the sounds of a name, lower case, separated by blanks; Latin letters stay."""
    return " ".join(lazy_pinyin(name)).lower()[:200]


def initials(name: str) -> str:
    """Return the first letters of the sounds of a name: 王小明 becomes wxm."""
    return "".join(part[:1] for part in lazy_pinyin(name, style=Style.NORMAL)).lower()[:30]


def phone(text: str) -> str:
    """Return a phone as it is dialled: plain digits. A withheld or unknown number is the empty text.

    Errors: `Refused` MR-8 (422) for anything that is no phone number.
    """
    plain = folded(text)
    if plain.lower() in WITHHELD:
        return ""
    digits = BETWEEN_DIGITS.sub("", plain)
    if digits.startswith("0086"):
        digits = digits[4:]
    elif digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    if not digits.isascii() or not digits.isdigit() or not 3 <= len(digits) <= 16:
        raise Refused(
            "MR-8",
            _("“{phone}” is not a phone number. Use digits only, or leave it empty if it is withheld."),
            status=422,
            phone=plain[:40],
            field="phone",
        )
    return digits


def phone_key(text: str) -> str:
    """Return the digits a phone is searched by: a dialled 0 before a mobile number does not count (EN-1.7)."""
    digits = phone(text)
    return digits[1:] if len(digits) == 12 and digits.startswith("01") else digits


def unit_key(text: str) -> str:
    """Return a room number in the form of the register: 3栋2单元1201 and ３－２－１２０１ become 3-2-1201."""
    return "-".join(part for part in UNIT_PARTS.split(folded(text)) if part)
