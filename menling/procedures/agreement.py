"""Home service agreement: drawn up, confirmed, signed by the manager and the resident, lived by, stopped or ended."""

from enum import StrEnum

from menling.kernel.procedure import Asks, Clock, Procedure, Step
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import agreement_rules as due


class Status(StrEnum):
    """Where an agreement stands."""

    NEW = "new"
    DRAFT = "draft"
    WITH_MANAGER = "with_manager"
    SIGNED_HERE = "signed_here"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    STOPPING = "stopping"
    STOPPED = "stopped"
    ENDED = "ended"
    DROPPED = "dropped"


S = Status
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
MANAGER = frozenset({R.OFFICE_MANAGER})
LEAD = frozenset({R.TEAM_LEAD})
RESIDENT = frozenset({R.CUSTOMER})
ITSELF = frozenset({R.SYSTEM})
UNSIGNED = frozenset({S.DRAFT, S.WITH_MANAGER, S.SIGNED_HERE})
SERVED = frozenset({S.IN_FORCE, S.STOPPING})
LIVING = SERVED | {S.SUSPENDED}
READERS = DESK | MANAGER | LEAD | {R.BUSINESS_LEAD, R.FINANCE, R.QUALITY, R.COMPANY_MANAGEMENT}


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


AGREEMENT = Procedure(
    kind="agreement",
    title=_("Home service agreement"),
    statuses=Status,
    ends=_at(S.STOPPED, S.ENDED, S.DROPPED),
    steps=(
        # clauses                      verb             before                      after            by
        Step(("HC-5.1.5", "HC-5.1.1.2"), "draft", _at(S.NEW), S.DRAFT, DESK),
        Step(("HC-5.1.5",), "change", _at(S.DRAFT), None, DESK),
        Step(("HC-5.1.5",), "submit", _at(S.DRAFT), S.WITH_MANAGER, DESK),
        Step(("HC-4.2",), "send_back", _at(S.WITH_MANAGER, S.SIGNED_HERE), S.DRAFT, MANAGER),
        Step(("HC-4.2", "HC-5.1.5"), "sign_office", _at(S.WITH_MANAGER), S.SIGNED_HERE, MANAGER),
        Step(("HC-5.1.5", "HC-5.1.1.2"), "sign", _at(S.SIGNED_HERE), S.IN_FORCE, RESIDENT),
        Step(("HC-5.1.5", "HC-5.1.1.2"), "sign_on_paper", _at(S.SIGNED_HERE), S.IN_FORCE, DESK),
        Step(("HS-4.1.1.3", "HC-5.1.1.2"), "lay_out", frozenset(SERVED), None, DESK | ITSELF),
        Step(("HS-4.3.1",), "miss", frozenset(SERVED), None, DESK | ITSELF),
        Step(("HS-4.3.2",), "skip", frozenset(SERVED), None, DESK | LEAD | RESIDENT),
        Step(("HS-4.3.1",), "move", frozenset(SERVED), None, DESK | LEAD),
        Step(("HC-5.1.5",), "assign", frozenset(LIVING), None, DESK | LEAD),
        Step(("MR-17",), "suspend", _at(S.IN_FORCE), S.SUSPENDED, DESK | MANAGER),
        Step(("MR-17",), "resume", _at(S.SUSPENDED), S.IN_FORCE, DESK | MANAGER),
        Step(("MR-17",), "remind", _at(S.IN_FORCE, S.SUSPENDED), None, MANAGER | ITSELF),
        Step(("MR-17",), "ask_renewal", _at(S.IN_FORCE, S.SUSPENDED), None, DESK | MANAGER),
        Step(("MR-17",), "renew", _at(S.IN_FORCE, S.SUSPENDED, S.ENDED), None, DESK),
        Step(("HC-5.1.5",), "stop", _at(S.IN_FORCE, S.SUSPENDED), S.STOPPING, DESK | MANAGER),
        Step(("HC-5.1.5",), "end", _at(S.STOPPING), S.STOPPED, DESK | ITSELF),
        Step(("MR-17",), "end", _at(S.IN_FORCE, S.SUSPENDED), S.ENDED, DESK | ITSELF),
        Step(("MR-17",), "drop", frozenset(UNSIGNED), S.DROPPED, DESK | MANAGER),
        Step(("MR-17",), "note", frozenset(S) - {S.NEW}, None, READERS),
    ),
    clocks=(
        Clock(("MR-17",), "renewal", _("the customer is asked about a renewal"), frozenset({"sign", "sign_on_paper"}),
              frozenset({"ask_renewal", "renew"}), due.renewal, frozenset({"stop", "end"}), DESK | MANAGER),
    ),
)  # fmt: skip
AGREEMENT.titles = {
    S.DRAFT: _("being drawn up"), S.WITH_MANAGER: _("with the manager"), S.SIGNED_HERE: _("to be signed by the resident"),
    S.IN_FORCE: _("in force"), S.SUSPENDED: _("suspended"), S.STOPPING: _("notice given"), S.STOPPED: _("stopped"),
    S.ENDED: _("ended"), S.DROPPED: _("dropped"),
}  # fmt: skip
AGREEMENT.verbs = {
    "draft": _("Draw up"), "change": _("Change"), "submit": _("Send to the manager"), "send_back": _("Send back"),
    "sign_office": _("Sign for the office"), "sign": _("Sign"), "sign_on_paper": _("Signed on paper"),
    "lay_out": _("File the visit"), "miss": _("Note visits nobody was sent for"),
    "skip": _("Call a visit off"), "move": _("Move a visit"), "assign": _("Name others"),
    "suspend": _("Suspend"), "resume": _("Resume"), "remind": _("Remind of the renewal"),
    "ask_renewal": _("Asked about renewal"), "renew": _("Renew"), "stop": _("Stop"), "end": _("End"), "drop": _("Drop"),
    "note": _("Add a note"),
}  # fmt: skip
AGREEMENT.asks = {
    "submit": Asks(("capacity",)), "move": Asks(sometimes=("apologised",)),
    "stop": Asks(sometimes=("notice", "given_by", "delivered_at")),
}  # fmt: skip
