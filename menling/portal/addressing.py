"""How people are named to a resident: a surname with a title, never a phone number (CF-05)."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.premises import names
from menling.premises.crew import employed
from menling.premises.models import Staff

COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
    "端木",
    "长孙",
    "宇文",
)
TITLED = "师傅"


def worker_called(staff: Staff, kind: str = "repair") -> str:
    """Return what a resident calls a worker: 张师傅, or Repair worker Zhang, or Housekeeper Zhang."""
    surname = _surname(staff.name.removesuffix(TITLED))
    if kind == "housekeeping":
        return _("Housekeeper {surname}").format(surname=surname)
    return _("Repair worker {surname}").format(surname=surname)


def collector_called(staff: Staff, case: Case, on: datetime) -> str:
    """Return what a resident calls who took the money for a case on a day: a worker, or a business lead (HS-3.3)."""
    if employed(case.office_id, Role.BUSINESS_LEAD, localtime(on).date()).filter(pk=staff.pk).exists():
        return _("Business lead {surname}").format(surname=_surname(staff.name))
    return worker_called(staff, case.kind)


def _surname(name: str) -> str:
    if name.isascii():
        return name.split(" ")[-1]
    surname = name[:2] if name.startswith(COMPOUND) else name[:1]
    chinese = (get_language() or "zh").startswith("zh")
    return surname if chinese else names.pinyin(surname).replace(" ", "").title()
