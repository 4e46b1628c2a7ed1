"""Every page of the back office read in Chinese: no English word is left on it but names, units and codes."""

import re
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from menling.journal.sweep import sweep
from menling.kernel.roles import Role
from menling.premises import clock
from tests.doors.web import Browser, browser
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db
SPOKEN = {"PIN", "PDF", "Excel", "English", "QR", "LED", "mm", "MB", "CSV", "UTF"}
"""What is written in Latin letters in a Chinese office as well."""
CODES = re.compile(r"[a-z]+://\S*|\b[A-Z]{2}(?:-[A-Z0-9][\w.\-]*)+|\b[A-Z]{1,2}\d*\b")
WORD = re.compile(r"[A-Za-z][A-Za-z_']+")
SILENT = {"script", "style", "kbd", "code", "svg", "time"}
SPOKEN_ATTRIBUTES = ("title", "placeholder", "aria-label", "alt")
ELSEWHERE = ("/r/", "/doorstep")
FEW = 4
"""So many pages of one shape are read: two orders in the same state say the same words."""
READERS = ("control_centre", "service_desk", "team_lead", "business_lead", "finance", "office_manager", "administrator")


class Reader(HTMLParser):
    """What a page says to eyes and ears, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.silent, self.said, self.links = 0, list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        given = dict(attrs)
        if tag == "a":
            self.links.append((given.get("href") or "").split("#")[0])
        if not self.silent:
            self.said += [given[name] or "" for name in SPOKEN_ATTRIBUTES if name in given]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def foreign(page: str) -> tuple[list[str], list[str]]:
    """Return the sentences of a page with an English word in them, and the links of the page."""
    reader = Reader()
    reader.feed(page)
    found = [" ".join(said.split())[:120] for said in reader.said if set(WORD.findall(CODES.sub("", said))) - SPOKEN]
    return found, reader.links


def shape(path: str) -> str:
    return re.sub(r"[A-Z]{2}-[A-Z]\d+-\d+", "N", re.sub(r"\d+", "0", path)) if "/clauses/" not in path else "/clauses/N"


def walked(there: Browser) -> dict[str, str]:
    """Return the sentences with English words, each with the first page it stands on, over every page reached from the start."""
    todo, seen, shapes = ["/"], set[str](), Counter[str]()
    found: dict[str, str] = {}
    while todo:
        path = todo.pop(0)
        if path in seen or not path.startswith("/") or path.startswith(ELSEWHERE) or shapes[shape(path)] >= FEW:
            continue
        if "lang=en" in path:  # a public page that was asked for in English
            continue
        seen.add(path)
        shapes[shape(path)] += 1
        answer = there.client.get(path, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        words, links = foreign(answer.content.decode())
        todo += [link if link.startswith("/") else f"{path.split('?')[0]}{link}" for link in links if not link.startswith("http")]
        found = dict.fromkeys(words, path) | found
    return found


@pytest.fixture
def lively(world: World) -> World:
    """An office in which a good deal happened: promises broke, nobody was home, a delay, a home and a figure changed."""
    world.now = clock.now() - timedelta(hours=3)
    world.staff["administrator"] = make_staff(world.company, world.office, Role.ADMINISTRATOR, "A900", "管理员")
    world.completed("45.00")
    world.do(world.finished(), "attest", "team_lead", reason="老人手抖")
    late = world.sent()
    world.do(late, "delay", "repair_worker", reason="前一户未完", can_come_at=world.now + timedelta(hours=4))
    world.do(late, "move", "control_centre", visit_at=world.now + timedelta(hours=5), agreed_by="王芳", asked_by="resident",
             apologised=True)  # fmt: skip
    world.do(world.at_home(), "absent", "repair_worker", slip="0001")
    world.do(world.at_home(), "await_material", "repair_worker", material="水龙头")
    world.do(world.file(), "decline", "control_centre", reason="不在服务范围", offered="介绍厂家")
    world.file(urgency="emergency")
    sweep(clock.now())
    keep_books(world)
    return world


def keep_books(world: World) -> None:
    """Change a few things in the books, so that the list of changes has something to say."""
    there = browser(world, "administrator", "zh-hans")
    there.post("/people/new", {"number": "A901", "name": "赵新", "role": "repair_worker", "since": "2026-01-05"})
    there.post(
        f"/units/{world.unit.pk}/people", {"name": "李强", "phone": "13712345678", "role": "tenant", "since": "2026-01-05"}
    )
    there.post("/office/printed", {"name": "星河管理处", "phone": "0755-1234567", "address": "星河路一号"})
    manager = browser(world, "office_manager", "zh-hans")
    manager.post("/figures/repair.arrive_minutes/decide", {"value": "20", "reason": "路远"})


@pytest.mark.parametrize("who", READERS)
def test_no_page_of_a_role_has_an_english_word_in_chinese(lively: World, who: str) -> None:
    assert walked(browser(lively, who, "zh-hans")) == {}
