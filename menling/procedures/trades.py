"""Which trade a report asks for: the words residents use, beside the skills workers are entered with."""

from collections.abc import Iterable

TRADES: dict[str, tuple[str, ...]] = {
    "疏通": ("堵", "疏通", "下水", "返水", "地漏", "马桶"),
    "水暖": ("水", "漏", "渗", "龙头", "角阀", "阀门", "花洒", "马桶", "暖气", "地暖", "管"),
    "电气": ("电", "跳闸", "插座", "空开", "空气开关", "灯", "开关", "线路", "冒烟", "焦味"),
    "弱电": ("对讲", "门禁", "网络", "网线", "电视信号", "监控", "刷不开"),
    "家电": ("空调", "冰箱", "洗衣机", "热水器", "油烟机", "燃气灶", "电视机", "浴霸"),
    "门窗": ("门", "窗", "玻璃", "密封条", "纱"),
    "五金": ("锁", "合页", "把手", "打孔", "挂", "信箱", "玻璃胶"),
    "木工": ("柜", "木", "地板", "家具", "抽屉", "踢脚"),
    "泥瓦": ("墙", "瓷砖", "砖", "裂", "防水", "抹灰", "空鼓"),
}
"""Words of a report that speak for a trade. A skill that is not named here speaks for itself."""


def fitting(skills: Iterable[str], content: str) -> tuple[str, ...]:
    """Return those of a worker's skills a report asks for, in the order given."""
    return tuple(skill for skill in skills if any(word in content for word in (skill, *TRADES.get(skill, ()))))
