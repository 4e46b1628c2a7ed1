"""The rules of a home repair. They take values, never models, never the clock; each raises `Refused` or returns a figure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from menling.kernel.money import to_jiao
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.procedures.repair_policy import RepairPolicy

DESKS = {
    "control_centre": frozenset({Role.CONTROL_CENTRE}),
    "service_desk": frozenset({Role.SERVICE_DESK}),
    "either": frozenset({Role.CONTROL_CENTRE, Role.SERVICE_DESK}),
}
SERVICE = frozenset({Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
ELEMENTS = {
    "unit": _("unit"), "reporter": _("reporter"), "visit_at": _("visit time"), "content": _("content"),
    "phone": _("phone"),
}  # fmt: skip
REFUSED = "refused"
"""How a price was answered that the resident did not agree to."""
LOG_FIELDS = {"unit": _("unit"), "reporter": _("name"), "content": _("content"), "requirements": _("requirements")}


@rule("HS-3.2", "EN-F.1")
def desks(policy: RepairPolicy) -> frozenset[Role]:
    """Return the roles that take, send and watch repairs in this office (CF-01)."""
    return DESKS[policy.desk]


@rule("HS-4.2.3", "CF-41")
def desk_assigns_too(policy: RepairPolicy) -> bool:
    """Tell whether the service desk may send a repair worker in this office, beside the desk of repairs and the foreman."""
    return policy.assigner == "service_desk_too"


def acting(roles: frozenset[Role], policy: RepairPolicy) -> frozenset[Role]:
    """Return `roles` with those added that somebody has on repairs of this office: the repair desk, and who assigns."""
    held = roles | {Role.REPAIR_DESK} if roles & desks(policy) else roles
    return held | {Role.ASSIGNER} if roles & SERVICE and desk_assigns_too(policy) else held


TAKEN_BY = {
    "control_centre": _(
        "Repairs are taken by the control centre. Guide the resident there, or, if it is urgent, hand it over now."
    ),
    "service_desk": _("Repairs are taken by the service desk. Please hand this over with what you have typed."),
    "either": _("Repairs are taken by the two desks. Please hand this over with what you have typed."),
}


@rule("HS-4.1.3")
def filed_at_the_right_desk(roles: frozenset[Role], urgency: str, policy: RepairPolicy) -> None:
    """The service desk guides a repair to the control centre; only an urgent one it passes on itself (CF-01)."""
    if Role.REPAIR_DESK in roles or Role.CUSTOMER in roles:
        return
    if roles & {Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR} and urgency == "emergency":
        return
    raise Refused("HS-4.1.3", TAKEN_BY[policy.desk], status=403)


@rule("HS-4.2.1")
def kind_of_this_desk(kind: str, roles: frozenset[Role]) -> None:
    """The control centre takes repairs only; housekeeping and home alarms go to the service desk with the typed text."""
    if kind in {"housekeeping", "alarm"} and Role.CONTROL_CENTRE in roles and Role.SERVICE_DESK not in roles:
        raise Refused(
            "HS-4.2.1",
            _("The control centre takes repairs only. Hand this to the service desk with what you have typed."),
            status=403,
        )


@rule("HC-5.1.2")
def logged(facts: Mapping[str, object]) -> None:
    """Unit, name, wanted time, content and requirements are on record; no requirements and no time are said as such.

    Errors: `Refused` 422, for these come with the report itself.
    """
    _complete(
        "HC-5.1.2", LOG_FIELDS, facts, _("The order cannot be registered: {missing} is missing. Please add it."), status=422
    )


@rule("EN-F.2")
def slip_complete(facts: Mapping[str, object]) -> None:
    """A slip has its five elements: unit, reporter, visit time, content, phone."""
    _complete("EN-F.2", ELEMENTS, facts, _("The slip cannot be issued: {missing} is missing. Add it, then dispatch."))


def _complete(clause: str, names: dict[str, str], facts: Mapping[str, object], why: str, status: int = 409) -> None:
    missing = [name for name in names if facts.get(name) in (None, "")]
    if missing:
        words = tuple(Message(names[name]) for name in missing)
        refusal = Refused(clause, why, status=status, field=missing[0], missing=words)
        refusal.others = tuple(missing[1:])
        raise refusal


@rule("EN-2.5")
def may_come_at_once(policy: RepairPolicy, visit_at: datetime | None) -> None:
    """Without an appointment only where the office is sure of its 15 minutes."""
    if visit_at is None and not policy.at_once:
        raise Refused(
            "EN-2.5",
            _("This office makes appointments for every visit. Please agree a time."),
            status=422,
            field="visit_at",
        )


@rule("HS-4.2.2")
def declined_with_reason(reason: str) -> None:
    """A request the office cannot serve is declined with a reason that is kept."""
    if not reason.strip():
        raise Refused(
            "HS-4.2.2",
            _("Please write why it cannot be done and what help you offered instead."),
            status=422,
            field="reason",
        )


@rule("HS-4.2.3")
def outcome_told(result: str) -> None:
    """Who verifies how a repair turned out writes what was found."""
    if not result.strip():
        raise Refused("HS-4.2.3", _("Please write how the repair turned out."), status=422, field="result")


@rule("HS-4.2.3")
def verified_before_sign_off(verified: bool) -> None:
    """Where the office asks for it, the register is signed after the desk verified how the repair turned out."""
    if not verified:
        raise Refused("HS-4.2.3", _("The desk has not verified the outcome yet. Please ask the desk to verify it first."))


@rule("HS-4.3.1", "EN-2.6")
def delay_explained(reason: str, can_come_at: datetime | None) -> None:
    """Who will be late says why and when the visit is possible."""
    if not reason.strip() or can_come_at is None:
        missing = "can_come_at" if reason.strip() else "reason"
        raise Refused("HS-4.3.1", _("Please give the reason and the time you can be there."), status=422, field=missing)


@rule("HS-4.3.3")
def slip_left(slip: str, nobody_home: str = "slip_and_rebook") -> None:
    """Nobody home: a numbered message slip is left on the door, unless the office only rebooks (CF-09)."""
    if not slip.strip() and nobody_home != "rebook_only":
        raise Refused("HS-4.3.3", _("Please post a message slip on the door and enter its number."), status=422, field="slip")


@rule("EN-3.7", "EN-4.3")
def agreed_before_paid_work(due: Decimal, agreed: Decimal | None) -> None:
    """Paid work waits until the price was shown and the resident agreed to exactly this amount."""
    if due > 0 and agreed != due:
        raise Refused(
            "EN-3.7",
            _("The resident has not agreed to ¥{due} yet. Show the price list, ask for consent, then go on."),
            due=due,
        )


@rule("HS-4.3.2", "EN-3.7")
def leaves_the_door(status: str, *, price_refused: bool) -> None:
    """With the worker in the home an order is cancelled only because the resident does not agree to the price."""
    if status == "on_site" and not price_refused:
        raise Refused(
            "HS-4.3.2",
            _("The worker is at the home already. Finish, continue another day, or record first that the price is refused."),
        )


@rule("HC-5.2.9-2.1", "EN-P.2", "OC-4.4")
def published_price(asked: Decimal, published: Decimal) -> None:
    """An item costs what the published list says, no more and no less."""
    if asked != published:
        raise Refused(
            "OC-4.4",
            _("The published price is ¥{published}. Please charge exactly that."),
            published=published,
            field="items",
        )


@rule("OC-4.4")
def given_free(*, listed: bool, free: bool, reason: str) -> None:
    """What has a published price is not given away of one's own accord: who gives it free says why."""
    if listed and free and not reason.strip():
        raise Refused(
            "OC-4.4",
            _("This has a published price. Charge it, or write why it is given free."),
            status=422,
            field="reason",
        )


@rule("EN-D.12")
def material_price(
    listed: Decimal | None, stock_price: Decimal | None, markup_pct: Decimal, rounding: str = "half_up"
) -> Decimal:
    """Return a material's unit price in yuan: as listed, else stock-in price plus the mark-up, to the jiao (half up)."""
    if listed is not None:
        return listed
    if stock_price is None:
        raise Refused(
            "EN-D.12",
            _("This material is not on the list. Please enter its stock-in price."),
            status=422,
            field="stock_price",
        )
    return to_jiao(stock_price * (100 + markup_pct) / 100, rounding)


WARNED_BY = {"damage": "EN-3.9", "valuables": "HC-5.2.6", "concealed_lines": "EN-5.2", "load": "EN-5.3"}


@rule("EN-3.9", "HC-5.2.6", "EN-5.2", "EN-5.3")
def risk_accepted(open_warnings: Iterable[str]) -> None:
    """After a warning the work goes on only with the resident's consent; `open_warnings` says what about it is missing."""
    for about in open_warnings:
        raise Refused(
            WARNED_BY.get(about, "EN-3.9"),
            _("The resident was warned and has not agreed. Ask again, or continue another day."),
        )


@rule("EN-5.2", "EN-5.3")
def asked_before_installing(about: str, answers: str) -> None:
    """Before installing, what was learned about concealed lines, or about the load and the wall, is written down."""
    if about in {"concealed_lines", "load"} and not answers.strip():
        raise Refused(
            WARNED_BY[about],
            _("Ask about hidden lines and the load first, and write down the answers."),
            status=422,
            field="answers",
        )


@rule("EN-D.11")
def carried_over(reason: str, handler: str, next_at: datetime | None) -> None:
    """Work to be continued states why, who has it, and when."""
    if not reason.strip() or not handler.strip() or next_at is None:
        raise Refused(
            "EN-D.11",
            _("To continue later, write the reason, who goes on with it, and when."),
            status=422,
            field="next_at" if reason.strip() and handler.strip() else "reason",
        )


@rule("EN-D.14")
def rated_and_signed(rated: bool, attested: bool) -> None:
    """A slip comes back rated and signed by the resident, or confirmed by the foreman with a reason."""
    if not rated and not attested:
        raise Refused("EN-D.14", _("The resident has not rated the service yet. Ask for it, or confirm it with a reason."))


@rule("EN-D.15")
def worker_signed(worker_signed_at: datetime | None) -> None:
    """The worker signs the slip before the foreman closes it."""
    if worker_signed_at is None:
        raise Refused("EN-D.15", _("The worker has not signed the slip yet. It comes to the foreman after that."))


@rule("EN-7.6")
def reviewed_by_another(*, own_work: bool) -> None:
    """A slip is handed to somebody else to be checked: a foreman who did the work himself does not review it."""
    if own_work:
        why = _("You did this work yourself. Another foreman, or who stands in for one, reviews it.")
        raise Refused("EN-7.6", why, status=403)


@rule("EN-D.14")
def may_attest(policy: RepairPolicy, reason: str, *, own_work: bool = False) -> None:
    """A foreman may confirm for a resident who cannot sign, with a reason, where the office allows it; never the worker
    whose work it is (CF-22)."""
    if policy.proxy == "not_allowed":
        raise Refused("EN-D.14", _("This office does not confirm for the resident. Ask the resident to sign."), status=403)
    if own_work:
        raise Refused("EN-D.14", _("You did this work yourself. Another foreman confirms it for the resident."), status=403)
    if not reason.strip():
        raise Refused("EN-D.14", _("Please write why the resident cannot sign."), status=422, field="reason")


@rule("HC-5.5.1")
def own_signature(kind: str) -> None:
    """A signature is drawn by the resident, on the own link or on a screen handed over; staff draw none."""
    if kind != "resident":
        raise Refused("HC-5.5.1", _("The resident draws the signature. Hand over the screen, or show the QR code."), status=403)
