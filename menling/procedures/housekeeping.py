"""Housekeeping: the table of its steps and clocks (HS-4.1.1, HS-4.3, HC-5.1, HA)."""

from enum import StrEnum

from menling.kernel.procedure import Asks, Clock, Procedure, Step
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import housekeeping_clocks as own
from menling.procedures import repair_clocks as due
from menling.procedures.order_asks import CHECKED


class Status(StrEnum):
    """Where a housekeeping order stands; what means the same as for a repair is called the same."""

    NEW = "new"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    PRICED = "priced"
    AGREED = "agreed"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    ON_SITE = "on_site"
    WORKING = "working"
    NOBODY_HOME = "nobody_home"
    UNFINISHED = "unfinished"
    FINISHED = "finished"
    SITE_ACCEPTED = "site_accepted"
    TEAM_ACCEPTED = "team_accepted"
    OFFICE_ACCEPTED = "office_accepted"
    OBJECTED = "objected"
    SIGNED = "signed"
    SIGNED_OFF = "signed_off"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


S = Status
DESK = frozenset({R.HOUSEKEEPING_DESK})
ASSIGNER = frozenset({R.ASSIGNER})
LEAD = frozenset({R.TEAM_LEAD})
CREW = frozenset({R.HOUSEKEEPER})
RESIDENT = frozenset({R.CUSTOMER})
OFFICE = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
"""Who confirms for a resident who cannot sign, a booking or the service (HA-1.4)."""
KEEPERS = DESK | OFFICE
EVERYBODY = KEEPERS | LEAD | CREW | {
    R.CONTROL_CENTRE, R.CALL_DEPARTMENT, R.BUSINESS_LEAD, R.FINANCE, R.OFFICE_MANAGER, R.QUALITY, R.COMPANY_MANAGEMENT,
    R.ADMINISTRATOR,
}  # fmt: skip
CALLERS = KEEPERS | LEAD | {R.CONTROL_CENTRE, R.BUSINESS_LEAD, R.OFFICE_MANAGER}
"""Who has to call a resident: the control centre as well, where an appointment cannot be kept (HS-4.3.1)."""
BEFORE_SENDING = frozenset({S.REPORTED, S.ACCEPTED, S.PRICED, S.AGREED})
SENT = frozenset({S.DISPATCHED, S.ACKNOWLEDGED})
PARKED = frozenset({S.NOBODY_HOME, S.UNFINISHED})
NOT_STARTED = BEFORE_SENDING | SENT | PARKED
AT_HOME = frozenset({S.ON_SITE, S.WORKING})
ACCEPTING = frozenset({S.FINISHED, S.SITE_ACCEPTED, S.TEAM_ACCEPTED, S.OFFICE_ACCEPTED})
AFTER = frozenset({S.SIGNED, S.SIGNED_OFF, S.COMPLETED})
ACCEPTED = AFTER | {S.ARCHIVED}
CLEANED = ACCEPTING | AFTER | {S.OBJECTED}
"""Where the work is done, accepted or not, and the order still open."""
ENDED = frozenset({S.ARCHIVED, S.DESTROYED, S.DECLINED, S.CANCELLED})
OPEN = frozenset(S) - {S.NEW} - ENDED


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


HOUSEKEEPING = Procedure(
    kind="housekeeping",
    title=_("Housekeeping"),
    statuses=Status,
    ends=frozenset(ENDED),
    steps=(
        # clauses                                   verb              before            after             by
        Step(("HC-5.1.2", "HS-4.1.1.2", "HS-3.1"), "file", _at(S.NEW), S.REPORTED, DESK | {R.CALL_DEPARTMENT}),
        Step(("HS-4.1.1.1",), "accept", _at(S.REPORTED), S.ACCEPTED, KEEPERS | {R.SYSTEM}),
        Step(("HS-4.1.1.1",), "ask_supervisor", _at(S.REPORTED), None, DESK),
        Step(("HS-4.1.1.2", "HS-4.1.1.1"), "decline", frozenset(BEFORE_SENDING - {S.AGREED}), S.DECLINED, KEEPERS),
        Step(("HC-5.1.3", "HA-1.3"), "quote", _at(S.ACCEPTED, S.PRICED, S.AGREED), S.PRICED, DESK),
        Step(("HC-5.6.2",), "ask_review", frozenset(NOT_STARTED | AT_HOME), None, CREW | KEEPERS | LEAD, own=True),
        Step(("HC-5.1.3", "HA-1.4"), "consent", _at(S.PRICED), S.AGREED, DESK | RESIDENT),
        Step(("HA-2", "HA-3", "HS-4.1.1.3", "HC-5.1.3", "HC-5.1.2"), "dispatch", _at(S.AGREED), S.DISPATCHED, ASSIGNER),
        Step(("HS-4.1.1.3",), "ask_lead", frozenset(NOT_STARTED | AT_HOME), None, DESK | LEAD),
        Step(("HC-5.1.2",), "acknowledge", _at(S.DISPATCHED), S.ACKNOWLEDGED, CREW, own=True),
        Step(("HS-4.3.2",), "acknowledge", frozenset(OPEN | {S.CANCELLED}), None, CREW, own=True),
        Step(("MR-9",), "reassign", frozenset(SENT), S.DISPATCHED, ASSIGNER),
        Step(("MR-1",), "release", frozenset(SENT), S.AGREED, ASSIGNER),
        Step(("OC-1.3",), "learn_route", frozenset(SENT), None, CREW, own=True),
        Step(("HS-4.3.1",), "delay", frozenset(SENT), None, CREW, own=True),
        Step(("HS-4.3.1",), "move", frozenset(BEFORE_SENDING | SENT), None, DESK | LEAD),
        Step(("HS-4.3.1", "HS-4.3.3"), "move", frozenset(PARKED), S.AGREED, DESK | LEAD),
        Step(("HS-4.3.2",), "change", frozenset(NOT_STARTED), None, DESK | LEAD),
        Step(("HS-4.3.2",), "cancel", frozenset(NOT_STARTED), S.CANCELLED, DESK | LEAD | RESIDENT),
        Step(("HS-4.1.1.3",), "arrive", frozenset(SENT), S.ON_SITE, CREW, own=True),
        Step(("HS-4.3.3",), "absent", _at(*SENT, S.ON_SITE), S.NOBODY_HOME, CREW, own=True),
        Step(("HS-4.3.3",), "return_stub", frozenset(OPEN | ENDED), None, KEEPERS),
        Step(("HC-5.1.3",), "start", frozenset(AT_HOME), S.WORKING, CREW, own=True),
        Step(("HC-5.2.6", "EN-3.9"), "warn", frozenset(AT_HOME), None, CREW, own=True),
        Step(("HA-3",), "add_photo", _at(*SENT, *AT_HOME, S.FINISHED, S.OBJECTED), None, CREW, own=True),
        Step(("OC-3.11", "HC-5.2.3"), "report_damage", _at(*AT_HOME, S.FINISHED, S.OBJECTED), None, CREW, own=True),
        Step(("HC-5.1.1.1",), "carry_over", frozenset(AT_HOME), S.UNFINISHED, CREW, own=True),
        Step(("HS-4.1.1.4",), "finish", frozenset(AT_HOME), S.FINISHED, CREW, own=True),
        Step(("HA-4.1",), "accept_site", _at(S.FINISHED), S.SITE_ACCEPTED, CREW, own=True),
        Step(("HA-4.1",), "accept_supervisor", _at(S.SITE_ACCEPTED), S.TEAM_ACCEPTED, LEAD),
        Step(("HA-4.1",), "accept_office", _at(S.TEAM_ACCEPTED), S.OFFICE_ACCEPTED,
             frozenset({R.SERVICE_DESK_SUPERVISOR})),
        Step(("HA-4.2.1", "HC-5.5.1", "HS-4.1.1.4"), "sign", frozenset(ACCEPTING), S.SIGNED, RESIDENT),
        Step(("HC-5.5.1", "HS-4.1.1.4"), "attest", frozenset(ACCEPTING), S.SIGNED, LEAD),
        Step(("HA-1.4",), "attest", frozenset(ACCEPTING), S.SIGNED, OFFICE),
        Step(("HA-1.4",), "attest", _at(S.PRICED), None, OFFICE),
        Step(("OC-4.5", "HA-4.2.1"), "rate", frozenset(AFTER), None, RESIDENT),
        Step(("HA-4.2.2", "HC-5.3.7"), "object", frozenset(ACCEPTING | {S.SIGNED, S.SIGNED_OFF}), S.OBJECTED,
             CREW | LEAD | DESK | RESIDENT | {R.SERVICE_DESK_SUPERVISOR}, own=True),
        Step(("HA-4.2.2", "HC-5.3.7"), "rework", _at(S.OBJECTED), S.FINISHED, CREW, own=True),
        Step(("HS-4.1.1.5",), "sign_off", _at(S.SIGNED), S.SIGNED_OFF, CREW, own=True),
        Step(("HA-2",), "review", _at(S.SIGNED_OFF), S.COMPLETED, LEAD),
        Step(("HC-5.1.4",), "spot_check", frozenset({S.FINISHED} | AFTER | {S.ARCHIVED}), None, KEEPERS),
        Step(("HC-5.1.4",), "close_nonconformity", frozenset({S.FINISHED, S.OBJECTED} | AFTER | {S.ARCHIVED}), None,
             frozenset({R.SERVICE_DESK_SUPERVISOR, R.OFFICE_MANAGER})),
        Step(("HA-3",), "archive", _at(S.SIGNED_OFF, S.COMPLETED), S.ARCHIVED, KEEPERS),
        Step(("EN-D.2",), "destroy", _at(S.ARCHIVED), S.DESTROYED, frozenset({R.ADMINISTRATION, R.ADMINISTRATOR})),
        Step(("MR-10",), "tick", frozenset(OPEN), None, EVERYBODY),
        Step(("MR-13",), "reveal", frozenset(OPEN | ENDED), None, CALLERS),
        Step(("HS-4.3.4",), "explain", frozenset(OPEN - {S.SIGNED_OFF, S.COMPLETED}), None, CREW | LEAD | DESK | KEEPERS | {
             R.CONTROL_CENTRE}, own=True),
        Step(("HA-3",), "note", frozenset(OPEN | ENDED), None, EVERYBODY),
        Step(("HA-3",), "correct", frozenset(OPEN | ENDED), None, KEEPERS | LEAD),
        Step(("MR-11",), "reopen", _at(S.DECLINED, S.CANCELLED, *AFTER, S.ARCHIVED), S.ACCEPTED,
             frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})),
    ),
    clocks=(
        Clock(("HS-4.1.1.3",), "dispatch", _("somebody is sent"), frozenset({"consent", "move", "release"}),
              frozenset({"dispatch"}), own.somebody_sent, frozenset({"cancel", "decline", "quote"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HC-5.1.2",), "acknowledge", _("the housekeeper acknowledges"), frozenset({"dispatch", "reassign"}),
              frozenset({"acknowledge", "arrive", "absent"}), own.acknowledged, frozenset({"cancel", "release"}),
              LEAD),
        Clock(("HS-4.1.1.3",), "appointment", _("at the door for the appointment"), frozenset({"dispatch", "move"}),
              frozenset({"arrive", "absent"}), own.at_the_door, frozenset({"cancel", "release"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("OC-1.3",), "route", _("the route is known"), frozenset({"dispatch", "reassign", "move"}),
              frozenset({"learn_route"}), due.route, frozenset({"cancel", "arrive", "absent", "release"}),
              CREW | LEAD),
        Clock(("HS-4.3.1",), "rebook", _("apologise and agree a new time"), frozenset({"delay", "release"}),
              frozenset({"move"}), due.rebook, frozenset({"arrive", "absent", "cancel", "dispatch"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HS-4.3.2",), "change_seen", _("the housekeeper has seen the change"),
              frozenset({"change", "move", "cancel"}), frozenset({"acknowledge"}), due.change_seen,
              frozenset({"reassign", "release", "finish"}), frozenset({R.TEAM_LEAD, R.SERVICE_DESK}), whole=due.seen_by_all),
        Clock(("HS-4.3.3",), "stub", _("the stub of the message slip is back"), frozenset({"absent"}),
              frozenset({"return_stub"}), due.stub, frozenset(), frozenset({R.SERVICE_DESK})),
        Clock(("HS-4.3.3",), "new_appointment", _("a new appointment is agreed"), frozenset({"absent"}),
              frozenset({"move"}), due.new_appointment, frozenset({"cancel"}), frozenset({R.SERVICE_DESK})),
    ),
)  # fmt: skip

HOUSEKEEPING.titles = {
    S.REPORTED: _("reported"), S.ACCEPTED: _("accepted"), S.PRICED: _("price told"),
    S.AGREED: _("agreed, to be picked up"), S.DISPATCHED: _("dispatched"), S.ACKNOWLEDGED: _("worker confirmed"),
    S.ON_SITE: _("on site"), S.WORKING: _("at work"), S.NOBODY_HOME: _("nobody home"),
    S.UNFINISHED: _("to be continued"), S.FINISHED: _("finished, to be accepted"), S.SITE_ACCEPTED: _("accepted on site"),
    S.TEAM_ACCEPTED: _("accepted by the team leader"), S.OFFICE_ACCEPTED: _("accepted by the office supervisor"),
    S.OBJECTED: _("to be done again"), S.SIGNED: _("signed by the resident"),
    S.SIGNED_OFF: _("signed off in the register"), S.COMPLETED: _("complete"), S.ARCHIVED: _("filed"),
    S.DESTROYED: _("destroyed"), S.DECLINED: _("declined"), S.CANCELLED: _("cancelled"),
}  # fmt: skip
HOUSEKEEPING.verbs = {
    "file": _("Register"), "accept": _("Accept"), "ask_supervisor": _("Ask the supervisor"), "decline": _("Decline"),
    "ask_review": _("Ask for a contract review"),
    "quote": _("Tell the price"), "consent": _("Resident agrees"), "dispatch": _("Assign"),
    "ask_lead": _("Ask the business lead"), "acknowledge": _("Acknowledge"), "reassign": _("Reassign"),
    "release": _("Call back"), "learn_route": _("Route known"), "delay": _("Report a delay"),
    "move": _("Agree a new time"), "change": _("Change"), "cancel": _("Cancel"), "arrive": _("Arrive"),
    "absent": _("Nobody home"), "return_stub": _("Stub returned"), "start": _("Start work"), "warn": _("Warn and ask"),
    "add_photo": _("Add a photo"), "report_damage": _("Report damage"), "carry_over": _("Continue later"),
    "finish": _("Finish"), "accept_site": _("Accept on site"), "accept_supervisor": _("Accept as team leader"),
    "accept_office": _("Accept as office supervisor"), "sign": _("Sign"), "attest": _("Confirm for the resident"),
    "rate": _("Rate"), "object": _("Not acceptable"), "rework": _("Done again"), "sign_off": _("Sign off"),
    "review": _("Review"), "spot_check": _("Record a spot check"),
    "explain": _("Say why it is not signed"),
    "close_nonconformity": _("Close the nonconformity"), "archive": _("File"), "destroy": _("Destroy"),
    "tick": _("Done"), "reveal": _("Show the number"), "note": _("Add a note"), "correct": _("Correct"),
    "reopen": _("Reopen"),
}  # fmt: skip
HOUSEKEEPING.asks = CHECKED | {
    "consent": Asks(sometimes=("reason",)), "dispatch": Asks(sometimes=("workers", "worker")),
    "reassign": Asks(sometimes=("workers", "worker")), "object": Asks(sometimes=("items", "reason")),
}  # fmt: skip
