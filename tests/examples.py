"""Facts, people and ways for every step of every kind: what the matrix, the walks and the faults are made of."""

import io
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from random import Random
from typing import Any, get_args, get_origin
from uuid import uuid4

from PIL import Image
from pydantic import BaseModel

from menling.journal.facts import facts_model
from menling.journal.files import keep_image
from menling.journal.models import Case
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.procedure import Step
from menling.kernel.roles import WORKERS, Role
from menling.kinds import KINDS
from menling.money.models import StatementLine
from menling.premises.actors import staff_actor
from menling.premises.models import Staff
from menling.procedures import PROCEDURES
from menling.procedures.conduct import SCREENS, prompts
from tests import agreed, alarms, buying, cashier, cleaning, earning, envelopes, giving
from tests.office import World

Facts = dict[str, Any]
_numbers = count(1)


def _later(world: World, rng: Random) -> Any:
    return world.now + timedelta(minutes=rng.randrange(60, 60 * 48, 30))


def _dispatch(world: World, case: Case, rng: Random) -> Facts:
    worker = world.staff[rng.choice(("repair_worker", "repair_worker_2"))]
    booked = {"visit_at": _later(world, rng)} if rng.random() < 0.6 else {}
    return {"worker": worker.number, **booked}


def _reassign(world: World, case: Case, rng: Random) -> Facts:
    others = [key for key in ("repair_worker", "repair_worker_2") if world.staff[key].pk != case.assignee_id]
    booked = {"visit_at": _later(world, rng)} if rng.random() < 0.3 else {}
    return {"worker": world.staff[rng.choice(others)].number, "reason": "生病", **booked}


def _photo(world: World, case: Case, rng: Random) -> Facts:
    kept = keep_image(case, picture(colour=rng.randrange(256)), "photo", by=world.actor("repair_worker"), at=world.now)
    return {"photo": kept.digest}


def _tick(world: World, case: Case, rng: Random) -> Facts:
    cards = prompts(case.kind, case.status)
    return {"group": rng.choice(cards).key} if cards else {"group": "none"}


def _slip(world: World, case: Case, rng: Random) -> Facts:
    return {"slip": f"{next(_numbers)}/{rng.randrange(10**9)}"}


def picture(size: tuple[int, int] = (32, 24), colour: int = 90, encoding: str = "JPEG", **more: Any) -> bytes:
    """Return the bytes of a small real picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (colour, 120, 40)).save(out, encoding, **more)
    return out.getvalue()


def statement_line(world: World, case: Case, amount: str | None = None, account: str = "wechat") -> StatementLine:
    """Make a line of a statement for the amount of a charge, or another one."""
    due = case.charge.due if case.charge.collected is None else case.charge.collected
    return StatementLine.objects.create(
        office=world.office, account=account, trade=f"4200{uuid4().int}"[:40], paid_at=world.now,
        amount=Decimal(amount) if amount else due, imported_at=world.now,
    )  # fmt: skip


def _refused(world: World) -> Facts:
    """Return what a phone sends about an arrival that was refused."""
    world.later(31)  # nobody is planned twice
    return {"of": world.sent().number, "step": "arrive", "facts": {}, "done_at": world.now, "why": "already there"}


def _closing(world: World, rng: Random) -> Facts:
    world.later(60 * 24)  # one sheet a desk and day
    return {"desk": "control_centre"}


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("repair", "absent"): _slip,
    ("repair", "add_material"): lambda world, case, rng: {"name": "生料带", "stock_price": "2.50", "quantity": "2"},
    ("repair", "add_photo"): _photo,
    ("repair", "ask_lead"): lambda world, case, rng: {"what": "须与物业工程部协调停水"},
    ("repair", "attest"): lambda world, case, rng: {"reason": "老人手抖，不便签名"},
    ("repair", "carry_over"): lambda world, case, rng: {"reason": "等配件", "next_at": _later(world, rng)},
    ("repair", "change"): lambda world, case, rng: {"content": "还有卫生间", "reason": "业主来电"},
    ("repair", "correct"): lambda world, case, rng: {"field": "reporter", "value": "王方", "reason": "写错字"},
    ("repair", "decline"): lambda world, case, rng: {"reason": "不在服务范围", "offered": "介绍厂家"},
    ("repair", "delay"): lambda world, case, rng: {"reason": "上一户未完", "can_come_at": _later(world, rng)},
    ("repair", "dispatch"): _dispatch,
    ("repair", "draw_material"): lambda world, case, rng: {"slip": case.number, "name": "三角阀"},
    ("repair", "finish"): lambda world, case, rng: {"summary": "已疏通"},
    ("repair", "make_urgent"): lambda world, case, rng: {"reason": "水漫到楼下了"},
    ("repair", "note"): lambda world, case, rng: {"text": "业主来电补充"},
    ("repair", "ask_review"): lambda world, case, rng: {"content": "钢琴搬到八楼", "price": "500.00"},
    ("repair", "quote"): lambda world, case, rng: {"items": [{"code": rng.choice(("W01", "W02", "W03"))}]},
    ("repair", "rate"): lambda world, case, rng: {"rating": rng.randint(1, 5)},
    ("repair", "reassign"): _reassign,
    ("repair", "release"): lambda world, case, rng: {"reason": "另有急修"},
    ("repair", "report_damage"): lambda world, case, rng: {"item": "瓷砖", "price": "30.00"},
    ("repair", "sign"): lambda world, case, rng: {"rating": 5},
    ("repair", "sign_on_paper"): lambda world, case, rng: {"scan": _photo(world, case, rng)["photo"], "name": "王", "rating": 5},
    ("repair", "tick"): _tick,
    ("repair", "verify"): lambda world, case, rng: {"result": "已电话核实，不再漏水"},
    ("repair", "warn"): lambda world, case, rng: {"about": "damage", "told": "可能掉瓷", "consented": rng.random() < 0.7},
    ("repair", "check_off"): lambda world, case, rng: {"duty": "departments"},
    ("repair", "report_hazard"): lambda world, case, rng: {"hazard": "软管老化", "shown": True, "measures": "已关阀"},
    **dict.fromkeys((("referral", "hand_on"), ("repair", "hand_on")), lambda world, case, rng: TO_GREENING),
    ("settlement", "tick"): _tick,
    ("charge", "collect"): lambda world, case, rng: {"method": rng.choice(("cash", "qr"))},
    ("charge", "confirm_payment"): lambda world, case, rng: {"line": statement_line(world, case).pk},
    ("agreement", "sign_on_paper"): lambda world, case, rng: {"scan": _photo(world, case, rng)["photo"], "name": "王芳"},
    ("errand", "sign_on_paper"): lambda world, case, rng: {"scan": _photo(world, case, rng)["photo"], "name": "王芳"},
    ("call_order", "tick"): _tick,
    ("call_order", "pass_on"): lambda world, case, rng: {"to": world.elsewhere.code},
    ("call_order", "clarify"): lambda world, case, rng: {"answer": "是三栋的王女士"},
    ("repair", "coordinate"): lambda world, case, rng: {"reason": "等厂家配件", "tracker": world.staff["team_lead"].number},
    ("repair", "explain"): lambda world, case, rng: {
        "reason": "等配件",
        "expected_at": world.now + timedelta(days=1),
        "plan": "明早续修",
    },
    ("coordination", "appoint"): lambda world, case, rng: {"tracker": world.staff["repair_worker_2"].number},
    ("coordination", "reassign"): lambda world, case, rng: {
        "tracker": world.staff[rng.choice(("repair_worker", "repair_worker_2"))].number,
        "reason": "调休",
    },
    ("coordination", "log"): lambda world, case, rng: ENTRY,
    ("coordination", "tick"): _tick,
    ("shift_handover", "give"): lambda world, case, rng: {"to": world.staff["service_desk"].number},
    ("shift_handover", "give_to"): lambda world, case, rng: {"to": world.staff["service_desk"].number},
}
FACTS["repair", "move"] = lambda world, case, rng: {
    "visit_at": _later(world, rng), "reason": "业主要求", "apologised": True, "asked_by": rng.choice(("office", "resident")),
}  # fmt: skip
FACTS |= {
    ("housekeeping", verb): FACTS["repair", verb]
    for verb in ("absent", "add_photo", "attest", "carry_over", "change", "correct", "decline", "delay", "move", "rate",
                 "explain", "release", "report_damage", "sign", "tick", "warn")
}  # fmt: skip
FACTS |= {
    ("alarm", verb): FACTS["repair", verb]
    for verb in ("absent", "add_photo", "attest", "carry_over", "change", "correct", "decline", "delay", "explain", "finish",
                 "move", "quote", "rate", "release", "report_damage", "report_hazard", "sign", "tick", "warn")
}  # fmt: skip
FACTS |= agreed.FACTS | cashier.FACTS | alarms.FACTS | buying.FACTS | cleaning.FACTS | envelopes.FACTS | giving.FACTS
"""Facts that let a step pass, where plain ones would not."""

ENTRY: Facts = {
    "place": "业主家", "contact": "王芳", "contact_way": "13800138000", "content": "厂家答复三天内到货", "opinions": "业主同意等",
    "attitude": "平和", "plan": "到货当天上门",
}  # fmt: skip
TO_GREENING: Facts = {"department": "greening", "taken_by": "绿化李工"}
FILED: Facts = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"}
CALLED: Facts = {"customer": "王芳", "phone": "13800138000", "unit": "3-2-1201", "content": "厨房下水堵", "answer_in_days": 2}
OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "repair": ("file", "control_centre", lambda world, rng: FILED),
    "referral": ("pass_on", "control_centre", lambda world, rng: {"wanted": "other", "reporter": "王芳"} | TO_GREENING),
    "refused_step": ("keep", "repair_worker", lambda world, rng: _refused(world)),
    "register_copy": ("prepare", "control_centre", lambda world, rng: {"day": world.now.date() - timedelta(rng.randint(1, 999))}),
    "call_order": ("place", "call_department", lambda world, rng: CALLED),
    "closing_sheet": ("prepare", "control_centre", _closing),
    "contract_review": ("file", "service_desk", lambda world, rng: {"content": "钢琴搬到八楼", "price": "500.00"}),
    "fee_standard": ("file", "office_manager", lambda world, rng: {"items": [{"code": "W01", "price": "90.00"}]}),
    "shift_handover": ("prepare", "control_centre", lambda world, rng: {"keys": "值班钥匙 6 把"}),
}
OPENINGS |= earning.OPENINGS
OPENINGS |= agreed.OPENINGS | cashier.OPENINGS | alarms.OPENINGS | buying.OPENINGS | cleaning.OPENINGS | giving.OPENINGS
"""How a case of a kind is filed: verb, by whom, facts."""


def facts_for(world: World, case: Case, verb: str, rng: Random | None = None) -> Facts:
    """Return facts for a step of a case: its example, or something plain for each fact it asks for."""
    example = FACTS.get((case.kind, verb))
    if example:
        return example(world, case, rng or Random(0))
    fields = facts_model(KINDS[case.kind].commands[verb]).model_fields.items()
    return {name: plain(field.annotation) for name, field in fields if field.is_required()}


def plain(annotation: Any) -> Any:
    """Return something a field of a type takes; of a choice, its first; of a list, one of it."""
    if get_origin(annotation) is list:
        return [plain(get_args(annotation)[0])]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {name: plain(field.annotation) for name, field in annotation.model_fields.items() if field.is_required()}
    return PLAIN.get(annotation) or (plain(get_args(annotation)[0]) if get_args(annotation) else annotation)


PLAIN: dict[Any, Any] = {
    str: "按流程办理", bool: True, int: 1, Decimal: "1", datetime: "2026-11-20T10:00:00+08:00", date: "2026-11-20",
    time: "09:00", dict[str, Any]: {"text": "按流程办理"}}  # fmt: skip


def actor_for(world: World, case: Case, step: Step, facts: Facts, rng: Random | None = None) -> Actor | None:
    """Return somebody who may take this row for this case, or None while there is nobody, such as before a dispatch."""
    roles = step.roles
    if step.verb == "tick":
        card = next((each for each in prompts(case.kind, case.status) if each.key == facts["group"]), None)
        roles = roles & SCREENS[card.screen] if card else frozenset()
    if case.kind == "contract_review" and step.verb != "withdraw":
        roles = roles - {Role.BUSINESS_LEAD}  # unless the office lends it to the lead, the manager decides
    if case.kind == "referral":
        roles = roles & {Role(case.referral.to_desk)}
    able = [actor for role in sorted(roles) if (actor := _holder(world, case, role, step.own)) is not None]
    return (rng.choice(able) if rng else able[0]) if able else None


def _holder(world: World, case: Case, role: Role, own: bool) -> Actor | None:
    if role is Role.TRACKER:
        tracker = Staff.objects.filter(pk=case.assignee_id).first()
        return staff_actor(tracker, world.now.date()) if tracker else None
    if role in WORKERS or (own and case.kind in {"handover", "shift_handover", "errand", "pad"}):
        sent = Staff.objects.filter(pk=case.assignee_id).first()
        actor = staff_actor(sent, world.now.date()) if sent else None
        return actor if actor and actor.holds(case.office_id, role) else None
    key = SITTING.get(role, role.value)
    return world.actor(key) if key == "customer" or key in world.staff else None


def opened(world: World, kind: str, rng: Random | None = None) -> Case:
    """Return a new case of a kind; those the system opens come from a paid repair."""
    if kind in OPENINGS:
        verb, who, facts = OPENINGS[kind]
        answer = world.answer(verb, None, who, kind=kind, **facts(world, rng or Random(next(_numbers))))
        return Case.objects.get(number=answer.body["number"])
    if kind == "paper_inquiry":
        return buying.missing_sheet(world)
    if kind == "coordination":
        order = world.file()
        world.answer("coordinate", order, SYSTEM, reason="")
        world.do(order, "cancel", "control_centre", reason="业主自己修好了")  # its result is written when the work is over
        return world.child(order, "coordination")
    order = world.completed("86.00") if kind == "settlement" else world.finished("86.00")
    charge = world.child(order, "charge")
    if kind == "charge":
        return charge
    world.do(charge, "collect", "repair_worker")
    return world.child(order, "settlement") if kind == "settlement" else charge.charge.handover.case


@cache
def way(kind: str, start: str, goal: str) -> tuple[Step, ...] | None:
    """Return the shortest way through the table from one status to another by steps that are commands, or None."""
    ways: dict[str, tuple[Step, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for step in PROCEDURES[kind].steps:
            known = step.verb in KINDS[kind].commands and step.after is not None and here in step.before
            if known and step.after not in ways and (kind, step.verb) not in ROUNDABOUT:
                ways[str(step.after)] = (*ways[here], step)
                waiting.append(str(step.after))
    return ways.get(goal)


SITTING = {Role.REPAIR_DESK: "control_centre", Role.HOUSEKEEPING_DESK: "service_desk", Role.ASSIGNER: "team_lead"}
"""Who holds a role that an office's choice lends."""
ROUNDABOUT = {("repair", "attest"), ("housekeeping", "attest"), ("alarm", "attest")}
"""Steps that lead somewhere, but leave something out that the next one wants."""


LEAVING = {"finish", "carry_over", "await_material"}
"""Steps that end a visit: in an emergency not before work began (HC-5.2.5)."""


def travel(world: World, case: Case, goal: str) -> Case | None:
    """Bring a case to a status on the shortest way, or return None where no way leads."""
    steps = way(case.kind, case.status, goal)
    for step in steps or ():
        if step.verb in LEAVING and case.status == "on_site" and case.order.urgency == "emergency":
            take(world, case, case.procedure.rows("start")[0])
        take(world, case, step)
    return case if steps is not None else None


def take(world: World, case: Case, step: Step) -> Case:
    """Take one row of the table, after the time it needs."""
    world.later(minutes=60 * 24 * 800 if step.verb == "destroy" else 31)
    facts = facts_for(world, case, step.verb)
    by = actor_for(world, case, step, facts)
    assert by is not None, f"nobody may {step.verb} at {case.status}"
    world.answer(step.verb, case, by, **facts)
    case.refresh_from_db()
    return case
