"""Invented people: names from lists of our own, phones that no network gives out. The same seed, the same people."""

import random
from collections.abc import Iterator
from itertools import count

FAMILY = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
DOUBLE = ("欧阳", "上官", "诸葛")
GIVEN = (
    "建国", "秀英", "志强", "丽华", "卫东", "桂兰", "海燕", "晓明", "文静", "家豪", "雨桐", "子涵", "思远", "佳怡", "俊杰",
    "美玲", "国栋", "慧敏", "永康", "春梅", "立新", "雪梅", "振华", "婷婷", "一鸣", "若琳", "浩然", "梓萱", "德胜", "玉珍",
    "光明", "淑芬", "景行", "安然", "明轩", "芳", "伟", "敏", "静", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "超", "霞", "平",
    "刚", "琳", "颖", "倩", "波", "宁", "凯", "悦", "辉", "萍", "岚",
)  # fmt: skip
PHONE = 14_000_100_000
"""Invented phones begin here: 11 digits of a range that is given to machines, not to people."""


class Chance:
    """Draws that repeat with the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # a rehearsal, not a secret
        self._phones: Iterator[int] = count(PHONE + 7, 37)

    def name(self) -> str:
        """Return a full name."""
        family = self.random.choice(DOUBLE) if self.random.random() < 0.02 else self.random.choice(FAMILY)
        return family + self.random.choice(GIVEN)

    def phone(self) -> str:
        """Return a phone nobody else has."""
        return str(next(self._phones))

    def happens(self, share: float) -> bool:
        """Tell whether something happens that happens in `share` of all cases."""
        return self.random.random() < share
