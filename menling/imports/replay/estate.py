"""The invented homes and people a replay needs: nobody lives there, and nobody can log in."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.premises.actors import staff_actor
from menling.premises.models import Building, Office, Post, Staff, Unit

BUILDING = "R0"
ENTRANCES, FLOORS, DOORS = range(1, 5), range(1, 11), range(1, 6)
SINCE = date(2000, 1, 1)
PHONE = "14000000000"
CREW = ((Role.CONTROL_CENTRE, "C", "回放值班员"), (Role.REPAIR_WORKER, "W", "回放维修员"), (Role.TEAM_LEAD, "L", "回放领班"))


@dataclass(frozen=True)
class Cast:
    """Who plays: the desk, the worker (with the work number the desk dispatches by) and the foreman."""

    desk: Actor
    worker: Actor
    worker_number: str
    lead: Actor


def homes(office: Office) -> list[Unit]:
    """Return the invented homes of an office, built the first time."""
    house, made = Building.objects.get_or_create(office=office, code=BUILDING, defaults={"name": "回放楼"})
    if made:
        Unit.objects.bulk_create(
            Unit(office=office, building=house, entrance=str(entrance), room=f"{floor}{door:02d}",
                 code=f"{BUILDING}-{entrance}-{floor}{door:02d}")
            for entrance in ENTRANCES for floor in FLOORS for door in DOORS
        )  # fmt: skip
    return list(Unit.objects.filter(building=house).order_by("code"))


def home_of(key: str, among: list[Unit]) -> Unit:
    """Return the home a number belongs to, always the same."""
    return among[crc32(key.encode()) % len(among)]


def called(office: Office) -> Cast:
    """Call the invented people of an office to work, taken on the first time."""
    found = {role: _hired(office, role, letter, name) for role, letter, name in CREW}
    desk, worker, lead = (staff_actor(found[role], SINCE) for role, _letter, _name in CREW)
    return Cast(desk, worker, found[Role.REPAIR_WORKER].number, lead)


def dismissed(office: Office) -> None:
    """Let them go again: between replays they stand on no list of free people."""
    Staff.objects.filter(number__in=[_number(office, letter) for _role, letter, _name in CREW]).update(is_active=False)


def _hired(office: Office, role: Role, letter: str, name: str) -> Staff:
    staff = Staff.objects.filter(number=_number(office, letter)).first()
    if staff is None:
        staff = Staff(company_id=office.company_id, number=_number(office, letter), name=name)
        staff.set_unusable_password()
        staff.save()
        Post.objects.create(staff=staff, office=office, role=role, since=SINCE)
    Staff.objects.filter(pk=staff.pk).update(is_active=True)
    return staff


def _number(office: Office, letter: str) -> str:
    return f"REPLAY-{office.code}-{letter}"
