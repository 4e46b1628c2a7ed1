"""The written procedures, one module per kind of case."""

from menling.kernel.procedure import Procedure
from menling.procedures.adjustment import ADJUSTMENT
from menling.procedures.agreement import AGREEMENT
from menling.procedures.alarm import ALARM
from menling.procedures.batch import ALARM_BATCH, BATCH
from menling.procedures.call_order import CALL_ORDER
from menling.procedures.cashier_day import CASHIER_DAY
from menling.procedures.charge import CHARGE
from menling.procedures.closing_sheet import CLOSING_SHEET
from menling.procedures.commission import COMMISSION_MONTH, COMMISSION_QUERY
from menling.procedures.contract_review import CONTRACT_REVIEW
from menling.procedures.coordination import COORDINATION
from menling.procedures.deposit import DEPOSIT
from menling.procedures.errand import ERRAND
from menling.procedures.fee_standard import FEE_STANDARD
from menling.procedures.handover import HANDOVER
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.procedures.pad import PAD
from menling.procedures.paper_inquiry import PAPER_INQUIRY
from menling.procedures.referral import REFERRAL
from menling.procedures.refused_step import REFUSED_STEP
from menling.procedures.register_copy import REGISTER_COPY
from menling.procedures.repair import REPAIR
from menling.procedures.settlement import SETTLEMENT
from menling.procedures.shift_handover import SHIFT_HANDOVER
from menling.procedures.tax_invoice import TAX_INVOICE

PROCEDURES: dict[str, Procedure] = {
    procedure.kind: procedure
    for procedure in (
        AGREEMENT,
        REPAIR,
        HOUSEKEEPING,
        BATCH,
        REFERRAL,
        REFUSED_STEP,
        REGISTER_COPY,
        CHARGE,
        SETTLEMENT,
        HANDOVER,
        CALL_ORDER,
        SHIFT_HANDOVER,
        ALARM,
        ALARM_BATCH,
        ERRAND,
        PAD,
        PAPER_INQUIRY,
        COORDINATION,
        CLOSING_SHEET,
        FEE_STANDARD,
        CONTRACT_REVIEW,
        COMMISSION_QUERY,
        COMMISSION_MONTH,
        CASHIER_DAY,
        ADJUSTMENT,
        DEPOSIT,
        TAX_INVOICE,
    )
}
"""Every procedure by the kind of its cases."""
