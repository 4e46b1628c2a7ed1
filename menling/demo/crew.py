"""Who works in the invented offices: one table, from which posts, skills and log-ins follow."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from menling.demo.chance import Chance
from menling.kernel.roles import Role as R
from menling.premises import names
from menling.premises.models import Company, Office, Person, Post, Skill, Staff, Token

PASSWORD = "menling-demo"  # noqa: S105  # it is printed for everybody to use
PIN = "2580"
"""What everybody switches persons with at the counter; hashing is slow on purpose, so once is enough here."""
HIRED = date(2021, 3, 1)


@dataclass(frozen=True)
class Hand:
    """Somebody with a log-in: work number, name, roles (the first one is the trade), skills; `office` None: of the company."""

    number: str
    name: str
    roles: tuple[R, ...]
    office: str | None
    skills: tuple[str, ...] = ()

    @property
    def role(self) -> R:
        """Return the role somebody is known for."""
        return self.roles[0]


FIRST, SECOND, COMPANY = "JL", "QY", "GS"
"""Codes of the two offices, and of the company's own people."""

OF_THE_COMPANY = (
    ("沈国栋", (R.COMPANY_MANAGEMENT,)), ("许文静", (R.QUALITY,)), ("程思远", (R.ADMINISTRATOR, R.ADMINISTRATION)),
    ("何婷婷", (R.CALL_DEPARTMENT,)),
)  # fmt: skip
OF_THE_FIRST = (
    ("周晓明", (R.CONTROL_CENTRE,), ""), ("吴海燕", (R.CONTROL_CENTRE,), ""),
    ("郑立新", (R.CONTROL_CENTRE, R.SECURITY, R.WAREHOUSE), ""),
    ("陈慧敏", (R.SERVICE_DESK,), ""), ("徐丽华", (R.SERVICE_DESK_SUPERVISOR, R.SERVICE_DESK, R.DEPARTMENT_HEAD, R.TRACKER), ""),
    ("赵永康", (R.REPAIR_WORKER,), "水暖 疏通"), ("孙志强", (R.REPAIR_WORKER,), "电气 家电"),
    ("马振华", (R.REPAIR_WORKER,), "门窗 五金 木工"), ("朱卫东", (R.REPAIR_WORKER,), "水暖 疏通 五金 泥瓦"),
    ("李建国", (R.REPAIR_WORKER, R.ENGINEERING_CREW), "电气 弱电 报警"), ("高国平", (R.TEAM_LEAD,), "水暖 电气"),
    ("郭俊杰", (R.BUSINESS_LEAD,), ""), ("罗美玲", (R.FINANCE,), ""), ("梁景行", (R.OFFICE_MANAGER,), ""),
    ("宋桂兰", (R.HOUSEKEEPER,), "保洁"), ("苏雪梅", (R.HOUSEKEEPER, R.HOME_SERVICE_WORKER), "保洁"),
    ("曾洋", (R.EMPLOYEE,), ""), ("彭一鸣", (R.PROVIDER,), ""), ("吕玉珍", (R.OWNERS_COMMITTEE,), ""),
)  # fmt: skip
OF_THE_SECOND = (
    ("杨岚", (R.CONTROL_CENTRE, R.SERVICE_DESK, R.FINANCE), ""), ("于凯", (R.REPAIR_WORKER,), "水暖 电气 五金"),
    ("王刚", (R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER), ""),
)  # fmt: skip
"""A small estate: one at the counter, one with the tools, one in charge; cleaning is ordered from elsewhere."""


def hands() -> list[Hand]:
    """Return everybody with a log-in, the company's own people last."""
    first = [Hand(f"{FIRST}{at:03d}", name, roles, FIRST, tuple(skills.split())) for at, (name, roles, skills) in
             enumerate(OF_THE_FIRST, 1)]  # fmt: skip
    second = [Hand(f"{SECOND}{at:03d}", name, roles, SECOND, tuple(skills.split())) for at, (name, roles, skills) in
              enumerate(OF_THE_SECOND, 1)]  # fmt: skip
    company = [Hand(f"{COMPANY}{at:03d}", name, roles, None) for at, (name, roles) in enumerate(OF_THE_COMPANY, 1)]
    return first + second + company


def token(seed: int, who: str) -> str:
    """Return the token of somebody by work number, or of a resident by unit."""
    return "mlg_" + base64.urlsafe_b64encode(hashlib.sha256(f"menling demo {seed} {who}".encode()).digest()).rstrip(b"=").decode()


def hire(company: Company, offices: dict[str, Office], seed: int, chance: Chance, now: datetime) -> dict[str, Staff]:
    """Take everybody on: staff with post, skills and token. Returns them by work number."""
    secrets = {"password": make_password(PASSWORD), "pin": make_password(PIN)}
    staff = {hand.number: _hired(company, hand, chance, secrets) for hand in hands()}
    for row in Staff.objects.bulk_create(staff.values()):
        staff[row.number] = row
    Post.objects.bulk_create(
        Post(staff=staff[hand.number], office=offices.get(hand.office or ""), role=role, since=HIRED)
        for hand in hands() for role in hand.roles
    )  # fmt: skip
    Skill.objects.bulk_create(Skill(staff=staff[hand.number], name=name) for hand in hands() for name in hand.skills)
    for number, row in staff.items():
        keep_token(token(seed, number), now, staff=row)
    return staff


def _hired(company: Company, hand: Hand, chance: Chance, secrets: dict[str, str]) -> Staff:
    return Staff(
        company=company, number=hand.number, name=hand.name, pinyin=names.pinyin(hand.name),
        initials=names.initials(hand.name), phone=chance.phone(), **secrets,
    )  # fmt: skip


def keep_token(text: str, now: datetime, *, staff: Staff | None = None, person: Person | None = None) -> None:
    """Keep the digest of a token."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    Token.objects.create(digest=digest, staff=staff, person=person, name="demo", created_at=now)
