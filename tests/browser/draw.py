"""Chance for browser tests: what a person would type, drawn from a seed."""

import random
from dataclasses import dataclass
from decimal import Decimal

from menling.catalogue.models import PriceItem
from tests.office import World, make_person, make_unit, move_in

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英"
TROUBLES = ("厨房下水堵", "客厅灯不亮", "龙头滴水", "门锁转不动", "马桶漏水", "插座没电")
DONE = ("已疏通，试水不漏", "已更换，试灯正常", "已拧紧，试过三次", "已上油，开关顺畅")


@dataclass
class Draw:
    """One draw: everything in it follows from the seed of `chance`."""

    chance: random.Random
    reporter: str = ""
    trouble: str = ""
    summary: str = ""
    opinion: str = ""
    stars: int = 5
    item: str = ""
    price: Decimal = Decimal(0)

    def name(self) -> str:
        """Return a name."""
        return self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=self.chance.randint(1, 2)))

    def yuan(self, least: int, most: int) -> Decimal:
        """Return an amount from `least` to below `most` yuan, with fen."""
        return Decimal(self.chance.randrange(least * 100, most * 100)) / 100

    def furnish(self, world: World) -> None:
        """Give a world its own home, resident, worker and price."""
        chance = self.chance
        world.unit = make_unit(
            world.office, str(chance.randint(4, 30)), str(chance.randint(1, 4)), f"{chance.randint(1, 33)}0{chance.randint(1, 8)}"
        )
        self.reporter, self.trouble, self.summary = self.name(), chance.choice(TROUBLES), chance.choice(DONE)
        self.opinion, self.stars = f"{self.name()}写的", chance.randint(1, 5)
        world.resident = make_person(world.company, self.reporter, f"139{chance.randrange(10**8):08d}")
        move_in(world.resident, world.unit, "owner")
        worker = world.staff["repair_worker"]
        worker.name, worker.number = self.name(), f"W{chance.randrange(1000, 9999)}"
        worker.save(update_fields=["name", "number"])
        self.price, self.item = self.yuan(1, 100), f"{self.trouble}修理"
        listed = PriceItem.objects.get(price_list__office=world.office, code="W01")
        listed.name, listed.price = self.item, self.price
        listed.save(update_fields=["name", "price"])
