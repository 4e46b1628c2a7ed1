"""Room numbers as people write them: from a text to the home meant, or to what has to be asked. Nothing is guessed.

The parts of a text are numbers with or without a word behind them (3栋, 2单元, 12层, 1201室). Words decide what a number is;
a number without a word is whatever its place leaves. A text that can be understood in two ways is two addresses, and the
register or a person says which.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from menling.kernel.words import Message, _
from menling.premises import names

BUILDING, ENTRANCE, FLOOR, ROOM = 0, 1, 2, 3
ALL = frozenset({BUILDING, ENTRANCE, ROOM})
WORDS: dict[str, frozenset[int]] = {
    "": ALL, "号": frozenset({BUILDING, ROOM}), "楼": frozenset({BUILDING, FLOOR}),
    "#": frozenset({BUILDING, ENTRANCE}),
    **dict.fromkeys(("号楼", "栋楼", "幢楼", "座楼", "#楼", "栋", "幢", "座", "号院"), frozenset({BUILDING})),
    **dict.fromkeys(("单元", "号门", "门洞", "门", "梯"), frozenset({ENTRANCE})),
    **dict.fromkeys(("层", "F"), frozenset({FLOOR})),
    **dict.fromkeys(("号房间", "号房", "号室", "房间", "房号", "室", "房", "户"), frozenset({ROOM})),
}  # fmt: skip
"""What stands behind a number, and which parts of an address it can then be."""
DIGITS = dict(zip("零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖", (0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)), strict=True))
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SPOKEN = "".join([*DIGITS, *TENS])
BETWEEN = r"[\s\-‐-―_/.,，、]*"
PART = re.compile(
    rf"(?P<number>[A-Z]{{0,2}}\d{{1,6}}[A-EG-Z]?|[{SPOKEN}]+|[A-Z]|[甲乙丙丁戊东西南北](?=单元|门|栋|幢|座))"
    rf"(?P<word>{'|'.join(sorted(filter(None, WORDS), key=len, reverse=True))})?(?P<gap>{BETWEEN})"
)
LONGEST = 60


@dataclass(frozen=True)
class Address:
    """One way to understand a text; a part nobody named is empty. 3栋1201 names no entrance."""

    building: str = ""
    entrance: str = ""
    room: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.building, self.entrance, self.room) if part)

    def fits(self, building: str, entrance: str, room: str) -> bool:
        """Tell whether a home of the register can be meant: the parts named agree, 09 and 9, a4 and A4 being the same."""
        pairs = ((self.building, building), (self.entrance, entrance), (self.room, room))
        return all(not said or loose(said) == loose(known) for said, known in pairs)


@dataclass(frozen=True)
class Reading:
    """What a text says: every address it can mean, and the question that is left, None when it reads to exactly one home."""

    addresses: tuple[Address, ...]
    question: Message | None = None

    @property
    def sure(self) -> Address | None:
        """Return the one address meant, or None."""
        return self.addresses[0] if self.question is None else None


def read(text: str) -> Reading:
    """Return what a room number in any spelling means: 3栋2单元1201, 3-2-1201, 三号楼二单元1201室, ３＃２单元１２０１."""
    plain = names.folded(text).upper()[:LONGEST]
    parts = _parts(plain)
    found = tuple(dict.fromkeys(address for way in _ways(parts) for address in _addresses(way, parts)))
    return Reading(found, _question(plain, found))


def _question(plain: str, found: tuple[Address, ...]) -> Message | None:
    if not found:
        return Message(_("“{text}” is no room number. Write building-entrance-room, such as 3-2-1201."), {"text": plain})
    if len(found) > 1:
        return Message(_("“{text}” can mean several homes. Which one?"), {"text": plain})
    if not found[0].room:
        return Message(_("Which room of “{text}”?"), {"text": plain})
    return None


@dataclass(frozen=True)
class _Part:
    """A number as written, what it can be in digits, and what its word lets it be."""

    numbers: tuple[str, ...]
    roles: frozenset[int]
    bare: bool


def _parts(plain: str) -> list[_Part]:
    """Return the parts of a text, or nothing where some of it is no part of an address."""
    found: list[_Part] = []
    place = 0
    plain = plain.strip()
    while place < len(plain):
        met = PART.match(plain, place)
        if met is None or len(found) == 4:
            return []
        word = met["word"] or ""
        found.append(_Part(_numbers(met["number"]), WORDS[word], not word))
        place = met.end()
    return found


def _numbers(written: str) -> tuple[str, ...]:
    """Return what a written number can be: 十二 is 12, 一二〇一 is 1201; 三四 is 34, or 3 and 4 together."""
    if written[0] not in SPOKEN:
        return (written,)
    if any(each in TENS for each in written):
        return (str(_counted(written)),)
    digits = "".join(str(DIGITS[each]) for each in written)
    return (digits, *digits) if len(digits) == 2 and "0" not in digits else (digits,)


def _counted(written: str) -> int:
    total, held = 0, 0
    for each in written:
        if each in TENS:
            total += (held or 1) * TENS[each]
            held = 0
        else:
            held = DIGITS[each]
    return total + held


def _ways(parts: list[_Part], least: int = BUILDING) -> Iterator[tuple[int, ...]]:
    """Yield every way to understand the parts: each one further in than the one before it."""
    if not parts:
        yield ()
        return
    for role in sorted(role for role in parts[0].roles if role >= least):
        for rest in _ways(parts[1:], role + 1):
            yield (role, *rest)


def _addresses(way: tuple[int, ...], parts: list[_Part]) -> Iterator[Address]:
    """Yield the addresses of one way; none where it makes no sense."""
    if not way or (way[0] == ENTRANCE and not parts[0].bare and BUILDING in parts[0].roles):
        return
    if not all(_plausible(role, part, last=part is parts[-1], alone=len(parts) == 1)
                          for role, part in zip(way, parts, strict=True)):  # fmt: skip
        return
    said = dict(zip(way, parts, strict=True))
    for room in _rooms(said):
        for building in said[BUILDING].numbers if BUILDING in said else ("",):
            for entrance in said[ENTRANCE].numbers if ENTRANCE in said else ("",):
                yield Address(tidy(building), tidy(entrance), room)


def _plausible(role: int, part: _Part, *, last: bool, alone: bool) -> bool:
    """A room number ends the text, and what ends it with three figures or more is one; houses have fewer than four."""
    figures = sum(each.isdigit() for each in part.numbers[0])
    if role == ROOM:
        return last and (figures > 0) and not (part.bare and alone and figures < 3)
    return not (part.bare and last and figures >= 3) and figures <= 3


def _rooms(said: dict[int, _Part]) -> Iterable[str]:
    """Return the rooms meant: on a floor named before it, 12层01 is 1201, and 12层903 is nothing."""
    if ROOM not in said:
        return () if FLOOR in said else ("",)
    rooms = said[ROOM].numbers
    if FLOOR not in said:
        return rooms
    floor = tidy(said[FLOOR].numbers[0])
    full = {room if len(room) > 2 else floor + room.rjust(2, "0") for room in rooms}
    return [room for room in full if tidy(room).startswith(floor) and len(tidy(room)) == len(floor) + 2]


def tidy(part: str) -> str:
    """Return a number without the noughts before it: 09 is 9, A04 is A4."""
    return re.sub(r"^([A-Z]*)0+(?=\d)", r"\1", part)


def loose(part: str) -> str:
    """Return a part of a home's number as it is compared."""
    return tidy(names.folded(part).upper())
