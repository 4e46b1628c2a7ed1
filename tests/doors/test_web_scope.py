"""Whatever address of the back office somebody of another office types, nothing of this office is shown."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

from menling.kernel.roles import Role
from menling.premises.models import Phone
from tests.doors.web import browser
from tests.office import ROLES, World

pytestmark = pytest.mark.django_db
SECRETS = ("王芳", "13800138000", "厨房下水堵", "138 **** 8000")
OURS_ALONE = {"logout", "switch", "login", "pin", "language", "office"}


def addresses() -> list[URLPattern]:
    """Every address of the back office but those of the session itself."""
    found = [each for part in get_resolver().url_patterns if getattr(part, "app_name", "") == "web" for each in part.url_patterns]
    return [each for each in found if each.name not in OURS_ALONE]


def filled(world: World, pattern: URLPattern) -> Iterator[str]:
    """The address with the numbers of this office in every place that asks for one."""
    case, worker = world.sent(content="厨房下水堵"), world.staff["repair_worker"]
    number = Phone.objects.get(person=world.resident).pk
    for named in (case.number, worker.number, world.unit.code, str(world.unit.pk)):
        text = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = {"IntConverter": "int", "StringConverter": "str", "SlugConverter": "slug"}[type(converter).__name__]
            known = {"verb": "accept", "day": "2026-11-20", "form": "xlsx", "layout": "a5", "phone": str(number),
                     "unit": str(world.unit.pk)}  # fmt: skip
            value = known.get(name, named if kind == "str" else str(world.unit.pk) if kind == "int" else "late")
            text = text.replace(f"<{kind}:{name}>", value)
        yield f"/{text}"


@pytest.mark.parametrize("pattern", addresses(), ids=lambda pattern: str(pattern.pattern) or "start")
def test_no_address_shows_anything_of_another_office(world: World, pattern: URLPattern) -> None:
    paths = list(dict.fromkeys(filled(world, pattern)))
    for role in ROLES:
        there = browser(world, f"{role.value}_elsewhere")
        for path in paths:
            answer = there.get(path)
            assert answer.status_code in (200, 302, 403, 404, 405), (role, path, answer.status_code)
            if answer.status_code == 200 and not answer.streaming:
                shown = answer.content.decode("utf-8", "replace")
                assert not any(secret in shown for secret in SECRETS), (role, path)


@pytest.mark.parametrize("pattern", addresses(), ids=lambda pattern: str(pattern.pattern) or "start")
def test_no_address_answers_somebody_who_is_not_logged_in(world: World, pattern: URLPattern) -> None:
    there = browser(world, Role.CONTROL_CENTRE.value)
    there.client.logout()
    for path in filled(world, pattern):
        assert there.get(path).status_code in (302, 405), path
