"""Money that goes another way: refunds, waivers, deposits, tax invoices; wishes beyond the list; questions about commission."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.money.models import Charge
from menling.premises.models import Staff

Story = Callable[[Scene], Script]
RECENT = timedelta(days=6)
"""What is amended happened in the days before."""


def enter_amends(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter each story on its day, or on the working day of finance before it."""
    today, cashier = stage.day_of(rehearsal.now), stage.staff[Role.FINANCE][0]
    for back, clock, story in PLAN:
        behind = (datetime.combine(today - timedelta(days=each), clock, stage.zone) for each in range(back, days + 1))
        at = next((each for each in behind if stage.on_shift(cashier, each)), None)
        if at is not None:
            scene = Scene(stage, at)
            rehearsal.enter(scene, story(scene))


def _open(scene: Scene, verb: str, who: str, kind: str, **facts: Any) -> Case:
    number = scene.perform(verb, None, scene.actor(who), kind=kind, **facts)
    return Case.objects.select_related("office").get(number=number)


def _go_on(scene: Scene, verb: str, case: Case, who: str, **facts: Any) -> None:
    case.refresh_from_db()
    scene.perform(verb, case, scene.actor(who), **facts)


def _charge(scene: Scene, *statuses: str, **limits: Any) -> Charge | None:
    """Return the newest charge of the days before that stands so and was not amended yet."""
    rows = Charge.objects.filter(case__office=scene.stage.office, case__status__in=statuses, refunded=0, waived=0, **limits)
    fresh = rows.filter(case__reported_at__gt=scene.at - RECENT, case__reported_at__lt=scene.at, case__parent__kind="repair")
    return fresh.select_related("case__parent__unit").order_by("-case__reported_at").first()


def refunded(scene: Scene) -> Script:
    """The same place leaks again within three days: half of it is given back."""
    charge = _charge(scene, "collected", method="cash", handover__case__status="received")
    if charge is None or charge.collected is None:
        return
    asked = _open(scene, "request", "service_desk", "adjustment", order=charge.case.number, sort="refund",
                  amount=(charge.collected / 2).quantize(Decimal("0.01")), reason="三天内同一处又漏水，退一半服务费")  # fmt: skip
    yield 50
    _go_on(scene, "approve", asked, "business_lead", remark="核实属实")
    yield 90
    _go_on(scene, "pay_out", asked, "finance", method="cash", paid_to=charge.payer)


def refund_waits(scene: Scene) -> Script:
    """A refund is asked for, and nobody has decided yet."""
    charge = _charge(scene, "collected", method="cash")
    if charge is not None:
        _open(scene, "request", "service_desk", "adjustment", order=charge.case.number, sort="refund", amount=Decimal("10.00"),
              reason="业主说材料没有全部用上")  # fmt: skip
    yield 1


def waiver_not_approved(scene: Scene) -> Script:
    """A resident finds it too dear; the price is the published one."""
    charge = _charge(scene, "due")
    if charge is None:
        return
    asked = _open(scene, "request", "service_desk", "adjustment", order=charge.case.number, sort="waiver", amount=charge.due,
                  reason="业主认为价格偏高")  # fmt: skip
    yield 120
    _go_on(scene, "decline", asked, "office_manager", reason="按公布价目表收费，上门前已同意")


def deposit_given_back(scene: Scene) -> Script:
    """A deposit for a renovation is held for some weeks and given back whole."""
    held = _deposit(scene, "renovation", "2000.00", "bank")
    yield 16 * 24 * 60
    _go_on(scene, "give_back", held, "finance", method="bank")


def deposit_kept_in_part(scene: Scene) -> Script:
    """A key was lost: what a new one costs is kept, the rest is to be given back."""
    held = _deposit(scene, "key", "100.00", "cash")
    yield 3 * 24 * 60
    _go_on(scene, "keep_part", held, "business_lead", amount="35.00", reason="单元门钥匙遗失一把，按成本扣留")


def deposit_held(scene: Scene) -> Script:
    """A renovation goes on; its deposit is held."""
    _deposit(scene, "renovation", "2000.00", "bank")
    yield 1


def _deposit(scene: Scene, purpose: str, amount: str, method: str) -> Case:
    home = scene.stage.chance.random.choice(scene.stage.homes)
    assert home.person is not None, "the stage holds homes somebody lives in"
    return _open(scene, "take_in", "finance", "deposit", payer=home.person.name, amount=amount, purpose=purpose,
                 unit=home.unit.code, method=method)  # fmt: skip


def invoiced(scene: Scene) -> Script:
    """A resident's company wants a tax invoice; finance issues it the same day."""
    asked = _invoice(scene)
    yield 150
    if asked is not None:
        _go_on(scene, "issue", asked, "finance", invoice=f"26312000{asked.pk:08d}")


def invoice_waits(scene: Scene) -> Script:
    """A tax invoice is asked for and not issued yet."""
    _invoice(scene)
    yield 1


def _invoice(scene: Scene) -> Case | None:
    charge = _charge(scene, "collected", method="cash", tax_invoices=None)
    if charge is None:
        return None
    return _open(scene, "ask", "service_desk", "tax_invoice", order=charge.case.number, made_out_to="company",
                 title="示范信息科技有限公司", tax_number="91310000DEMO000012")  # fmt: skip


def taken_on_after_review(scene: Scene) -> Script:
    """A wish that is not on the list is reviewed and taken on at another price."""
    asked = _open(scene, "file", "service_desk", "contract_review", content="钢琴从客厅移到书房，需四人", price="480.00",
                  customer="业主来电")  # fmt: skip
    yield 70
    _go_on(scene, "approve", asked, "office_manager", reason="四人两小时，另加地面保护", price="520.00")


def not_taken_on(scene: Scene) -> Script:
    """A wish that is not on the list is not ours to do."""
    asked = _open(scene, "file", "service_desk", "contract_review", content="外墙空调外机移位", price="600.00")
    yield 95
    _go_on(scene, "decline", asked, "office_manager", reason="高空作业需专业资质，建议联系空调厂家")


def review_waits(scene: Scene) -> Script:
    """A wish that is not on the list waits for its review."""
    _open(scene, "file", "service_desk", "contract_review", content="老式保险柜开锁", price="300.00")
    yield 1


def commission_asked(scene: Scene) -> Script:
    """A worker asks about a line of the commission; the foreman answers and adds what was short."""
    settled = Case.objects.filter(office=scene.stage.office, kind="settlement", status="settled", parent__kind="repair",
                                  parent__assignee_id__isnull=False)  # fmt: skip
    line = settled.select_related("parent").order_by("-reported_at", "-pk").first()
    if line is None or line.parent is None:
        return
    worker = Staff.objects.get(pk=line.parent.assignee_id or 0)
    number = scene.perform("file", None, scene.stage.actor_of(worker, scene.at), kind="commission_query", settlement=line.number,
                           question="这单我带了徒弟两个人做，为什么按一单算？")  # fmt: skip
    yield 200
    asked = Case.objects.select_related("office").get(number=number)
    _go_on(scene, "answer", asked, "team_lead", answer="徒弟不计提成，本单补 5 元", more="5.00")


PLAN: tuple[tuple[int, time, Story], ...] = (
    (71, time(10, 20), deposit_given_back), (64, time(14, 10), refunded), (52, time(10, 40), invoiced),
    (47, time(9, 50), taken_on_after_review), (38, time(15, 5), refunded), (33, time(11, 15), waiver_not_approved),
    (26, time(10, 30), deposit_kept_in_part), (24, time(14, 30), not_taken_on), (19, time(16, 0), commission_asked),
    (12, time(10, 10), invoiced), (9, time(10, 25), refunded), (6, time(15, 40), deposit_held), (2, time(14, 50), refund_waits),
    (1, time(11, 30), invoice_waits), (1, time(16, 45), review_waits),
)  # fmt: skip
"""So many days ago, at what time, what happened. The last ones are still to be decided."""
