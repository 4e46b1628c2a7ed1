"""Where an order stands, as a resident asks: what is happening, who comes and when, what was there already."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from menling.doorway.customer import hiding
from menling.doorway.language import clock_time
from menling.journal.models import Deadline, Event
from menling.kernel.words import _
from menling.orders.models import Housekeeping, Order, Visit
from menling.portal.addressing import worker_called
from menling.procedures.housekeeping import ACCEPTING
from menling.procedures.repair_sending import sets_out

STAGES = (
    ("registered", _("Registered")),
    ("sent", _("Worker sent")),
    ("taken", _("Worker took it on")),
    ("door", _("At your door")),
    ("work", _("Working")),
    ("done", _("Work done")),
)
TAKEN, WAY, THERE = 2, _("On the way"), {3: _("At the place")}
"""The station that is the way itself, as long as it lasts; how a public place is reached."""
REACHED_BY = {
    "file": 0, "refer": 0, "dispatch": 1, "reassign": 1, "acknowledge": 2, "arrive": 3, "consent": 4, "start": 4, "finish": 5,
    "rework": 5,
}  # fmt: skip
"""The station each verb reaches."""
STANDS_AT = {
    "reported": 0, "accepted": 0, "priced": 0, "agreed": 0, "nobody_home": 0, "unfinished": 0, "waiting_material": 0,
    "dispatched": 1, "acknowledged": 2, "on_site": 3, "quoted": 3, "working": 4, "objected": 4,
}  # fmt: skip
"""The station of each status; whatever is not here is done."""
BACK_TO_THE_START = frozenset({"absent", "carry_over", "await_material", "resume", "reopen"})
ENDED_EARLY = frozenset({"declined", "cancelled", "handed_on"})
DOOR = ("arrive", "appointment")


@dataclass(frozen=True)
class Stage:
    """One station of the track: `state` is done, now or ahead; `at` is when it was reached."""

    title: str
    state: str
    at: str


@dataclass(frozen=True)
class News:
    """The one answer of the page: a headline, a sentence below it, whether something is asked of the resident, and what else."""

    title: str
    text: str = ""
    urgent: bool = False
    more: str = ""


def stages(order: Order, events: list[Event], now: datetime) -> list[Stage]:
    """Return the track of an order; after a visit that did not finish the work it begins anew."""
    case = order.case
    if case.status in ENDED_EARLY:
        return []
    times, here = _times(events), STANDS_AT.get(case.status, len(STAGES) - 1)
    titles = dict(enumerate(title for _key, title in STAGES)) | (THERE if order.unit.is_public else {})
    if case.status == "acknowledged" and under_way(order, now):
        titles[TAKEN] = WAY
        times.pop(TAKEN, None)  # when it was taken on is known, when somebody set out is not
    return [
        Stage(gettext(title), _state(place, here), clock_time(times[place], now) if place in times and place <= here else "")
        for place, title in titles.items()
    ]


def under_way(order: Order, now: datetime) -> bool:
    """Tell whether who took an order on is on the way: nobody is to a visit of another hour, or while still at another home."""
    if not sets_out(order.visit_at, now, order.policy):
        return False
    there = Visit.objects.filter(worker=order.worker_id, active=True, arrived_at__isnull=False, finished_at__isnull=True)
    return not there.exclude(order=order).exists()


def _state(place: int, here: int) -> str:
    last = len(STAGES) - 1
    if place < here or here == last:
        return "done"
    return "now" if place == here else "ahead"


def _times(events: list[Event]) -> dict[int, datetime]:
    times: dict[int, datetime] = {}
    for event in events:
        if event.verb in BACK_TO_THE_START:
            times = {place: at for place, at in times.items() if place == 0}
        if event.verb in REACHED_BY and (event.verb != "acknowledge" or event.after == "acknowledged"):
            times[REACHED_BY[event.verb]] = event.happened_at
    if 5 in times and 4 not in times and 3 in times:
        times[4] = times[3]
    return times


def news(order: Order, events: list[Event], now: datetime) -> News:
    """Return what is happening now, in the resident's words."""
    status = order.case.status
    if status == "declined":
        return _declined(order, events)
    if status in ("dispatched", "acknowledged"):
        return _on_the_way(order, events, now)
    if status in ("reported", "accepted", "agreed"):
        return _waiting(order, now)
    if status == "unfinished":
        return _continued(events, now)
    said = SAID | SAID_OF_A_PLACE if order.unit.is_public else SAID
    title, text, urgent = said.get(_moment(order), SAID["signed"])
    who = worker_called(order.worker, order.case.kind) if order.worker else gettext("The worker")
    return News(gettext(title).format(worker=who), gettext(text).format(worker=who) if text else "", urgent)


def _declined(order: Order, events: list[Event]) -> News:
    """HS-4.2.2  Who is told no hears why, and which help was offered instead (CF-03)."""
    facts: dict[str, str] = next((event.facts for event in reversed(events) if event.verb == "decline"), {})
    hide = hiding(order.case.office, order.case.last_at)
    title, text, urgent = SAID["declined"]
    why, offered = (hide(facts.get(name, "")) for name in ("reason", "offered"))
    told = gettext("Why: {reason}").format(reason=why) if why else gettext(text)
    return News(gettext(title), told, urgent, gettext("Help instead: {offered}").format(offered=offered) if offered else "")


def _moment(order: Order) -> str:
    """HA-4.1  Cleaning is accepted; where the office chose four acceptances, by the resident last (CF-23)."""
    status = order.case.status
    if not isinstance(order, Housekeeping) or status not in ACCEPTING:
        return status
    return "checking" if order.policy.chain == "four_steps" and status != "office_accepted" else "accepting"


def _waiting(order: Order, now: datetime) -> News:
    if order.visit_at is None:
        return News(gettext("We have your request"), gettext("We are finding a worker for you. You need not do anything."))
    agreed = clock_time(order.visit_at, now)
    return News(gettext("Visit agreed: {time}").format(time=agreed), gettext("We will send a worker in good time."))


def _on_the_way(order: Order, events: list[Event], now: datetime) -> News:
    who = worker_called(order.worker, order.case.kind) if order.worker else gettext("The worker")
    if _delayed(events):
        sorry = gettext("We are sorry. We will call you to agree a new time.")
        return News(gettext("{worker} may be late").format(worker=who), sorry, True)
    if _late(order, now):
        sorry = gettext("We are sorry. Please call us to hear when.")
        return News(gettext("{worker} is late").format(worker=who), sorry, True)
    by = clock_time(order.visit_at, now) if order.visit_at else ""
    if order.unit.is_public:
        return News(gettext("{worker} is there by {time}").format(worker=who, time=by))
    title = gettext("{worker} is with you by {time}").format(worker=who, time=by)
    return News(title, gettext("The worker carries a badge. Please ask to see it."))


def _delayed(events: list[Event]) -> bool:
    told = [event.verb for event in events if event.verb in ("delay", "move", "dispatch", "reassign")]
    return bool(told) and told[-1] == "delay"


def _late(order: Order, now: datetime) -> bool:
    open_ones = Deadline.objects.filter(case=order.case, key__in=DOOR, met_at__isnull=True, released_at__isnull=True)
    return open_ones.filter(due_at__lt=now).exists()


def _continued(events: list[Event], now: datetime) -> News:
    told = [event.facts.get("next_at") for event in events if event.verb == "carry_over"]
    next_at = parse_datetime(told[-1]) if told and told[-1] else None
    if next_at is None:
        return News(gettext("To be continued"), gettext("We will call you to agree the next time."))
    return News(
        gettext("To be continued: {time}").format(time=clock_time(next_at, now)), gettext("The work needs one more visit.")
    )


SAID: dict[str, tuple[str, str, bool]] = {
    "on_site": (_("{worker} is at your door"), _("Before paid work begins, the price is shown to you."), False),
    "quoted": (_("Please look at the price"), _("Paid work begins only after you agree."), True),
    "priced": (_("Please look at the price"), _("Nobody comes before you agree to it."), True),
    "checking": (_("The work is done. We check it first"), _("Then you are asked to have a look."), False),
    "accepting": (_("The cleaning is done. Please have a look"), _("Sign when you are content. If not, tell us below."), True),
    "working": (_("{worker} is at work"), "", False),
    "waiting_material": (_("Waiting for your material"), _("Call us when you have it, and we will come."), True),
    "nobody_home": (_("Nobody was home"), _("{worker} left a slip on your door. Please call us to agree a new time."), True),
    "finished": (_("The work is done. Please have a look"), _("Sign when you are content. If not, tell us below."), True),
    "objected": (_("We are sorry. We will put it right"), _("{worker} knows what you wrote."), False),
    "signed": (_("All done. Thank you"), _("Call us any time if something is wrong again."), False),
    "cancelled": (_("The visit is cancelled"), _("Nothing is charged."), False),
    "declined": (_("We cannot do this job"), _("Please call us, and we will look for other help together."), False),
}
"""Headline, sentence below it, and whether something is asked of the resident, by status."""
SAID_OF_A_PLACE: dict[str, tuple[str, str, bool]] = {
    "on_site": (_("{worker} is at the place"), "", False),
    "cancelled": (_("The report was taken back"), _("Nothing is charged."), False),
}
"""What is said otherwise of a place where nobody lives."""
