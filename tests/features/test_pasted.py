"""Messages as residents write them in their group chat, and what the desk is told about them."""

import pytest

from menling.orders.pasted import read, same_matter

MESSAGES = (
    # message, places, phone, kind, urgent
    ("3-2-1201 厨房下水堵了，电话13800138000", ("3-2-1201",), "13800138000", "repair", False),
    ("物业在吗？3栋2单元1201家里卫生间漏水，麻烦派人来看看", ("3栋2单元1201",), "", "repair", False),
    ("三号楼二单元1201室 马桶堵了 138 0013 8000 王女士", ("三号楼二单元1201室",), "13800138000", "repair", False),
    ("@物业小李 5号楼1单元302的灯不亮了", ("5号楼1单元302",), "", "repair", False),
    ("王芳：3-2-1201水管爆了！！！水止不住，快来人", ("3-2-1201",), "", "repair", True),
    ("王芳 3-2-1201 10:32\n厨房水龙头滴水\n明天上午在家", ("3-2-1201",), "", "repair", False),
    ("我家1201室跳闸了，一推上去就跳", ("1201室",), "", "repair", False),
    ("7#1803 门锁坏了进不去门，急！手机139-1234-5678", ("7#1803",), "13912345678", "repair", False),
    ("你好，12幢601，想约个保洁，周六上午打扫一下", ("12幢601",), "", "housekeeping", False),
    ("有没有擦玻璃的钟点工？8-1-902", ("8-1-902",), "", "housekeeping", False),
    ("8栋902 油烟机要清洗 洗油烟机多少钱", ("8栋902",), "", "housekeeping", False),
    ("新房开荒保洁怎么收费 15号楼2单元2301", ("15号楼2单元2301",), "", "housekeeping", False),
    ("6栋1单元501 家庭报警器一直响，是不是误报", ("6栋1单元501",), "", "alarm", False),
    ("烟感一直滴滴响 9-3-1102", ("9-3-1102",), "", "alarm", False),
    ("可视对讲撤防不了，4幢1单元201，15912345678", ("4幢1单元201",), "15912345678", "alarm", False),
    ("我要投诉！昨天维修师傅态度太差了 2-1-301", ("2-1-301",), "", "complaint", False),
    ("楼上天天装修声，太吵了没人管吗", (), "", "complaint", False),
    ("垃圾房旁边乱停车，说了几次了", (), "", "complaint", False),
    ("有人乱收费 我要投诉 10栋1单元1502 我姓陈", ("10栋1单元1502",), "", "complaint", False),
    ("请问物业费什么时候交", (), "", "other", False),
    ("谢谢🙏", (), "", "other", False),
    ("3－2－1201 空调不制冷，空调外机滴水，座机021-60001234", ("3-2-1201",), "02160001234", "repair", False),
    ("家里插座冒烟了！5-2-403 快", ("5-2-403",), "", "repair", True),
    ("燃气味很重！！11栋2单元801 13700001111", ("11栋2单元801",), "13700001111", "other", True),
    ("明天14:30能来修窗户吗 1栋1单元101", ("1栋1单元101",), "", "repair", False),
    ("8-10点之间都可以，A座1506 热水器不出水", ("A座1506",), "", "repair", False),
    ("我是3栋的，家里没电", (), "", "repair", False),
    ("3栋2单元1201和3栋2单元1301都没水了", ("3栋2单元1201", "3栋2单元1301"), "", "repair", False),
    ("+86 138-0013-8000 联系人：李明 地暖不热 二十号楼一单元八零二", ("二十号楼一单元八零二",), "13800138000", "repair", False),
    ("11-23之前帮忙看下 阳台地漏返味 3-2-1202", ("3-2-1202",), "", "repair", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "places", "phone", "kind", "urgent"), MESSAGES, ids=[each[0][:18] for each in MESSAGES])
def test_a_message_of_the_group_is_read(text: str, places: tuple[str, ...], phone: str, kind: str, urgent: bool) -> None:
    found = read(text)
    assert (found.places, found.phone, found.kind, found.urgent) == (places, phone, kind, urgent)


def test_the_words_kept_are_those_about_the_matter() -> None:
    assert read("王芳：3-2-1201 厨房下水堵了，电话13800138000").words == "厨房下水堵了"
    assert read("王芳 3-2-1201 10:32\n厨房水龙头滴水\n明天上午在家").words == "王芳，厨房水龙头滴水，明天上午在家"
    assert read("@物业小李 5号楼1单元302的灯不亮了").words == "的灯不亮了"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("王芳：水管漏了", "王芳"),
        ("灯坏了，我姓陈", "陈"),
        ("马桶堵了 王女士", "王女士"),
        ("联系人：李明 地暖不热", "李明"),
        ("灯坏了", ""),
    ],
)
def test_who_reports_is_read_where_it_is_said(text: str, who: str) -> None:
    assert read(text).reporter == who


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("厨房下水堵", "我家厨房的下水又堵了", True), ("厕所马桶堵了", "卫生间马桶不通", True),
        ("厨房灯不亮", "厨房下水堵", False),
        ("水龙头滴水", "厨房龙头关不紧", True), ("门锁坏了", "空调不冷", False), ("家里没有水了", "没有水", True),
        ("漏", "谢谢", False),
    ],
)  # fmt: skip
def test_two_messages_about_one_thing_are_one_case(one: str, other: str, same: bool) -> None:
    assert same_matter(one, other) is same
