"""How people are named to a resident: a surname with a title, never a phone number (CF-05)."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from menling.premises import names
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


def _surname(name: str) -> str:
    if name.isascii():
        return name.split(" ")[-1]
    surname = name[:2] if name.startswith(COMPOUND) else name[:1]
    chinese = (get_language() or "zh").startswith("zh")
    return surname if chinese else names.pinyin(surname).replace(" ", "").title()
