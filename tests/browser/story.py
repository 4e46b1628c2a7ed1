"""A repair as a story: who takes part in it, on whose PC and phone, and what was drawn for it by chance."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page

from menling.catalogue.models import PriceItem
from menling.premises import clock, names
from tests.browser.browsing import OfficeTime, Watch
from tests.browser.desk import Desk
from tests.browser.draw import Draw
from tests.browser.phone import Phone
from tests.office import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
LANGUAGE = "zh-hans"
LEADS_FROM = Decimal(100)
"""From so many yuan a business lead collects."""


@dataclass
class Told:
    """One step as the test took it: by whom, no earlier and no later than when, and whether it was heard of later."""

    verb: str
    who: str
    since: datetime
    until: datetime
    late: bool = False


@dataclass
class Story:
    """What was drawn for this repair, and what has happened in it so far."""

    world: World
    draw: Draw
    time: OfficeTime
    server: str
    chromium: Browser
    watch: Watch
    worker: str = "repair_worker"
    asked: str = ""
    visit: str = ""
    due: datetime | None = None
    number: str = ""
    told: list[Told] = field(default_factory=list)
    open: list[Desk | Phone] = field(default_factory=list)

    def desk(self, who: str) -> Desk:
        """Let somebody log in at a PC of the office."""
        made = Desk(self.chromium, self.server, LANGUAGE)
        self.watch.over(made.context)
        made.sit_down(self.world, who)
        self.open.append(made)
        return made

    def phone(self) -> Phone:
        """Return a phone that runs by the office's time."""
        made = TimedPhone(self.chromium, self.server, self.world, self.draw)
        made.story = self
        self.open.append(made)
        return made

    def name(self, who: str) -> str:
        """Return how somebody is called in the timeline."""
        return self.draw.reporter if who == "customer" else self.world.staff[who].name

    def did(self, who: str, *verbs: str, since: datetime, until: datetime | None = None) -> None:
        """Note steps that were taken since an instant; with `until` the server heard of them later than that."""
        for verb in verbs:
            self.told.append(Told(verb, self.name(who), since, until or clock.now(), late=until is not None))

    def soon(self, least: int = 1, most: int = 3) -> datetime:
        """Let a few minutes pass and return the new now."""
        return self.time.later(self.draw.chance.randint(least, most))


class TimedPhone(Phone):
    """A phone whose clock is the office's."""

    story: Story

    def unlock(self, *, script: bool = True) -> Page:
        page = super().unlock(script=script)
        self.story.watch.over(page.context)
        self.story.time.on(page.context)
        return page


def cast(story: Story) -> None:
    """Draw who comes, what it costs, when it is wanted and how the clerk looks the caller up."""
    draw, world, chance = story.draw, story.world, story.draw.chance
    for who in ("control_centre", "team_lead", "finance", "service_desk", "business_lead", "repair_worker_2"):
        world.staff[who].name = draw.name()
        world.staff[who].save(update_fields=["name"])
    story.worker = chance.choice(("repair_worker", "repair_worker_2"))
    draw.price = chance.choice((draw.yuan(1, 100), Decimal("99.99"), LEADS_FROM, draw.yuan(100, 500)))
    PriceItem.objects.filter(price_list__office=world.office, code="W01").update(price=draw.price)
    story.asked = chance.choice(spellings(world))
    if chance.random() < 0.5:
        story.due = (clock.now() + timedelta(minutes=chance.randint(20, 90))).replace(second=0, microsecond=0)
        story.visit = f"{story.due.astimezone(SHANGHAI):%H:%M}"


def spellings(world: World) -> list[str]:
    """Return ways to look up the caller: the phone as it is said, the home, and the initials where they lead to one home."""
    number = world.resident.phone_set.get().number
    building, entrance, room = world.unit.code.split("-")
    one = not world.resident.initials.startswith(names.initials("王芳"))
    return [
        number, f"{number[:3]} {number[3:7]} {number[7:]}", f"+86 {number[:3]}-{number[3:7]}-{number[7:]}",
        world.unit.code, f"{building}栋{entrance}单元{room}", *([world.resident.initials] if one else []),
    ]  # fmt: skip
