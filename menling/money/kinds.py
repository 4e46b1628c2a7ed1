"""The kinds of case of this room, for the doors."""

from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.money.commands import cashing, charging, confirming, handing, setting_aside, settling
from menling.money.given_kinds import GIVEN_KINDS
from menling.money.models import Charge, Handover, Settlement
from menling.money.sheets import CashierDay
from menling.procedures.cashier_day import CASHIER_DAY
from menling.procedures.charge import CHARGE
from menling.procedures.handover import HANDOVER
from menling.procedures.settlement import SETTLEMENT

AGAIN = ("HS-4.1.1.6", _("Somebody recorded this at the same moment. Please look again."))

ENVELOPE = ("MR-25", _("An envelope of this number was sealed before. Please look at the number again."))
BEGUN = ("MR-28", _("This day is begun already. Please go on on its sheet."))
SLIP_KNOWN = ("MR-29", _("A slip of this number was entered before. Please look at the number again."))

KINDS = GIVEN_KINDS | {
    "charge": Kind(
        CHARGE,
        Charge,
        commands={
            "query_fee": charging.query_fee,
            "confirm_fee": charging.confirm_fee,
            "collect": charging.collect,
            "confirm_payment": confirming.confirm_payment,
        },
        related=("case__parent",),
        conflicts={"one_open_handover": AGAIN, "money_statementline_charge_id_key": AGAIN},
    ),
    "settlement": Kind(
        SETTLEMENT,
        Settlement,
        commands={"settle": settling.settle, "remind": settling.remind, "tick": settling.tick},
        related=("case__parent", "charge__case"),
    ),
    "handover": Kind(
        HANDOVER,
        Handover,
        commands={
            "hand_over": handing.hand_over,
            "receive": handing.receive,
            "seal": handing.seal,
            "open_envelope": handing.open_envelope,
            "sign_difference": handing.sign_difference,
        },
        related=("office__company", "holder"),
        conflicts={"envelope_once": ENVELOPE},
    ),
    "cashier_day": Kind(
        CASHIER_DAY,
        CashierDay,
        commands={
            "deposit": cashing.deposit,
            "withdraw": cashing.withdraw,
            "counter_entry": cashing.counter_entry,
            "difference": cashing.difference,
            "confirm_entry": cashing.confirm_entry,
            "refuse_entry": cashing.refuse_entry,
            "set_aside": setting_aside.set_aside,
            "take_up": setting_aside.take_up,
            "close_day": cashing.close_day,
            "reopen": cashing.reopen,
        },
        openings={"begin": cashing.begin},
        related=("office__company",),
        conflicts={"cashier_day_once": BEGUN, "bank_slip_once": SLIP_KNOWN},
    ),
}
"""Kinds by name."""
