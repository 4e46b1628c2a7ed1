"""Home alarms, opened, moved or repaired by engineering: the table of their steps and clocks (HS-4.1.2, HS-4.3)."""

from enum import StrEnum

from menling.kernel.procedure import Clock, Procedure, Step
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import housekeeping_clocks as own
from menling.procedures import repair_clocks as due
from menling.procedures.order_asks import CHECKED


class Status(StrEnum):
    """Where an alarm order stands; what means the same as for a repair is called the same."""

    NEW = "new"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    ON_SITE = "on_site"
    QUOTED = "quoted"
    WORKING = "working"
    NOBODY_HOME = "nobody_home"
    UNFINISHED = "unfinished"
    FINISHED = "finished"
    OBJECTED = "objected"
    SIGNED = "signed"
    SIGNED_OFF = "signed_off"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


S = Status
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
LEAD = frozenset({R.TEAM_LEAD})
ASSIGNER = frozenset({R.ASSIGNER})
CREW = frozenset({R.ENGINEERING_CREW})
RESIDENT = frozenset({R.CUSTOMER})
CALLERS = DESK | LEAD | {R.CONTROL_CENTRE, R.BUSINESS_LEAD, R.OFFICE_MANAGER}
"""Who has to call a resident: the control centre as well, where an appointment cannot be kept (HS-4.3.1)."""
EVERYBODY = CALLERS | CREW | {
    R.FINANCE, R.QUALITY, R.COMPANY_MANAGEMENT, R.ADMINISTRATOR,
}  # fmt: skip
SENT = frozenset({S.DISPATCHED, S.ACKNOWLEDGED})
PARKED = frozenset({S.NOBODY_HOME, S.UNFINISHED})
BEFORE_SENDING = frozenset({S.REPORTED, S.ACCEPTED})
NOT_STARTED = BEFORE_SENDING | SENT | PARKED
AT_HOME = frozenset({S.ON_SITE, S.QUOTED, S.WORKING})
AFTER = frozenset({S.SIGNED, S.SIGNED_OFF})
ENDED = frozenset({S.ARCHIVED, S.DESTROYED, S.DECLINED, S.CANCELLED})
OPEN = frozenset(S) - {S.NEW} - ENDED


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


ALARM = Procedure(
    kind="alarm",
    title=_("Home alarm"),
    statuses=Status,
    ends=frozenset(ENDED),
    steps=(
        # clauses                              verb         before              after              by
        Step(("HS-4.1.2.1", "HS-3.1"), "file", _at(S.NEW), S.REPORTED, DESK),
        Step(("HS-4.1.2.1", "HS-3.1"), "accept", _at(S.REPORTED), S.ACCEPTED, DESK | {R.SYSTEM}),
        Step(("HS-3.1",), "decline", frozenset(BEFORE_SENDING), S.DECLINED, DESK),
        Step(("HS-4.1.2.2", "HS-3.4"), "dispatch", _at(S.ACCEPTED), S.DISPATCHED, ASSIGNER),
        Step(("HS-4.1.2.2",), "acknowledge", _at(S.DISPATCHED), S.ACKNOWLEDGED, CREW, own=True),
        Step(("HS-4.3.2",), "acknowledge", frozenset(OPEN | {S.CANCELLED}), None, CREW, own=True),
        Step(("MR-9", "HS-3.4"), "reassign", frozenset(SENT), S.DISPATCHED, ASSIGNER),
        Step(("MR-1",), "release", frozenset(SENT), S.ACCEPTED, ASSIGNER),
        Step(("HS-4.3.1",), "delay", frozenset(SENT), None, CREW, own=True),
        Step(("HS-4.3.1",), "move", frozenset(BEFORE_SENDING | SENT), None, DESK | LEAD),
        Step(("HS-4.3.1", "HS-4.3.3"), "move", frozenset(PARKED), S.ACCEPTED, DESK | LEAD),
        Step(("HS-4.3.2",), "change", frozenset(NOT_STARTED), None, DESK | LEAD),
        Step(("HS-4.3.2",), "cancel", frozenset(NOT_STARTED), S.CANCELLED, DESK | LEAD | RESIDENT),
        Step(("HS-4.1.2.2",), "arrive", frozenset(SENT), S.ON_SITE, CREW, own=True),
        Step(("HS-4.3.3",), "absent", _at(*SENT, S.ON_SITE), S.NOBODY_HOME, CREW, own=True),
        Step(("HS-4.3.3",), "return_stub", frozenset(OPEN | ENDED), None, DESK),
        Step(("HS-3.4",), "quote", frozenset(AT_HOME), S.QUOTED, CREW, own=True),
        Step(("HC-5.6.2",), "ask_review", frozenset(NOT_STARTED | AT_HOME), None, CREW | DESK | LEAD, own=True),
        Step(("HS-3.4",), "consent", _at(S.QUOTED), S.WORKING, CREW | RESIDENT, own=True),
        Step(("HS-3.4",), "refuse_price", _at(S.QUOTED), S.ON_SITE, CREW | RESIDENT, own=True),
        Step(("HS-3.4",), "start", _at(S.ON_SITE, S.WORKING), S.WORKING, CREW, own=True),
        Step(("HC-5.2.6",), "warn", frozenset(AT_HOME), None, CREW, own=True),
        Step(("HC-5.2.5",), "report_hazard", frozenset(AT_HOME | {S.FINISHED, S.OBJECTED}), None, CREW, own=True),
        Step(("HC-5.2.5",), "remove_hazard", frozenset(OPEN), None, CREW | DESK | LEAD | {R.OFFICE_MANAGER}, own=True),
        Step(("HS-3.4",), "add_photo", _at(*SENT, *AT_HOME, S.FINISHED, S.OBJECTED), None, CREW, own=True),
        Step(("HC-5.2.3",), "report_damage", _at(*AT_HOME, S.FINISHED, S.OBJECTED), None, CREW, own=True),
        Step(("HS-3.4",), "carry_over", frozenset(AT_HOME), S.UNFINISHED, CREW, own=True),
        Step(("HS-4.3.4",), "explain", frozenset(OPEN - {S.SIGNED_OFF}), None, CREW | LEAD | DESK, own=True),
        Step(("HS-3.4",), "finish", _at(S.ON_SITE, S.WORKING), S.FINISHED, CREW, own=True),
        Step(("HC-5.5.1",), "sign", _at(S.FINISHED), S.SIGNED, RESIDENT),
        Step(("HC-5.5.1",), "attest", _at(S.FINISHED), S.SIGNED, LEAD),
        Step(("OC-4.5",), "rate", frozenset({S.FINISHED} | AFTER), None, RESIDENT),
        Step(("HC-5.3.7",), "object", _at(S.FINISHED, *AFTER), S.OBJECTED, CREW | LEAD | DESK | RESIDENT, own=True),
        Step(("HC-5.3.7",), "rework", _at(S.OBJECTED), S.FINISHED, CREW, own=True),
        Step(("HS-4.1.2.3",), "sign_off", _at(S.SIGNED), S.SIGNED_OFF, CREW | LEAD),
        Step(("HS-4.1.2.3",), "spot_check", frozenset({S.FINISHED, S.ARCHIVED} | AFTER), None, DESK),
        Step(("HS-4.1.2.3",), "close_nonconformity", frozenset({S.FINISHED, S.OBJECTED, S.ARCHIVED} | AFTER), None,
             frozenset({R.SERVICE_DESK_SUPERVISOR, R.OFFICE_MANAGER})),
        Step(("HS-4.1.2.3",), "archive", _at(S.SIGNED_OFF), S.ARCHIVED, DESK),
        Step(("EN-D.2",), "destroy", _at(S.ARCHIVED), S.DESTROYED, frozenset({R.ADMINISTRATION, R.ADMINISTRATOR})),
        Step(("MR-10",), "tick", frozenset(OPEN), None, EVERYBODY),
        Step(("MR-13",), "reveal", frozenset(OPEN | ENDED), None, CALLERS),
        Step(("HS-4.1.2.1",), "note", frozenset(OPEN | ENDED), None, EVERYBODY),
        Step(("HS-4.1.2.1",), "correct", frozenset(OPEN | ENDED), None, DESK | LEAD),
        Step(("MR-11",), "reopen", _at(S.DECLINED, S.CANCELLED, *AFTER, S.ARCHIVED), S.ACCEPTED,
             frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})),
    ),
    clocks=(
        Clock(("HS-4.1.2.2",), "dispatch", _("somebody is sent"), frozenset({"accept", "move", "release", "reopen"}),
              frozenset({"dispatch"}), own.somebody_sent, frozenset({"cancel", "decline"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HS-4.1.2.2",), "acknowledge", _("the worker acknowledges"), frozenset({"dispatch", "reassign"}),
              frozenset({"acknowledge", "arrive", "absent"}), due.acknowledge, frozenset({"cancel", "release"}), LEAD),
        Clock(("HS-4.1.2.2",), "appointment", _("at the door for the appointment"), frozenset({"dispatch", "move"}),
              frozenset({"arrive", "absent"}), own.at_the_door, frozenset({"cancel", "release"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HS-4.3.1",), "rebook", _("apologise and agree a new time"), frozenset({"delay", "release"}),
              frozenset({"move"}), due.rebook, frozenset({"arrive", "absent", "cancel", "dispatch"}),
              frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HS-4.3.2",), "change_seen", _("the worker has seen the change"),
              frozenset({"change", "move", "cancel"}), frozenset({"acknowledge"}), due.change_seen,
              frozenset({"reassign", "release", "finish"}), frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        Clock(("HS-4.3.3",), "stub", _("the stub of the message slip is back"), frozenset({"absent"}),
              frozenset({"return_stub"}), due.stub, frozenset(), frozenset({R.SERVICE_DESK})),
        Clock(("HS-4.3.3",), "new_appointment", _("a new appointment is agreed"), frozenset({"absent"}),
              frozenset({"move"}), due.new_appointment, frozenset({"cancel"}), frozenset({R.SERVICE_DESK})),
        Clock(("HC-5.2.5",), "hazard", _("what is unsafe in the home is removed"), frozenset({"report_hazard"}),
              frozenset({"remove_hazard"}), due.hazard, frozenset(), frozenset({R.SERVICE_DESK, R.OFFICE_MANAGER})),
    ),
)  # fmt: skip

ALARM.titles = {
    S.REPORTED: _("reported"), S.ACCEPTED: _("accepted, to be picked up"), S.DISPATCHED: _("dispatched"),
    S.ACKNOWLEDGED: _("worker confirmed"), S.ON_SITE: _("on site"), S.QUOTED: _("price shown"), S.WORKING: _("at work"),
    S.NOBODY_HOME: _("nobody home"), S.UNFINISHED: _("to be continued"), S.FINISHED: _("finished, to be signed"),
    S.OBJECTED: _("to be put right"), S.SIGNED: _("signed by the resident"),
    S.SIGNED_OFF: _("signed off in the register"), S.ARCHIVED: _("filed"), S.DESTROYED: _("destroyed"),
    S.DECLINED: _("declined"), S.CANCELLED: _("cancelled"),
}  # fmt: skip
ALARM.verbs = {
    "file": _("Register"), "accept": _("Accept"), "decline": _("Decline"), "dispatch": _("Assign"),
    "acknowledge": _("Acknowledge"), "reassign": _("Reassign"), "release": _("Call back"), "delay": _("Report a delay"),
    "move": _("Agree a new time"), "change": _("Change"), "cancel": _("Cancel the order"), "arrive": _("Arrive"),
    "absent": _("Nobody home"), "return_stub": _("Stub returned"), "quote": _("Show the price"),
    "ask_review": _("Ask for a contract review"),
    "consent": _("Resident agrees"), "refuse_price": _("Price refused"), "start": _("Start work"), "warn": _("Warn and ask"),
    "report_hazard": _("Report something unsafe"), "remove_hazard": _("Unsafe thing removed"),
    "add_photo": _("Add a photo"), "report_damage": _("Report damage"), "carry_over": _("Continue later"),
    "explain": _("Say why it is not signed"),
    "finish": _("Finish"), "sign": _("Sign"), "attest": _("Confirm for the resident"), "rate": _("Rate"),
    "object": _("Object"), "rework": _("Put right"), "sign_off": _("Sign off"), "spot_check": _("Record a spot check"),
    "close_nonconformity": _("Close the nonconformity"), "archive": _("File"), "destroy": _("Destroy"), "tick": _("Done"),
    "reveal": _("Show the number"), "note": _("Add a note"), "correct": _("Correct"), "reopen": _("Reopen"),
}  # fmt: skip
ALARM.asks = CHECKED
