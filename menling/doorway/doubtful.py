"""Which step of an order is asked about once, and what the question has to name: every door asks in its own words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from menling.doorway.language import clock_time
from menling.orders.models import Order, Visit
from menling.procedures.doubtful_times import DoubtPolicy, Sure, sure_to_arrive, sure_to_end
from menling.procedures.repair_time import shown_minutes

ANSWERS = {"early": ("agreed", "not_agreed"), "length": ("right", "not_right")}
"""The fact that takes the answer to a question, with its answers."""


def question_of(order: Order, verb: str) -> dict[str, Any] | None:
    """Return what is asked about a step unless it happens from `since` to `until`; None where there is nothing to doubt."""
    policy = order.values.policy(DoubtPolicy)
    if verb == "arrive" and order.visit_at is not None and not order.at_once:
        return _asked("early", sure_to_arrive(order.visit_at, policy), agreed_for=order.visit_at)
    begun = _begun(order) if verb == "finish" else None
    if begun is None:
        return None
    planned = order.policy.planned_minutes
    return _asked("length", sure_to_end(begun, planned, policy), begun=begun, planned=planned)


def _asked(fact: str, sure: Sure, **named: object) -> dict[str, Any]:
    return {"fact": fact, "answers": ANSWERS[fact], "since": sure.since, "until": sure.until, **named}


def _begun(order: Order) -> datetime | None:
    running = Visit.objects.filter(order=order, active=True).values_list("arrived_at", "started_at").first()
    return (running[1] or running[0]) if running else None


def in_words(question: dict[str, Any], at: datetime) -> str:
    """Return the question about a step that happened `at`, or nothing where it happened when it was expected."""
    if not Sure(question["since"], question["until"]).doubts(at):
        return ""
    if question["fact"] == "early":
        agreed, now = clock_time(question["agreed_for"], at), clock_time(at, at)
        return _("The visit is agreed for {agreed}, it is {now}. Does the resident agree?").format(agreed=agreed, now=now)
    told = {"minutes": shown_minutes(at - question["begun"]), "planned": question["planned"]}
    return _("At the home for {minutes} min; about {planned} were planned. Is that right?").format(**told)
