"""How the exports of WeChat Pay, Alipay and the banks name their columns.

WeChat gives the merchant's transaction bill and, for a QR code without a merchant number, the bill of the account; Alipay
the account detail, the business detail and the bill of the account; each bank a list of its own with much the same words.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """How an export names its columns: the first name of each that is there counts; `succeeded` are the states of money in.

    `standing` says what became of a payment since: given back, closed, failed. Not every export has it.

    Brackets are written ``()`` here, whichever the export has.
    """

    account: str
    at: tuple[str, ...]
    trade: tuple[str, ...]
    amount: tuple[str, ...]
    payer: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    succeeded: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


NOT_HERE = ("退", "关闭", "失败", "等待", "撤销", "取消", "冻结")
"""What stands in the state of a payment that went back or never came."""

BANK_AT = ("交易时间", "交易日期", "记账日期", "入账日期", "交易日")
BANK_TRADE = (
    "交易流水号", "账户明细编号-交易流水号", "流水号", "核心流水号", "交易流水", "交易序号", "凭证号", "日志号",
)  # fmt: skip
BANK_PAYER = ("对方户名", "对方名称", "对方账户名称", "付款人名称")
BANK_REMARK = ("附言", "备注", "用途", "摘要", "交易附言")
BANK_CLOCK = ("交易日期", "交易日")

LAYOUTS = (
    Layout(
        "wechat", ("交易时间",), ("微信订单号",), ("订单金额", "应结订单金额", "总金额"), ("用户标识",),
        ("商品名称", "商户数据包", "商户订单号"), ("交易状态",), ("SUCCESS", "买家已支付", "支付成功"),
    ),
    Layout(
        "wechat", ("交易时间",), ("交易单号",), ("金额(元)",), ("交易对方",), ("商品", "备注", "商户单号"), ("收/支",), ("收入",),
        standing=("当前状态",),
    ),
    Layout(
        "alipay", ("发生时间",), ("账务流水号",), ("收入金额(+元)", "收入(+元)"), ("对方账号", "对方名称"),
        ("备注", "商品名称", "商户订单号"),
    ),
    Layout(
        "alipay", ("完成时间", "创建时间"), ("支付宝交易号",), ("订单金额(元)", "商家实收(元)"), ("对方账户",),
        ("商品名称", "备注", "商户订单号"), ("业务类型",), ("交易",),
    ),
    Layout(
        "alipay", ("交易时间",), ("交易订单号",), ("金额", "金额(元)"), ("交易对方", "对方账号"),
        ("商品说明", "备注", "商家订单号"), ("收/支",), ("收入",), standing=("交易状态",),
    ),
    Layout(
        "bank", BANK_AT, BANK_TRADE,
        ("贷方发生额", "贷方发生额/元(收入)", "贷方发生额(收入)", "贷方金额", "收入金额", "转入金额", "存入金额", "收入", "存入"),
        BANK_PAYER, BANK_REMARK, clock=BANK_CLOCK,
    ),
    Layout(
        "bank", BANK_AT, BANK_TRADE, ("交易金额", "发生额", "金额"), BANK_PAYER, BANK_REMARK,
        ("借贷标志", "借贷方向", "借贷", "收支方向", "收/支"), ("贷", "贷方", "C", "收入", "收", "转入"), BANK_CLOCK,
    ),
)  # fmt: skip
