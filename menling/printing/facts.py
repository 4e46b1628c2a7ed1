"""What a sheet of paper says, as plain values: whoever prints gathers these, and the templates only set them.

Instants are aware datetimes, amounts are exact yuan. `None` means "not known yet" and leaves room to write by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class PriceLine:
    """One line of the price: a service item or a material (EN-D.12), with what it is counted in (`per`)."""

    name: str
    unit_price: Decimal
    quantity: Decimal | int
    amount: Decimal
    per: str = ""


@dataclass(frozen=True)
class Consent:
    """When and how the price was agreed to before work began (HC-5.1.3, EN-3.7)."""

    given_at: datetime
    how: str


@dataclass(frozen=True)
class VisitLine:
    """One visit as it was, unrounded (EN-D.10A, EN-D.10B); `minutes` are the whole minutes shown."""

    arrived: datetime
    finished: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class SlipFacts:
    """A dispatch slip: its five elements (EN-F.2), its price and consent, its outcome and its signatures (EN-D.10-15).

    `unit_long` is the unit as people say it (3栋2单元1201); `rating` is 1 to 5 or the word the resident chose; `paid`
    decides how long the slip is kept (EN-D.2), `keep_until` being the last day; `large_type` sets the A5 slip in 16 pt.
    """

    company: str
    office_name: str
    office_phone: str
    form_no: str
    number: str
    qr_text: str
    kind_title: str
    unit: str
    unit_long: str
    reporter: str
    phone: str
    content: str
    visit_at: datetime | None
    legal_owner: str = ""
    requirements: str = ""
    issued_at: datetime | None = None
    promise: str = ""
    worker_name: str = ""
    worker_number: str = ""
    earlier_visits: Sequence[str] = ()
    items: Sequence[PriceLine] = ()
    materials: Sequence[PriceLine] = ()
    amount: Decimal | None = None
    consent: Consent | None = None
    visits: Sequence[VisitLine] = ()
    total_minutes: int | None = None
    unended: int = 0
    result: str = ""
    rating: int | str | None = None
    opinion: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    signature_png: bytes | None = None
    worker_signed_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    paid: bool = False
    keep_until: date | None = None
    large_type: bool = False


@dataclass(frozen=True)
class ReceiptFacts:
    """Money taken: who paid how much for which order, and who took it, when and how. `amount` is never negative."""

    company: str
    office_name: str
    office_phone: str
    form_no: str
    number: str
    payer: str
    unit: str
    order_number: str
    amount: Decimal
    collector: str
    collected_at: datetime
    method: str
    purpose: str = ""
    qr_text: str = ""


@dataclass(frozen=True)
class MessageSlipFacts:
    """Nobody was home: the note for the door and its stub for the desk (HS-4.3.3).

    The note hangs where neighbours read it, so there is no place here for a name, a phone or the matter itself.
    """

    company: str
    office_name: str
    office_phone: str
    form_no: str
    number: str
    unit: str
    unit_long: str
    visited_at: datetime
    worker_name: str
    worker_number: str
    order_number: str
    return_by: datetime | None = None
    qr_text: str = ""


@dataclass(frozen=True)
class ItemLine:
    """An item of a cleaning: passed, failed with a remark, or not looked at yet (None)."""

    text: str
    passed: bool | None = None
    remark: str = ""


@dataclass(frozen=True)
class AcceptanceLine:
    """One acceptance of the chain, by name and time once it was given; `title` says whose it is (HA-4.1)."""

    title: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class RecordFacts:
    """A home service record: what was booked and confirmed, cleaned and accepted, scored and signed (HS-4.1.1.4, HA-1 to HA-4).

    `title` is the one the office chose (CF-30), `scores` are the scores to choose from, the best first; `second_at` is when the
    resident accepted what was done again.
    """

    company: str
    office_name: str
    office_phone: str
    title: str
    form_no: str
    number: str
    qr_text: str
    unit: str
    customer: str
    phone: str
    content: str
    requirements: str = ""
    visit_at: datetime | None = None
    workers: Sequence[str] = ()
    amount: Decimal | None = None
    confirmed: str = ""
    confirmed_at: datetime | None = None
    work_done: str = ""
    filled_by: str = ""
    items: Sequence[ItemLine] = ()
    chain: Sequence[AcceptanceLine] = ()
    scores: Sequence[int] = (5, 4, 3, 2, 1)
    score: int | None = None
    opinion: str = ""
    second_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    signature_png: bytes | None = None


class Kind(StrEnum):
    """What a register's column holds, which decides how it is set and what kind of cell Excel gets."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    SIGNATURE = "signature"


class Align(StrEnum):
    """Where a column's values stand; figures stand right unless told otherwise."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


Cell = str | int | Decimal | date | datetime | None
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Column:
    """One column of a register; `width` is in Chinese characters, and paper scales all widths to the page."""

    key: str
    label: str
    width: float = 6
    kind: Kind = Kind.TEXT
    align: Align | None = None


@dataclass(frozen=True)
class RegisterFacts:
    """A register or list: columns, rows by column key, and totals for the columns that have one.

    Every column named in `totals` is also added up page by page, so its cells must be numbers or empty.
    """

    title: str
    office: str
    period: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Mapping[str, Decimal | int] = field(default_factory=dict)
    company: str = ""
    form_no: str = ""
    signers: Sequence[str] = ()
