"""Room numbers in every spelling: what is read, what is asked, and that nothing is guessed."""

import os
import random
from csv import DictReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menling.kernel.refusal import Refused
from menling.premises.rooms import Address, read
from menling.premises.search import search
from tests.office import World, make_unit

READ = (
    ("3栋2单元1201", "3-2-1201"), ("3-2-1201", "3-2-1201"), ("三号楼二单元1201室", "3-2-1201"),
    ("３栋２单元１２０１", "3-2-1201"), ("3#2单元1201", "3-2-1201"), ("3#2#1201", "3-2-1201"), ("3号1201室", "3-1201"),
    ("十二幢一单元一二〇一", "12-1-1201"), ("A10栋三单元206号", "A10-3-206"), ("a4栋101户", "A4-101"), ("010栋502室", "10-502"),
    ("3栋12层01室", "3-1201"), ("3栋12层1201", "3-1201"), ("2单元1201", "2-1201"), ("18栋—123室", "18-123"), ("1201", "1201"),
    ("3/2/1201", "3-2-1201"), ("3 2 1201", "3-2-1201"), ("二十三号楼1单元一千二百零一", "23-1-1201"),
)  # fmt: skip
ASKED = (
    "3栋",
    "三四栋",
    "3-1201",
    "3-2",
    "3号",
    "12楼1201",
    "一栋二单元",
    "星河湾3栋2单元1201",
    "张三",
    "",
    "3栋12层903",
    "3-2-12-1",
)
NUMERALS = "零一二三四五六七八九"
BUILDING_WORDS, ROOM_WORDS = ("栋", "幢", "座", "号楼", "#", "#楼"), ("", "室", "房", "号", "户", "号房")
homes = st.tuples(st.integers(1, 99), st.integers(1, 19), st.integers(1, 40), st.integers(1, 12))


@pytest.mark.parametrize(("text", "meant"), READ)
def test_a_spelling_that_means_one_home_is_read(text: str, meant: str) -> None:
    assert str(read(text).sure) == meant


@pytest.mark.parametrize("text", ASKED)
def test_what_means_several_homes_or_none_is_asked(text: str) -> None:
    reading = read(text)
    assert reading.sure is None
    assert str(reading.question)


@given(st.text(max_size=30))
def test_any_text_is_read_or_asked_about(text: str) -> None:
    reading = read(text)
    assert (reading.sure is None) == (reading.question is not None)


def spelled(chance: random.Random, building: int, entrance: int, room: str) -> str:
    """Spell a home as people do: figures, Chinese numerals, full width, noughts, blanks, each part with a word of its own."""

    def number(value: int) -> str:
        return chance.choice((str(value), f"{value:02d}", chinese(value)))

    text = chance.choice((" ", "", "-")).join((
        number(building) + chance.choice(BUILDING_WORDS), number(entrance) + chance.choice(("单元", "门", "梯")),
        chance.choice((room, "".join(NUMERALS[int(each)] for each in room))) + chance.choice(ROOM_WORDS),
    ))  # fmt: skip
    return text if chance.random() < 0.5 else "".join(chr(ord(each) + 0xFEE0) if each.isdigit() else each for each in text)


def chinese(value: int) -> str:
    """Return a number under a hundred in words."""
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


@given(homes, st.randoms(use_true_random=False))
def test_a_home_spelled_with_words_is_read_back(home: tuple[int, int, int, int], chance: random.Random) -> None:
    building, entrance, floor, door = home
    room = f"{floor}{door:02d}"
    assert read(spelled(chance, building, entrance, room)).sure == Address(str(building), str(entrance), room)


def test_nine_of_ten_of_a_sample_of_spellings_are_read_and_none_wrongly() -> None:
    chance = random.Random(7)
    homes = [(chance.randint(1, 40), chance.randint(1, 6), f"{chance.randint(1, 33)}{chance.randint(1, 8):02d}")
             for _each in range(2000)]  # fmt: skip
    shortened = [(home, spelled(chance, *home) if chance.random() < 0.9 else f"{home[0]}-{home[2]}") for home in homes]
    read_back = [(home, found) for home, text in shortened if (found := read(text).sure)]
    assert all(str(found) == f"{building}-{entrance}-{room}" for (building, entrance, room), found in read_back)
    assert len(read_back) / len(homes) > 0.88


def test_the_spellings_found_in_real_records_are_all_understood() -> None:
    place = Path(os.environ.get("MENLING_DATA_ROOMS", "no such file"))
    if not place.is_file():
        pytest.skip("MENLING_DATA_ROOMS names no list of real spellings")
    texts = [row["fragment"] for row in DictReader(place.open(encoding="utf-8"))]
    understood = [text for text in texts if len(read(text).addresses) == 1]
    assert len(understood) / len(texts) > 0.99


@pytest.mark.django_db
def test_a_text_that_can_mean_two_homes_is_refused_with_both(world: World) -> None:
    make_unit(world.office, "2", "1", "1201")
    with pytest.raises(Refused) as met:
        world.file(unit="2-1201")
    assert "2-1-1201, 3-2-1201" in str(met.value.why)
    assert (met.value.status, met.value.field) == (422, "unit")


@pytest.mark.django_db
def test_a_text_that_fits_one_home_of_the_register_alone_means_it(world: World) -> None:
    assert world.file(unit="三号楼1202室").unit.code == "3-2-1202"
    assert world.file(unit="2单元1201").unit_id == world.unit.pk


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["三号楼二单元1201室", "03栋02单元1201", "3栋12层01室"])
def test_the_counter_finds_a_home_said_in_words(world: World, text: str) -> None:
    assert [home.unit.pk for home in search([world.office.pk], text)] == [world.unit.pk]
