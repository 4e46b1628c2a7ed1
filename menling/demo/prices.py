"""The published price list of the invented offices, in yuan, after what estates publish on their notice boards."""

from datetime import datetime
from decimal import Decimal

from menling.catalogue.models import PriceItem, PriceList, StandardItem
from menling.premises.models import Office

V, P, B, M, Q = "visit", "piece", "block", "metre", "square_metre"
SERVICES = (
    ("W01", "厨房下水疏通", "Clear a kitchen drain", "86.00", V, "疏通"),
    ("W02", "马桶疏通", "Clear a toilet", "100.00", V, "疏通"),
    ("W03", "地漏疏通", "Clear a floor drain", "60.00", V, "疏通"),
    ("W04", "面盆下水疏通", "Clear a basin drain", "50.00", V, "疏通"),
    ("W05", "更换水龙头（人工）", "Replace a tap (labour)", "35.00", P, "水暖"),
    ("W06", "更换三角阀（人工）", "Replace an angle valve (labour)", "25.00", P, "水暖"),
    ("W07", "更换软管（人工）", "Replace a hose (labour)", "15.00", P, "水暖"),
    ("W08", "维修马桶水箱", "Repair a toilet cistern", "45.00", V, "水暖"),
    ("W09", "更换花洒（人工）", "Replace a shower head (labour)", "30.00", P, "水暖"),
    ("W10", "安装热水器（人工）", "Install a water heater (labour)", "150.00", P, "家电"),
    ("W11", "浴缸疏通", "Clear a bath drain", "40.00", V, "疏通"),
    ("W12", "更换马桶进水阀（人工）", "Replace a toilet inlet valve (labour)", "15.00", P, "水暖"),
    ("E01", "更换灯泡灯管（人工）", "Replace a lamp (labour)", "10.00", P, "电气"),
    ("E02", "安装吸顶灯（人工）", "Install a ceiling lamp (labour)", "60.00", P, "电气"),
    ("E03", "更换开关插座（人工）", "Replace a switch or socket (labour)", "20.00", P, "电气"),
    ("E04", "更换空气开关（人工）", "Replace a circuit breaker (labour)", "40.00", P, "电气"),
    ("E05", "线路检查", "Check the wiring", "50.00", B, "电气"),
    ("E06", "明线敷设（人工）", "Lay a surface cable (labour)", "12.00", M, "电气"),
    ("E07", "安装吊灯（人工）", "Install a hanging lamp (labour)", "40.00", P, "电气"),
    ("E08", "清洗空调滤网", "Clean an air-conditioner filter", "10.00", B, "家电"),
    ("D01", "更换门锁（人工）", "Replace a door lock (labour)", "80.00", P, "五金"),
    ("D02", "移门维修", "Repair a sliding door", "70.00", P, "门窗"),
    ("D03", "更换窗把手（人工）", "Replace a window handle (labour)", "20.00", P, "门窗"),
    ("D04", "安装晾衣架（人工）", "Install a clothes rack (labour)", "120.00", P, "五金"),
    ("D05", "打孔", "Drill a hole", "8.00", P, "五金"),
    ("D06", "打玻璃胶", "Seal with silicone", "25.00", M, "五金"),
    ("D07", "更换信箱锁", "Replace a letter-box lock", "25.00", P, "五金"),
    ("D08", "安装窗帘", "Hang a curtain", "40.00", P, "五金"),
    ("C01", "家庭保洁（两人三小时）", "Home cleaning (two people, three hours)", "240.00", V, "保洁"),
    ("C02", "擦窗（全屋）", "Window cleaning (whole home)", "160.00", V, "保洁"),
    ("C03", "厨房去油保洁", "Kitchen degreasing", "120.00", V, "保洁"),
    ("C04", "地毯清洗", "Carpet cleaning", "150.00", V, "保洁"),
    ("C05", "钟点保洁（一人）", "Cleaning by time (one person)", "22.50", B, "保洁"),
    ("C06", "油烟机清洗", "Range-hood cleaning", "130.00", P, "保洁"),
    ("C07", "深度保洁", "Deep cleaning", "8.00", Q, "保洁"),
    ("C08", "沙发清洗（每座）", "Sofa cleaning (each seat)", "60.00", P, "保洁"),
    ("T01", "更换瓷砖（人工）", "Replace tiles (labour)", "90.00", Q, "泥瓦"),
)
MATERIALS = (
    ("M01", "三角阀", "Angle valve", "28.00", P), ("M02", "不锈钢软管 50 cm", "Steel hose 50 cm", "18.00", P),
    ("M03", "单冷水龙头", "Cold tap", "65.00", P), ("M04", "混合水龙头", "Mixer tap", "168.00", P),
    ("M05", "LED 灯管", "LED tube", "32.00", P), ("M06", "五孔插座", "Socket", "18.50", P),
    ("M07", "空气开关 32A", "Circuit breaker 32 A", "46.00", P), ("M08", "防盗门锁芯", "Lock cylinder", "120.00", P),
    ("M09", "电线 2.5 mm²", "Cable 2.5 mm²", "4.50", M), ("M10", "密封胶", "Sealant", "22.00", P),
)  # fmt: skip


def publish(office: Office, since: datetime) -> None:
    """Publish the list of an office from an instant on."""
    published = PriceList.objects.create(office=office, name="特约服务收费标准", in_force_from=since)
    services = [PriceItem(price_list=published, code=code, name=name, name_en=english, price=Decimal(price), per=per, skill=skill)
                for code, name, english, price, per, skill in SERVICES]  # fmt: skip
    materials = [PriceItem(price_list=published, code=code, name=name, name_en=english, price=Decimal(price), per=per,
                           is_material=True) for code, name, english, price, per in MATERIALS]  # fmt: skip
    PriceItem.objects.bulk_create(services + materials)
    standard = [StandardItem(company=office.company, code=code, name=name, name_en=english, price=Decimal(price), per=per,
                             in_force_from=since) for code, name, english, price, per, _skill in SERVICES]  # fmt: skip
    StandardItem.objects.bulk_create(standard, ignore_conflicts=True)  # one list for all offices of the company
