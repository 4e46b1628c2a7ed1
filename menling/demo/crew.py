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
    """Somebody on the payroll: number within the office, name, role and skills. `office` None: the whole company."""

    number: str
    name: str
    role: R
    office: str | None
    skills: tuple[str, ...] = ()


FIRST, SECOND, COMPANY = "JL", "QY", "GS"
"""Codes of the two offices, and of the company's own people."""

OF_THE_COMPANY = (("沈国栋", R.COMPANY_MANAGEMENT), ("许文静", R.QUALITY), ("程思远", R.ADMINISTRATOR))
OF_THE_FIRST = (
    ("周晓明", R.CONTROL_CENTRE, ""), ("吴海燕", R.CONTROL_CENTRE, ""), ("郑立新", R.CONTROL_CENTRE, ""),
    ("冯雪梅", R.CONTROL_CENTRE, ""), ("陈慧敏", R.SERVICE_DESK, ""), ("林佳怡", R.SERVICE_DESK, ""),
    ("徐丽华", R.SERVICE_DESK_SUPERVISOR, ""), ("何婷婷", R.CALL_DEPARTMENT, ""), ("赵永康", R.REPAIR_WORKER, "水暖 疏通"),
    ("钱德胜", R.REPAIR_WORKER, "水暖 木工"), ("孙志强", R.REPAIR_WORKER, "电气 家电"), ("李建国", R.REPAIR_WORKER, "电气 弱电"),
    ("马振华", R.REPAIR_WORKER, "门窗 五金"), ("朱卫东", R.REPAIR_WORKER, "水暖 疏通 五金"),
    ("胡光明", R.REPAIR_WORKER, "泥瓦 木工"), ("谢宁", R.REPAIR_WORKER, "家电 电气"),
    ("高国平", R.TEAM_LEAD, "水暖 电气"), ("郭俊杰", R.BUSINESS_LEAD, ""),
    ("罗美玲", R.FINANCE, ""),
    ("梁景行", R.OFFICE_MANAGER, ""), ("宋桂兰", R.HOUSEKEEPER, "保洁"), ("唐浩然", R.ENGINEERING_CREW, "报警"),
    ("韩明轩", R.HOME_SERVICE_WORKER, "保洁"), ("曹若琳", R.TRACKER, ""), ("袁立新", R.DEPARTMENT_HEAD, ""),
    ("邓春梅", R.ADMINISTRATION, ""), ("许安然", R.WAREHOUSE, ""), ("傅磊", R.SECURITY, ""), ("曾洋", R.EMPLOYEE, ""),
    ("彭一鸣", R.PROVIDER, ""), ("吕玉珍", R.OWNERS_COMMITTEE, ""), ("苏雪梅", R.HOUSEKEEPER, "保洁"),
    ("卢秀英", R.HOUSEKEEPER, "保洁"), ("蒋丽华", R.HOUSEKEEPER, "保洁"),
)  # fmt: skip
OF_THE_SECOND = (
    ("杨岚", R.CONTROL_CENTRE, ""), ("萧宁", R.SERVICE_DESK, ""), ("董颖", R.SERVICE_DESK_SUPERVISOR, ""),
    ("于凯", R.REPAIR_WORKER, "水暖 电气"), ("张涛", R.REPAIR_WORKER, "门窗 五金"), ("谢淑芬", R.HOUSEKEEPER, "保洁"),
    ("王刚", R.TEAM_LEAD, ""), ("黄倩", R.BUSINESS_LEAD, ""), ("刘萍", R.FINANCE, ""), ("沈辉", R.OFFICE_MANAGER, ""),
    ("蔡玉珍", R.HOUSEKEEPER, "保洁"),
)  # fmt: skip


def hands() -> list[Hand]:
    """Return everybody on the payroll, the company's own people last."""
    first = [Hand(f"{FIRST}{at:03d}", name, role, FIRST, tuple(skills.split())) for at, (name, role, skills) in
             enumerate(OF_THE_FIRST, 1)]  # fmt: skip
    second = [Hand(f"{SECOND}{at:03d}", name, role, SECOND, tuple(skills.split())) for at, (name, role, skills) in
              enumerate(OF_THE_SECOND, 1)]  # fmt: skip
    company = [Hand(f"{COMPANY}{at:03d}", name, role, None) for at, (name, role) in enumerate(OF_THE_COMPANY, 1)]
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
        Post(staff=staff[hand.number], office=offices.get(hand.office or ""), role=hand.role, since=HIRED) for hand in hands()
    )
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
