"""Home repair: the table of its steps and clocks (HS-4.2, HS-4.3, HC-5.2, EN)."""

from enum import StrEnum

from menling.kernel.procedure import Clock, Procedure, Step
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import repair_clocks as due
from menling.procedures.order_asks import ON_REPAIRS


class Status(StrEnum):
    """Where a repair stands; the words shown are those of the paper forms."""

    NEW = "new"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    ON_SITE = "on_site"
    QUOTED = "quoted"
    WORKING = "working"
    WAITING = "waiting_material"
    NOBODY_HOME = "nobody_home"
    UNFINISHED = "unfinished"
    FINISHED = "finished"
    OBJECTED = "objected"
    SIGNED = "signed"
    REVIEWED = "reviewed"
    SIGNED_OFF = "signed_off"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    HANDED_ON = "handed_on"


S = Status
DESK = frozenset({R.REPAIR_DESK})
DESK_OR_LEAD = frozenset({R.REPAIR_DESK, R.TEAM_LEAD})
SENDERS = DESK_OR_LEAD | {R.ASSIGNER}
WORKER = frozenset({R.REPAIR_WORKER})
EVERYBODY = frozenset(
    {R.REPAIR_DESK, R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.REPAIR_WORKER, R.TEAM_LEAD,
     R.BUSINESS_LEAD, R.FINANCE, R.OFFICE_MANAGER, R.QUALITY, R.COMPANY_MANAGEMENT, R.ADMINISTRATOR}
)  # fmt: skip
CALLERS = frozenset(
    {R.REPAIR_DESK, R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD,
     R.OFFICE_MANAGER}
)  # fmt: skip
PAPER_DESKS = DESK | {R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}
"""Who enters what a resident signed on paper."""
HEARS_FIRST = DESK_OR_LEAD | WORKER | {R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}
"""Who may hear first that a repair on the books has become an emergency."""
NOT_STARTED = frozenset({S.REPORTED, S.ACCEPTED, S.DISPATCHED, S.ACKNOWLEDGED, S.NOBODY_HOME, S.UNFINISHED, S.WAITING})
SENT = frozenset({S.DISPATCHED, S.ACKNOWLEDGED})
AT_HOME = frozenset({S.ON_SITE, S.QUOTED, S.WORKING})
PARKED = frozenset({S.NOBODY_HOME, S.UNFINISHED, S.WAITING})
UNDONE = NOT_STARTED | AT_HOME | {S.OBJECTED}
ENDED = frozenset({S.ARCHIVED, S.DESTROYED, S.DECLINED, S.CANCELLED, S.HANDED_ON})
OPEN = frozenset(S) - ENDED - {S.NEW}

TRACKED, UNTRACKED = frozenset({"finish", "coordinate"}), frozenset({"cancel", "decline", "hand_on", "exempt"})


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


REPAIR = Procedure(
    kind="repair",
    title=_("Home repair"),
    statuses=Status,
    ends=frozenset(ENDED),
    steps=(
        # clauses                        verb            before                after            by
        Step(("HC-5.1.2", "HS-4.2.3", "HS-3.2"), "file", _at(S.NEW), S.REPORTED, DESK | {R.CUSTOMER}),
        Step(("HS-4.1.3",), "refer", _at(S.NEW), S.REPORTED, frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})),
        Step(("HS-4.2.1", "HS-4.2.2", "HS-3.2"), "accept", _at(S.REPORTED), S.ACCEPTED, DESK | {R.SYSTEM}),
        Step(("HS-4.2.2",), "decline", _at(S.REPORTED, S.ACCEPTED), S.DECLINED, DESK),
        Step(("MR-39",), "hand_on", _at(S.REPORTED, S.ACCEPTED), S.HANDED_ON, DESK),
        Step(("MR-39",), "hand_on", _at(S.REPORTED), S.HANDED_ON, frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})),
        Step(("HS-4.2.3", "EN-F.2", "HC-5.1.2"), "dispatch", _at(S.ACCEPTED), S.DISPATCHED, SENDERS),
        Step(("HS-4.2.3",), "acknowledge", _at(S.DISPATCHED), S.ACKNOWLEDGED, WORKER, own=True),
        Step(("HS-4.3.2",), "acknowledge", frozenset(OPEN | {S.CANCELLED}), None, WORKER, own=True),
        Step(("MR-9",), "reassign", frozenset(SENT), S.DISPATCHED, SENDERS),
        Step(("MR-1",), "release", frozenset(SENT), S.ACCEPTED, SENDERS),
        Step(("OC-1.3",), "learn_route", frozenset(SENT), None, WORKER, own=True),
        Step(("EN-2.2", "HS-4.3.1"), "delay", frozenset(SENT), None, WORKER, own=True),
        Step(("HS-4.3.1", "EN-2.3"), "move", _at(S.REPORTED, S.ACCEPTED, *SENT), None, DESK_OR_LEAD),
        Step(("EN-3.2", "HS-4.3.1"), "move", frozenset(PARKED), S.ACCEPTED, DESK_OR_LEAD),
        Step(("EN-2.7",), "refuse_move", frozenset(SENT | PARKED), None, DESK_OR_LEAD),
        Step(("HS-4.3.2",), "change", frozenset(NOT_STARTED), None, DESK_OR_LEAD),
        Step(("HC-5.2.5", "HS-4.1.3"), "make_urgent", _at(S.REPORTED, S.ACCEPTED, *SENT), None, HEARS_FIRST, own=True),
        Step(("HC-5.2.5", "HS-4.1.3"), "make_urgent", frozenset(PARKED), S.ACCEPTED, HEARS_FIRST - WORKER),
        Step(("HS-4.3.2",), "cancel", frozenset(NOT_STARTED), S.CANCELLED, DESK_OR_LEAD | {R.CUSTOMER}),
        Step(("HS-4.3.2", "EN-3.7"), "cancel", _at(S.ON_SITE, S.QUOTED), S.CANCELLED,
             WORKER | DESK_OR_LEAD | {R.CUSTOMER}, own=True),
        Step(("EN-2.1", "EN-2.4"), "arrive", frozenset(SENT), S.ON_SITE, WORKER, own=True),
        Step(("HS-4.3.3", "EN-3.2"), "absent", _at(*SENT, S.ON_SITE), S.NOBODY_HOME, WORKER, own=True),
        Step(("HS-4.3.3",), "return_stub", frozenset(OPEN | ENDED), None,
             frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})),
        Step(("EN-3.7", "EN-4.3"), "quote", frozenset(AT_HOME), S.QUOTED, WORKER, own=True),
        Step(("HC-5.6.2",), "ask_review", frozenset(NOT_STARTED | AT_HOME), None, WORKER | DESK_OR_LEAD, own=True),
        Step(("EN-3.7", "EN-4.3"), "consent", _at(S.QUOTED), S.WORKING, WORKER | {R.CUSTOMER}, own=True),
        Step(("EN-3.7", "EN-4.3"), "refuse_price", _at(S.QUOTED), S.ON_SITE, WORKER | {R.CUSTOMER}, own=True),
        Step(("EN-4.2", "EN-D.10A"), "start", frozenset(AT_HOME), S.WORKING, WORKER, own=True),
        Step(("EN-3.9", "HC-5.2.6", "EN-5.2", "EN-5.3"), "warn", frozenset(AT_HOME), None, WORKER, own=True),
        Step(("EN-4.4",), "report_difficulty", frozenset(AT_HOME | SENT), None, WORKER, own=True),
        Step(("EN-1.3",), "draw_material", frozenset(SENT | AT_HOME), None, frozenset({R.WAREHOUSE})),
        Step(("EN-D.9",), "add_material", frozenset(AT_HOME), None, WORKER, own=True),
        Step(("EN-7.2",), "add_photo", _at(*SENT, *AT_HOME, S.FINISHED, S.OBJECTED), None, WORKER, own=True),
        Step(("OC-3.11", "HC-5.2.3"), "report_damage", _at(*AT_HOME, S.FINISHED, S.OBJECTED), None, WORKER, own=True),
        Step(("HC-5.2.5",), "report_hazard", frozenset(AT_HOME | {S.FINISHED, S.OBJECTED}), None, WORKER, own=True),
        Step(("HC-5.2.5",), "remove_hazard", frozenset(OPEN), None, WORKER | DESK_OR_LEAD | {R.OFFICE_MANAGER}, own=True),
        Step(("HC-5.2.5",), "check_off", frozenset(OPEN), None, CALLERS - {R.BUSINESS_LEAD} | WORKER, own=True),
        Step(("EN-4.6", "EN-4.7"), "await_material", frozenset(AT_HOME), S.WAITING, WORKER, own=True),
        Step(("EN-4.6",), "resume", _at(S.WAITING), S.ACCEPTED, DESK_OR_LEAD),
        Step(("EN-D.11",), "carry_over", frozenset(AT_HOME), S.UNFINISHED, WORKER, own=True),
        Step(("HC-5.2.4",), "answer", frozenset(NOT_STARTED | AT_HOME), None, DESK_OR_LEAD),
        Step(("EN-D.4", "EN-4.5"), "coordinate", frozenset(UNDONE), None, DESK_OR_LEAD | {R.SYSTEM}),
        Step(("EN-D.4",), "exempt", frozenset(UNDONE), None, frozenset({R.TEAM_LEAD})),
        Step(("HS-4.3.4",), "explain", frozenset(OPEN - {S.SIGNED_OFF, S.COMPLETED}), None, DESK_OR_LEAD | WORKER | {
             R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}, own=True),
        Step(("EN-7.2", "EN-D.10A"), "finish", frozenset(AT_HOME), S.FINISHED, WORKER, own=True),
        Step(("HC-5.5.1", "EN-7.4"), "sign", _at(S.FINISHED), S.SIGNED, frozenset({R.CUSTOMER})),
        Step(("HC-5.5.1", "MR-49", "OC-4.5"), "sign_on_paper", _at(S.FINISHED), S.SIGNED, PAPER_DESKS),
        Step(("OC-4.5", "EN-D.14"), "rate", _at(S.FINISHED, S.SIGNED, S.REVIEWED, S.SIGNED_OFF, S.COMPLETED), None,
             frozenset({R.CUSTOMER})),
        Step(("HC-5.3.7",), "object", _at(S.FINISHED, S.SIGNED, S.REVIEWED, S.SIGNED_OFF), S.OBJECTED,
             WORKER | DESK_OR_LEAD | {R.CUSTOMER}, own=True),
        Step(("HC-5.3.7",), "rework", _at(S.OBJECTED), S.FINISHED, WORKER, own=True),
        Step(("EN-D.14",), "attest", _at(S.FINISHED), S.SIGNED, frozenset({R.TEAM_LEAD})),
        Step(("EN-7.6", "EN-D.15", "EN-7.7"), "review", _at(S.SIGNED), S.REVIEWED, frozenset({R.TEAM_LEAD})),
        Step(("EN-7.6", "EN-D.15", "EN-7.7"), "review", _at(S.SIGNED_OFF), S.COMPLETED, frozenset({R.TEAM_LEAD})),
        Step(("HS-4.2.3",), "ask_lead", frozenset(NOT_STARTED | AT_HOME), None, DESK_OR_LEAD),
        Step(("HS-4.2.3",), "verify", _at(S.FINISHED, S.SIGNED, S.REVIEWED, S.SIGNED_OFF, S.COMPLETED), None, DESK),
        Step(("HS-4.2.3",), "sign_off", _at(S.SIGNED), S.SIGNED_OFF, WORKER, own=True),
        Step(("HS-4.2.3",), "sign_off", _at(S.REVIEWED), S.COMPLETED, WORKER, own=True),
        Step(("EN-D.20", "EN-7.7"), "archive", _at(S.COMPLETED), S.ARCHIVED,
             frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.REPAIR_DESK})),
        Step(("EN-D.2",), "destroy", _at(S.ARCHIVED), S.DESTROYED, frozenset({R.ADMINISTRATION, R.ADMINISTRATOR})),
        Step(("MR-10",), "tick", frozenset(OPEN), None, EVERYBODY, own=False),
        Step(("MR-13",), "reveal", frozenset(OPEN | ENDED), None, CALLERS),
        Step(("EN-D.9",), "note", frozenset(OPEN | ENDED), None, EVERYBODY),
        Step(("EN-D.9",), "correct", frozenset(OPEN | ENDED), None,
             frozenset({R.REPAIR_DESK, R.CONTROL_CENTRE, R.SERVICE_DESK, R.TEAM_LEAD})),
        Step(("MR-11",), "reopen", _at(S.DECLINED, S.CANCELLED, S.SIGNED, S.REVIEWED, S.SIGNED_OFF, S.COMPLETED,
             S.ARCHIVED), S.ACCEPTED, frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})),
        Step(("MR-39",), "take_back", _at(S.HANDED_ON), S.ACCEPTED, DESK_OR_LEAD | {
             R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.OFFICE_MANAGER}),
    ),
    clocks=(
        Clock(("HS-4.2.3",), "dispatch", _("a worker is sent"),
              frozenset({"file", "refer", "release", "resume", "reopen", "take_back"}), frozenset({"dispatch"}),
              due.dispatch, frozenset({"decline", "cancel", "hand_on"}), frozenset({R.CONTROL_CENTRE})),
        Clock(("HS-4.2.3",), "redispatch", _("a worker is sent again"), frozenset({"move", "make_urgent"}),
              frozenset({"dispatch"}), due.redispatch, frozenset({"decline", "cancel", "hand_on"}),
              frozenset({R.CONTROL_CENTRE})),
        Clock(("HS-4.1.3",), "take_over", _("the control centre takes the urgent repair"), frozenset({"refer"}),
              frozenset({"accept", "decline"}), due.take_over, frozenset({"cancel", "hand_on"}),
              frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK_SUPERVISOR})),
        Clock(("HS-4.2.3",), "acknowledge", _("the worker acknowledges"), frozenset({"dispatch", "reassign"}),
              frozenset({"acknowledge", "arrive", "absent"}), due.acknowledge, frozenset({"cancel", "release"}),
              frozenset({R.CONTROL_CENTRE})),
        Clock(("EN-2.1", "EN-2.3"), "arrive", _("at the door"), frozenset({"dispatch", "move"}),
              frozenset({"arrive", "absent"}), due.arrive_at_once, frozenset({"cancel", "hand_on"}),
              frozenset({R.TEAM_LEAD, R.CONTROL_CENTRE, R.SERVICE_DESK})),
        Clock(("HC-5.2.5",), "emergency", _("at the door of the emergency"),
              frozenset({"file", "refer", "make_urgent", "take_back"}),
              frozenset({"arrive", "absent"}), due.emergency, frozenset({"decline", "cancel", "hand_on"}),
              frozenset({R.CONTROL_CENTRE, R.TEAM_LEAD, R.OFFICE_MANAGER})),
        Clock(("HC-5.2.5",), "called", _("a worker has acknowledged the emergency"),
              frozenset({"file", "refer", "release", "reassign", "make_urgent", "take_back"}),
              frozenset({"acknowledge", "arrive", "absent"}), due.called,
              frozenset({"decline", "cancel", "hand_on"}), frozenset({R.CONTROL_CENTRE, R.TEAM_LEAD, R.OFFICE_MANAGER}),
              climbs=True),
        Clock(("HC-5.2.5",), "hazard", _("what is unsafe in the home is removed"), frozenset({"report_hazard"}),
              frozenset({"remove_hazard"}), due.hazard, frozenset(), frozenset({R.CONTROL_CENTRE, R.OFFICE_MANAGER})),
        Clock(("EN-2.4",), "appointment", _("at the door for the appointment"), frozenset({"dispatch", "move"}),
              frozenset({"arrive", "absent"}), due.arrive_booked, frozenset({"cancel", "hand_on"}), frozenset({R.TEAM_LEAD})),
        Clock(("OC-1.3",), "route", _("the route is known"), frozenset({"dispatch", "reassign", "move"}),
              frozenset({"learn_route"}), due.route, frozenset({"cancel", "arrive", "absent", "release"}),
              frozenset({R.REPAIR_WORKER, R.TEAM_LEAD})),
        Clock(("EN-2.2", "HS-4.3.1"), "rebook", _("apologise and agree a new time"), frozenset({"delay", "release"}),
              frozenset({"move"}), due.rebook, frozenset({"arrive", "absent", "cancel", "dispatch", "hand_on"}),
              frozenset({R.TEAM_LEAD, R.CONTROL_CENTRE, R.SERVICE_DESK})),
        Clock(("EN-2.7",), "keep_time", _("a way is found to keep the agreed time"), frozenset({"refuse_move"}),
              frozenset({"arrive", "move"}), due.keep_time, frozenset({"absent", "cancel", "hand_on"})),
        Clock(("HS-4.3.2",), "change_seen", _("the worker has seen the change"),
              frozenset({"change", "move", "cancel", "make_urgent"}), frozenset({"acknowledge"}), due.change_seen,
              frozenset({"reassign", "release", "finish"}), frozenset({R.CONTROL_CENTRE})),
        Clock(("HS-4.3.3",), "stub", _("the stub of the message slip is back"), frozenset({"absent"}),
              frozenset({"return_stub"}), due.stub, frozenset(), frozenset({R.SERVICE_DESK})),
        Clock(("EN-3.2",), "new_appointment", _("a new appointment is agreed"), frozenset({"absent"}),
              frozenset({"move"}), due.new_appointment, frozenset({"cancel", "hand_on"}), frozenset({R.CONTROL_CENTRE})),
        Clock(("HC-5.2.4",), "complete", _("a small repair is done"), frozenset({"file", "refer"}),
              frozenset({"finish"}), due.complete, frozenset({"decline", "cancel", "hand_on"}),
              frozenset({R.CONTROL_CENTRE, R.OFFICE_MANAGER}), frozenset({"move"}), due.wished_later),
        Clock(("HC-5.2.4",), "answer", _("a large repair is answered"), frozenset({"file", "refer"}),
              frozenset({"answer", "finish"}), due.answer, frozenset({"decline", "cancel", "hand_on"}),
              frozenset({R.CONTROL_CENTRE, R.OFFICE_MANAGER})),
        Clock(("EN-D.4",), "track_home", _("done on its day, or tracked as a coordination order"), frozenset({"dispatch"}),
              TRACKED, due.tracked_in_home, UNTRACKED, frozenset({R.TEAM_LEAD}), frozenset({"move"}), due.sent_for_later),
        Clock(("EN-D.4",), "track_public", _("a public area is done in three days, or tracked"),
              frozenset({"file", "refer"}), TRACKED, due.tracked_in_public, UNTRACKED, frozenset({R.TEAM_LEAD})),
        Clock(("EN-D.4",), "track_public_sent", _("a public area is done in three days, or tracked"),
              frozenset({"dispatch"}), TRACKED, due.tracked_in_public_once_sent, UNTRACKED, frozenset({R.TEAM_LEAD})),
        Clock(("EN-4.5",), "track_warranty", _("work under warranty is done in a working day, or tracked"),
              frozenset({"file", "refer"}), TRACKED, due.tracked_under_warranty, UNTRACKED, frozenset({R.TEAM_LEAD})),
        Clock(("EN-3.11", "EN-D.6"), "entry", _("an entry on what was done this week"), frozenset({"carry_over", "exempt"}),
              frozenset({"move", "answer", "finish"}), due.weekly_entry, frozenset({"cancel", "coordinate", "hand_on"}),
              frozenset({R.TEAM_LEAD}), frozenset({"note"}), due.entry_again),
        Clock(("EN-7.7",), "review", _("the foreman has checked the slip"), frozenset({"sign", "sign_on_paper", "attest"}),
              frozenset({"review"}), due.end_of_day, frozenset({"object", "reopen"}), frozenset({R.TEAM_LEAD})),
        Clock(("EN-D.20",), "archive", _("the slip is filed"), frozenset({"review"}), frozenset({"archive"}),
              due.end_of_day, frozenset({"object", "reopen"}), frozenset({R.SERVICE_DESK})),
    ),
)  # fmt: skip

REPAIR.titles = {
    S.REPORTED: _("reported"), S.ACCEPTED: _("accepted"), S.DISPATCHED: _("dispatched"),
    S.ACKNOWLEDGED: _("worker confirmed"), S.ON_SITE: _("on site"), S.QUOTED: _("price shown"), S.WORKING: _("at work"),
    S.WAITING: _("waiting for the resident's material"), S.NOBODY_HOME: _("nobody home"),
    S.UNFINISHED: _("to be continued"), S.FINISHED: _("finished, to be signed"), S.OBJECTED: _("to be put right"),
    S.SIGNED: _("signed by the resident"), S.REVIEWED: _("reviewed by the foreman"),
    S.SIGNED_OFF: _("signed off in the register"), S.COMPLETED: _("complete"), S.ARCHIVED: _("filed"),
    S.DESTROYED: _("destroyed"), S.DECLINED: _("declined"), S.CANCELLED: _("cancelled"),
    S.HANDED_ON: _("handed on to another department"),
}  # fmt: skip
REPAIR.verbs = {
    "file": _("Register"), "refer": _("Hand over as urgent"), "accept": _("Accept"), "decline": _("Decline"),
    "hand_on": _("To another department"), "take_back": _("It comes back to us"),
    "dispatch": _("Dispatch"), "acknowledge": _("Acknowledge"), "reassign": _("Reassign"), "release": _("Call back"),
    "learn_route": _("Route known"), "delay": _("Report a delay"), "move": _("Agree a new time"),
    "refuse_move": _("New time refused"), "change": _("Change"), "make_urgent": _("It is an emergency now"),
    "cancel": _("Cancel the order"), "arrive": _("Arrive"),
    "absent": _("Nobody home"), "return_stub": _("Stub returned"), "quote": _("Show the price"),
    "ask_review": _("Ask for a contract review"),
    "consent": _("Resident agrees"), "refuse_price": _("Price refused"), "start": _("Start work"), "warn": _("Warn and ask"),
    "report_difficulty": _("Tell the foreman"), "add_material": _("Add material"),
    "draw_material": _("Hand out material"), "add_photo": _("Add a photo"),
    "report_damage": _("Report damage"), "report_hazard": _("Report something unsafe"),
    "remove_hazard": _("Unsafe thing removed"), "check_off": _("Emergency list"),
    "await_material": _("Resident buys the material"), "resume": _("Material is here"),
    "carry_over": _("Continue later"), "answer": _("Answer the resident"),
    "coordinate": _("Turn into a coordination order"), "exempt": _("Special case, not tracked"),
    "explain": _("Say why it is not signed"), "finish": _("Finish"), "sign": _("Sign"),
    "sign_on_paper": _("Signed on paper"),
    "rate": _("Rate"), "object": _("Object"), "rework": _("Put right"), "attest": _("Confirm for the resident"),
    "ask_lead": _("Ask the business lead"), "verify": _("Verify the outcome"),
    "review": _("Review"), "sign_off": _("Sign off"), "archive": _("File"), "destroy": _("Destroy"),
    "tick": _("Done"), "reveal": _("Show the number"), "note": _("Add a note"), "correct": _("Correct"),
    "reopen": _("Reopen"),
}  # fmt: skip
REPAIR.asks = ON_REPAIRS
