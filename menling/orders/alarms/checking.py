"""After the work on an alarm: signed off by who collected the slip, and spot-checked by the service desk (HS-4.1.2.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.db.models import Exists, OuterRef
from pydantic import Field

from menling.journal.models import Case, Event
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands import closing
from menling.orders.commands.steps import Steps, step, taken, tell_roles
from menling.orders.models import Alarm
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import alarm_rules as rules
from menling.procedures.alarm_policy import AlarmPolicy

Result = Literal["satisfied", "quality_problem", "not_satisfied"]
Remark = Annotated[str, Field(max_length=300)]
MOST = 500


def sign_off(order: Alarm, *, by: Actor, at: datetime, result: str = "") -> Steps:
    """HS-4.1.2.3  Who collected the slip signs the alarm register at the service desk; then the fee is settled (HS-3.5)."""
    step(order, "sign_off", by)
    rules.signed_off_by_collector(by.id, order.collector_id)
    return closing.sign_off(order, by=by, at=at, result=result)


def spot_check(order: Alarm, *, by: Actor, at: datetime, result: Result, remark: Remark = "") -> Steps:
    """HS-4.1.2.3  The service desk checked the work; what is not in order is reported upwards at once."""
    row = step(order, "spot_check", by)
    found = rules.found_by_check(result, names.folded(remark))
    order.nonconformity = found or order.nonconformity
    tell = tell_roles(
        order, _("{number} at {unit}: the work on the alarm is not in order: {found}. Please see to it."),
        Role.SERVICE_DESK_SUPERVISOR, Role.OFFICE_MANAGER, found=found,
    ) if found else ()  # fmt: skip
    return taken(order, row, by, at, "nonconformity", tell=tell, result=result, remark=names.folded(remark))


@dataclass(frozen=True)
class Pool:
    """The finished alarm orders of a time: how many there are, how many were checked and are due, and who is still to choose."""

    finished: int
    checked: int
    due: int
    waiting: tuple[Case, ...]

    @property
    def short(self) -> int:
        """Return how many checks are still to be made."""
        return max(self.due - self.checked, 0)


def spot_check_pool(office: Office, within: tuple[datetime, datetime], policy: AlarmPolicy) -> Pool:
    """Return the pool of spot checks of a month, in three queries, the newest unchecked orders first (HS-4.1.2.3)."""
    done = Event.objects.filter(verb="finish", case=OuterRef("pk"), happened_at__gte=within[0], happened_at__lt=within[1])
    check = Event.objects.filter(verb="spot_check", case=OuterRef("pk"))
    rows = Case.objects.filter(Exists(done), office=office, kind="alarm", reported_at__lt=within[1])
    finished, checked = rows.count(), rows.filter(Exists(check)).count()
    waiting = rows.filter(~Exists(check)).select_related("unit", "order").order_by("-reported_at", "-pk")[:MOST]
    return Pool(finished, checked, rules.spot_checks_due(finished, policy), tuple(waiting))
