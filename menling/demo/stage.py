"""One office on the stage of the demonstration: its people, who of them is at work, and who is out at whose door."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from menling.demo.chance import Chance
from menling.demo.estate import Home
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.premises.actors import staff_actor
from menling.premises.models import Office, OnCall, Shift, Staff

TRIP = timedelta(minutes=60)
"""Kept free for a visit when the next one is planned."""
WATCHES = 2
Times = list[tuple[datetime, datetime]]


class Stage:
    """One office with its people, and who of the crew is out when. `staff` are those who work in it."""

    def __init__(self, office: Office, staff: Iterable[Staff], homes: list[Home], chance: Chance) -> None:
        self.office, self.homes, self.chance = office, homes, chance
        self.zone = ZoneInfo(office.zone)
        self.staff: dict[str, list[Staff]] = defaultdict(list)
        for each in staff:
            for post in each.posts.all():
                self.staff[post.role].append(each)
        self.shifts: dict[int, Times] = defaultdict(list)
        for key, begin, end in Shift.objects.filter(office=office).values_list("staff_id", "starts_at", "ends_at"):
            self.shifts[key].append((begin, end))
        rows = OnCall.objects.filter(office=office).order_by("rank").values_list("day", "staff_id")
        self.nights: set[tuple[date, int]] = set(rows)
        self.out: dict[int, Times] = defaultdict(list)
        self.keys, self.slips, self.sheets, self.actors = count(1), count(1), count(1), dict[int, Actor]()

    @property
    def watched(self) -> bool:
        """Tell whether somebody answers the telephone by day and by night."""
        return len(self.staff[Role.CONTROL_CENTRE]) > WATCHES

    def day_of(self, at: datetime) -> date:
        """Return the day it is in the office at an instant."""
        return at.astimezone(self.zone).date()

    def actor(self, who: str, at: datetime) -> Actor:
        """Return whoever does the work of a role then: of several the one on shift."""
        crew = self.staff[who]
        return self.actor_of(next((each for each in crew if self.on_shift(each, at)), crew[0]), at)

    def actor_of(self, staff: Staff, at: datetime) -> Actor:
        """Return a member of staff as actor."""
        if staff.pk not in self.actors:
            self.actors[staff.pk] = staff_actor(staff, at.date())
        return self.actors[staff.pk]

    def on_shift(self, staff: Staff, at: datetime) -> bool:
        """Tell whether somebody is on the roster then."""
        return any(begin <= at < end for begin, end in self.shifts[staff.pk])

    def send(self, begins: datetime, skill: str) -> Staff | None:
        """Choose a worker who is free for a visit, on shift and skilled if possible, and note the trip; None: nobody is."""
        free = [each for each in self.staff[Role.REPAIR_WORKER] if self.is_free(each, begins)]
        free.sort(key=lambda each: self._rank(each, begins, skill))
        if not free:
            return None
        self.keep(free[0], begins, TRIP)
        return free[0]

    def _rank(self, staff: Staff, at: datetime, skill: str) -> tuple[bool, bool, bool, int, int]:
        """On shift before on call, on call before at home; the skilled before the others, who had fewer visits first."""
        called = (self.day_of(at), staff.pk) in self.nights
        return (not self.on_shift(staff, at), not called, skill not in _skills(staff), len(self.out[staff.pk]), staff.pk)

    def two(self, begins: datetime, lasts: timedelta) -> list[Staff]:
        """Choose two housekeepers who are at work and free for so long, and note it; none when there are no two."""
        free = [each for each in self.staff[Role.HOUSEKEEPER]
                if self.on_shift(each, begins) and self.is_free(each, begins, lasts)][:2]  # fmt: skip
        if len(free) < 2:
            return []
        for each in free:
            self.keep(each, begins, lasts)
        return free

    def put_off(self, staff: Staff, at: datetime, wanted: datetime) -> datetime:
        """Give up the trip under way and note another for the first free time from `wanted` on, which is returned."""
        self.back(staff, at)
        while not self.is_free(staff, wanted):
            wanted += timedelta(minutes=10)
        self.keep(staff, wanted, TRIP)
        return wanted

    def is_free(self, staff: Staff, begins: datetime, lasts: timedelta = TRIP) -> bool:
        """Tell whether somebody is wanted nowhere else for so long."""
        return all(end <= begins or begins + lasts <= start for start, end in self.out[staff.pk])

    def keep(self, staff: Staff, begins: datetime, lasts: timedelta) -> None:
        """Keep somebody's time free for a visit."""
        self.out[staff.pk].append((begins, begins + lasts))

    def back(self, staff: Staff, at: datetime) -> None:
        """Note that a trip is over: whatever was kept free around `at` is free again."""
        self.out[staff.pk] = [(start, min(end, at) if start <= at else end) for start, end in self.out[staff.pk]]


def _skills(staff: Staff) -> set[str]:
    return {skill.name for skill in staff.skills.all()}
