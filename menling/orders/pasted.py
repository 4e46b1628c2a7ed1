"""A message of a residents' group chat, read: which home, what about, how to call back. Pure reading, nothing is looked up.

What is read is a suggestion for the person at the desk, who sees the message beside it.
"""

import re
from dataclasses import dataclass

from menling.premises import names

KINDS: dict[str, dict[str, int]] = {
    "repair": dict.fromkeys((
        "漏水", "渗水", "滴水", "堵", "下水", "马桶", "水管", "水龙头", "龙头", "阀", "地漏", "返味", "跳闸", "没电",
        "停电", "插座", "开关", "灯", "电线", "门锁", "锁", "门窗", "窗", "门铃", "空调", "暖气", "地暖", "热水器",
        "坏", "修", "维修", "报修", "漏", "裂", "脱落", "不亮", "不出水", "没水", "不热", "打不开", "关不上", "冒水",
        "反水", "爆", "油烟机", "洗衣机", "燃气灶", "墙皮", "瓷砖",
    ), 1),
    "housekeeping": {
        "保洁": 3, "打扫": 3, "擦窗": 3, "擦玻璃": 3, "家政": 3, "钟点工": 3, "阿姨": 1, "清洁": 2, "开荒": 3,
        "除螨": 3, "搬家": 2, "做饭": 2, "洗油烟机": 3, "清洗": 2, "收拾": 2, "代购": 2, "月嫂": 3, "打蜡": 3,
    },
    "alarm": {
        "报警": 3, "警报": 3, "可视对讲": 2, "紧急按钮": 3, "布防": 3, "撤防": 3, "红外": 2, "探头": 2, "防盗": 2,
        "烟感": 3, "燃气报警": 3, "门磁": 3, "家庭报警": 4, "误报": 2, "主机": 1,
    },
    "complaint": {
        "投诉": 4, "态度": 3, "乱收费": 4, "骂": 3, "没人管": 2, "没人理": 2, "太吵": 3, "噪音": 3, "扰民": 3,
        "不负责": 3, "第三次": 1, "几次了": 1, "多少次": 1, "乱停": 3, "遛狗": 3, "不像话": 2, "差评": 3, "敷衍": 3,
        "推诿": 3, "装修声": 3,
    },
}  # fmt: skip
"""Words of a message by what it is about, with their weight: the heaviest sum wins, the first kind where sums are equal."""
URGENT = (
    "爆", "喷水", "淹", "冒烟", "着火", "触电", "煤气味", "燃气味", "漏电", "火花", "困在", "关不住", "止不住",
    "泡水",
)  # fmt: skip
THINGS = (
    "厨房", "卫生间", "厕所", "阳台", "客厅", "卧室", "马桶", "下水", "地漏", "水管", "龙头", "热水器", "灯", "插座",
    "开关", "跳闸", "锁", "窗", "门铃", "对讲", "空调", "暖气", "地暖", "油烟机", "洗衣机", "燃气", "天花板", "墙",
    "瓷砖", "保洁", "玻璃", "探头",
)  # fmt: skip
"""What can be the matter with in a home: two messages about the same of them are about one case."""
ROOMS = frozenset({"厨房", "卫生间", "厕所", "阳台", "客厅", "卧室"})
SAME = {"厕所": "卫生间", "水龙头": "龙头"}

NUMBER = r"[A-Z]{0,2}\d{1,4}[A-H]?|[A-Z](?=[座栋幢])|[零〇一二两三四五六七八九十百]{1,4}"
HOUSE = r"号楼|栋楼|幢楼|座楼|\#楼|栋|幢|座|\#|号院|楼"
MINUS = r"[-‐-―_/\s]"
PLACES = (
    rf"(?:{NUMBER})\s*(?:{HOUSE}|{MINUS}){MINUS}*(?:(?:{NUMBER})\s*(?:单元|门洞|号门|门|梯|{MINUS}){MINUS}*)?"
    rf"(?:[A-Z]?\d{{3,4}}[A-H]?|[零〇一二两三四五六七八九十百]{{3,6}})(?:\s*(?:室|房间|号房|房|户|号))?",
    r"\d{3,4}[A-H]?\s*(?:室|号房|房间|户)",
)
PLACE = re.compile("|".join(f"(?<![\\dA-Z.])(?<!\\d[:：])(?:{each})(?![\\d:：点元])" for each in PLACES), re.IGNORECASE)
MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[-\s]?(\d{7,8})(?!\d)")
MENTION = re.compile(r"@\S+")
STAMP = re.compile(r"(?:昨天|今天|上午|下午|晚上)?\s*\d{1,2}[:：]\d{2}(?::\d{2})?(?!前|以后|之前|左右)(?=\s|$)")
CALLED = re.compile(r"(?:我姓|我叫|联系人[:：]?\s*|免贵姓)\s*([一-鿿]{1,3}?)(?=[，,。.\s;；、]|电话|手机|联系|$)")
TITLED = re.compile(r"([一-鿿])(女士|先生|小姐|太太)")
SPOKEN = re.compile(r"^\s*([一-鿿]{2,4})\s*[:：]", re.MULTILINE)
EDGES = " \t，,。.;；:：、!！~～-—()（）【】[]"
LONGEST = 500


@dataclass(frozen=True)
class Pasted:
    """What a message says: the places named in it, a phone, who reports, what about, whether it cannot wait, its words.

    `kind` is a key of `KINDS` or ``other``; `words` are those of the message without place, phone and chat marks.
    """

    places: tuple[str, ...]
    phone: str
    reporter: str
    kind: str
    urgent: bool
    words: str


def read(text: str) -> Pasted:
    """Return what a pasted message says; nothing is ever refused."""
    plain = names.folded(text)[: LONGEST * 4]
    bare = LANDLINE.sub(" ", MOBILE.sub(" ", plain))
    places = tuple(dict.fromkeys(found.group().strip(EDGES) for found in PLACE.finditer(bare)))
    return Pasted(places, _phone(plain), _reporter(bare), kind_of(bare), any(each in bare for each in URGENT), _words(bare))


def _phone(plain: str) -> str:
    found = MOBILE.search(plain) or LANDLINE.search(plain)
    return "".join(found.groups()) if found else ""


def _reporter(bare: str) -> str:
    found = CALLED.search(bare) or SPOKEN.search(bare)
    if found:
        return found[1]
    titled = TITLED.search(bare)
    return "".join(titled.groups()) if titled else ""


def kind_of(text: str) -> str:
    """Return what a text is about: repair, housekeeping, alarm, complaint, or other."""
    sums = {kind: sum(weight for word, weight in table.items() if word in text) for kind, table in KINDS.items()}
    best = max(sums, key=lambda kind: sums[kind])
    return best if sums[best] else "other"


def _words(bare: str) -> str:
    kept = PLACE.sub(" ", STAMP.sub(" ", SPOKEN.sub(" ", MENTION.sub(" ", bare))))
    kept = re.sub(r"(?:联系)?(?:电话|手机号?|手机)\s*(?:是|号码)?[:：]?\s*(?=$|[，,。\s])", " ", kept)
    lines = (re.sub(r"\s+", " ", line).strip(EDGES) for line in kept.splitlines())
    return "，".join(line for line in lines if line)[:LONGEST]


def same_matter(one: str, other: str) -> bool:
    """Tell whether two texts about one home are likely about the same thing.

    They name the same thing of a home; of two that name none, most pairs of characters of the shorter are in the longer.
    """
    left, right = _things(one), _things(other)
    if left and right:
        return bool(left & right - ROOMS) or (left == right)
    few, many = sorted((_pairs(one), _pairs(other)), key=len)
    return bool(few) and len(few & many) * 2 >= len(few)


def _things(text: str) -> set[str]:
    return {SAME.get(each, each) for each in THINGS if each in text}


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\w]|_", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
