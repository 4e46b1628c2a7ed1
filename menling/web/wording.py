"""What the choices and units of the settings are called; a shade of meaning more than their keys."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from menling.journal.models import Case
from menling.kernel.actor import SYSTEM
from menling.procedures import emergency, form_titles

UNITS = {"s": _("seconds"), "min": _("minutes"), "h": _("hours"), "yuan": _("yuan"), "%": "%", "d": _("days"), "y": _("years")}
CHOICES: dict[str, str] = {
    "control_centre": _("control centre"), "service_desk": _("service desk"), "either": _("either desk"),
    "not_allowed": _("not allowed"), "named_roles_with_reason": _("the named roles, with a reason"),
    "target": _("shown, not counted"), "counted": _("counted like by day"),
    "leaders": _("control centre, foreman and manager"), "foreman": _("the foreman"), "sent_worker": _("the worker sent there"),
    "half_up": _("to the nearest, half up"), "up": _("always up"), "down": _("always down"), "none": _("none"),
    "slip_and_rebook": _("slip on the door and a new time"), "slip_only": _("slip on the door only"),
    "rebook_only": _("a new time only"), "signoff_review_settle": _("sign-off, review, settlement"),
    "signoff_settle": _("sign-off, settlement"), "by_slip": _("with review where there is a slip"),
    "shoe_covers": _("shoe covers"), "work_shoes": _("work shoes"), "cloth_shoes": _("cloth shoes"), "never": _("never"),
    "special_circumstances_with_note": _("in special need, with a note"), "own_water_own_cup": _("own water, own cup"),
    "office": _("the office"), "call_department": _("call department"), "booked_orders": _("booked orders only"),
    "service_desk_or_control_centre": _("service desk or control centre"), "all_orders": _("all orders"),
    "team_and_control": _("leader and control centre"), "service_desk_too": _("the service desk too"),
    "one": _("once a day"), "three": _("at the end of each of three shifts"),
    "customer_only": _("the customer alone"), "four_steps": _("in four steps"), "hourly": _("by the hour"),
    "long_term": _("for a long term"), "office_number_only": _("the office's number only"),
    "at_dispatch": _("with the slip; of a later day only the building the day before"),
    "day_before": _("the day before the visit"), "on_acceptance": _("when the slip was acknowledged"),
    "never_escorted": _("never: the office takes the worker there"),
    "engineering": _("engineering department"),
    "manager": _("the office manager"), "lead": _("a business lead or above"),
    "taken": _("taken at the word of who names it"), "reviewed": _("reviewed every time"),
    "judge": _("the office judges"), "absorb": _("adds nothing"), "add": _("is added"),
    "mandatory": _("always"),
    "provider_unless_consented": _("who did the work, unless the resident consented to the risk"),
    "case_by_case": _("case by case"), "outside": _("not counted"), "inside": _("counted"),
    "service_matters_only": _("service matters only"), "team_leader_only": _("the team leader only"),
    "customer_buys": _("the resident buys it"), "proxy_purchase": _("we buy it"), "both": _("either, as the resident likes"),
    "worker_then_desk": _("the worker once, then the service desk"), "desk_only": _("the service desk only"),
    "by_kind": _("by the kind of order"), "off": _("not by itself"), "hours_from_report": _("hours from the report"),
    "end_of_day": _("end of the day"), "hours_from_dispatch": _("hours from the slip"),
    "repair": _("home repair"), "housekeeping": _("housekeeping"), "alarm": _("home alarm"),
    "immediate_plus_batch": _("shown at once, collected at the pick-ups"),
    "batch_then_direct": _("shown at the pick-up that brings it"), "immediate": _("told of each at once, without pick-ups"),
    **form_titles.TITLES, **emergency.KINDS, **{each: said for each, said in emergency.ITEMS.items() if each != "control_centre"},
}  # fmt: skip


def in_words(value: Any) -> str:
    """Return a value of a setting as people say it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, (tuple, list)):
        return gettext(", ").join(in_words(each) for each in value)
    if hasattr(value, "strftime"):
        return f"{value:%H:%M}"
    return gettext(CHOICES.get(str(value), str(value)))


VERBS = {
    "break": _("promise broken"), "called": _("called out again"), "kept_late": _("promise kept, reported late"),
    "reveal": _("number seen in full"),
}  # fmt: skip
"""What the program itself writes into the timeline."""


def verb_of(case: Case, verb: str) -> str:
    """Return what was done to a case, in the words of its procedure or, for what the program writes itself, in ours."""
    return gettext(case.procedure.verbs.get(verb, VERBS.get(verb, verb)))


def by_whom(name: str) -> str:
    """Return who did a step; the program itself is called as on every page."""
    return gettext("Menling") if name == SYSTEM.name else name
