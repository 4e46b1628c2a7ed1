"""What happens with an order: short scripts, from the everyday to the awkward, in the words of the procedure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from menling.demo.rehearsal import Scene, Script

Story = Callable[[Scene], Script]


def until(scene: Scene, instant: datetime, early: float) -> float:
    """Return the minutes until `early` minutes before an instant, one at least."""
    return max((instant - scene.at).total_seconds() / 60 - early, 1)


def call(scene: Scene) -> dict[str, Any]:
    """Return what the resident says on the phone."""
    home = scene.home
    assert home is not None
    assert home.person is not None
    return {"unit": home.unit.code, "reporter": home.person.name, "phone": home.phone, "content": scene.content} | scene.more


def filed(scene: Scene, **facts: Any) -> None:
    """The control centre takes the call."""
    scene.open("file", "control_centre", **call(scene), **facts)


def dispatched(scene: Scene, **facts: Any) -> Script:
    """The next free worker is sent; when nobody is free the desk waits."""
    begins = facts.get("visit_at") or scene.more.get("visit_at") or scene.at
    while (worker := scene.stage.send(begins, scene.skill)) is None:
        yield 4
        begins = max(begins, scene.at)
    scene.worker = worker
    scene.do("dispatch", "control_centre", worker=worker.number, **facts)


def sent(scene: Scene) -> Script:
    """From the call to the slip, acknowledged by the worker."""
    filed(scene)
    yield from taken_up(scene)


def taken_up(scene: Scene) -> Script:
    """Accepted, given to a worker, acknowledged."""
    yield scene.later(0.5, 2)
    scene.do("accept", "control_centre")
    yield scene.later(0.3, 2)
    yield from dispatched(scene)
    yield scene.later(0.5, 3)
    scene.do("acknowledge", "worker")


def at_home(scene: Scene, low: float = 5, high: float = 10) -> Script:
    """The worker comes, after `low` to `high` minutes."""
    filed(scene)
    yield from gone_there(scene, low, high)


def gone_there(scene: Scene, low: float = 5, high: float = 10) -> Script:
    """From the call taken down to the door."""
    yield from taken_up(scene)
    yield scene.later(0.2, 1)
    scene.do("tick", "worker", group="setting_out")
    yield scene.later(low, high)
    scene.do("arrive", "worker")
    scene.do("tick", "worker", group="at_the_door")


def priced(scene: Scene) -> Script:
    """The price is shown, the resident agrees, the work is done."""
    yield scene.later(1, 4)
    scene.do("quote", "worker", items=[{"code": code} for code in scene.items])
    yield scene.later(0.5, 2)
    scene.do("consent", "resident")
    yield scene.later(10, 25)
    yield from finished(scene)


def finished(scene: Scene) -> Script:
    """The work is done and the place is clean."""
    scene.do("tick", "worker", group="leaving")
    scene.do("finish", "worker", summary=scene.came_of_it())
    yield scene.later(1, 3)


def closed(scene: Scene, rating: int = 5, opinion: str = "") -> Script:
    """Signed and rated, signed off in the register, reviewed by the foreman; filed at the end of the day."""
    scene.do("sign", "resident", rating=rating, opinion=opinion)
    yield scene.later(8, 25)
    scene.do("sign_off", "worker")
    yield scene.later(10, 60)
    scene.do("review", "team_lead")


def paid_in_cash(scene: Scene) -> Script:
    """A small paid repair: the worker takes the cash."""
    yield from at_home(scene)
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="cash")
    yield from closed(scene, 5, "师傅很准时")


def paid_by_code(scene: Scene) -> Script:
    """A paid repair: the resident scans the code."""
    yield from at_home(scene)
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene, 4)


def paid_to_the_lead(scene: Scene) -> Script:
    """From 100.00 yuan due on the order a business lead comes to collect."""
    yield from at_home(scene)
    yield from priced(scene)
    yield scene.later(6, 15)
    scene.do("collect", "business_lead", on="charge", method="cash")
    yield from closed(scene, 5)


def free_of_charge(scene: Scene) -> Script:
    """Nothing to pay: a fault the office or the developer answers for."""
    yield from at_home(scene)
    yield scene.later(8, 20)
    yield from finished(scene)
    yield from closed(scene, 5, "谢谢")


def late_at_the_door(scene: Scene) -> Script:
    """The worker comes too late and had not said so."""
    yield from at_home(scene, 15, 22)
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="cash")
    yield from closed(scene, 3, "来晚了")


def late_and_said_so(scene: Scene) -> Script:
    """The worker reports the delay, the desk apologises and agrees a new time."""
    yield from sent(scene)
    yield 2
    assert scene.worker is not None
    can_come = scene.stage.put_off(scene.worker, scene.at, scene.at + timedelta(minutes=40))
    scene.do("delay", "worker", reason="上一户未完工", can_come_at=can_come)
    yield 3
    scene.do("move", "control_centre", visit_at=can_come, reason="上一户未完工", apologised=True)
    yield 1
    scene.do("acknowledge", "worker")
    yield until(scene, can_come, 5)
    scene.do("arrive", "worker")
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene, 4)


def booked(scene: Scene) -> Script:
    """A visit at an appointed hour of the same day."""
    visit_at = scene.at + timedelta(minutes=90)
    scene.more = {"visit_at": visit_at, "requirements": "请按预约时间上门"}
    filed(scene)
    yield 1
    scene.do("accept", "control_centre")
    yield from dispatched(scene)
    yield 2
    scene.do("acknowledge", "worker")
    yield until(scene, visit_at, 4)
    scene.do("arrive", "worker")
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="cash")
    yield from closed(scene, 5)


def nobody_home(scene: Scene) -> Script:
    """Nobody opens: a slip stays on the door, a new time is agreed, the second visit succeeds."""
    yield from sent(scene)
    yield 8
    slip = f"L{next(scene.stage.slips):05d}"
    scene.do("absent", "worker", slip=slip)
    yield 30
    scene.do("return_stub", "service_desk", slip=slip)
    scene.do("move", "control_centre", visit_at=scene.at + timedelta(minutes=100), reason="业主外出")
    yield from dispatched(scene, visit_at=scene.at + timedelta(minutes=100))
    yield 2
    scene.do("acknowledge", "worker")
    yield 93
    scene.do("arrive", "worker")
    yield 12
    yield from finished(scene)
    yield from closed(scene)


def cancelled(scene: Scene) -> Script:
    """The resident calls it off while the worker is on the way."""
    yield from sent(scene)
    yield 3
    scene.do("cancel", "control_centre", reason="业主自行修好")
    yield 1
    scene.do("acknowledge", "worker")


def declined(scene: Scene) -> Script:
    """Not ours to repair: the desk says why and what helps instead."""
    filed(scene)
    yield 2
    scene.do("decline", "control_centre", reason="燃气管道须由燃气公司处理", offered="已告知燃气公司报修电话")


def attested(scene: Scene) -> Script:
    """The resident cannot sign: the foreman confirms, with the reason."""
    yield from at_home(scene)
    yield 12
    yield from finished(scene)
    yield 20
    scene.do("attest", "team_lead", reason="老人视力不便，电话确认已修好")
    yield 15
    scene.do("sign_off", "worker")
    yield 20
    scene.do("review", "team_lead")


def put_right(scene: Scene) -> Script:
    """The resident is not content; it is put right and signed then."""
    yield from at_home(scene)
    yield from priced(scene)
    scene.do("object", "resident", reason="还有一点滴水")
    yield 9
    scene.do("rework", "worker", done="重新缠生料带，试压不漏")
    yield 2
    scene.do("collect", "worker", on="charge", method="cash")
    yield from closed(scene, 4)


def by_radio(scene: Scene) -> Script:
    """No signal in the basement: the desk writes down what the worker says on the radio."""
    yield from sent(scene)
    yield 9
    scene.do("arrive", "worker", radio=True)
    yield 18
    scene.do("finish", "worker", radio=True, summary="地下室水泵房阀门已更换")
    yield 3
    yield from closed(scene)


def continued(scene: Scene) -> Script:
    """Too much for one visit: another is agreed for later the same day."""
    yield from at_home(scene)
    yield 25
    next_at = scene.at + timedelta(minutes=150)
    scene.do("carry_over", "worker", reason="需要第二人协助拆移门", next_at=next_at)
    yield 10
    scene.do("move", "control_centre", visit_at=next_at, reason="两人上门")
    yield from dispatched(scene, visit_at=next_at)
    yield 2
    scene.do("acknowledge", "worker")
    yield until(scene, next_at, 5)
    scene.do("arrive", "worker")
    yield 25
    yield from finished(scene)
    yield from closed(scene)


def material_bought(scene: Scene) -> Script:
    """The resident buys the part and calls again."""
    yield from at_home(scene)
    yield 6
    scene.do("await_material", "worker", material="恒温混水阀，业主自购")
    yield 120
    scene.do("resume", "control_centre")
    yield from dispatched(scene)
    yield 2
    scene.do("acknowledge", "worker")
    yield 8
    scene.do("arrive", "worker")
    yield 20
    yield from finished(scene)
    yield from closed(scene)
