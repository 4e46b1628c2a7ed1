"""What a fact is called beside its field and in the timeline, and what its choices are called."""

from django.utils.translation import gettext_noop as _

from menling.kernel.procedure import ROLE_TITLES
from menling.procedures.adjustment_rules import SORTS
from menling.procedures.conduct import GROUPS
from menling.procedures.coordination import ENTRY
from menling.procedures.deposit import PURPOSES

IN_STEP: dict[tuple[str, str], str] = {("log", name): title for name, title in ENTRY.items()}
"""What a fact of a step is called where another step calls one of the same name something else, by verb and fact."""

CHOICES: dict[str, dict[str, str]] = {
    "per": {"visit": _("a visit"), "month": _("a month")},
    "borne_by": {"office": _("the office"), "resident": _("the resident, who was warned"), "open": _("to be decided")},
    "how": {"in_person": _("in person"), "phone": _("on the phone"), "own_link": _("on the own link"), "paper": _("on paper"),
            "agreement": _("in the agreement")},
    "early": {"agreed": _("the resident agrees"), "not_agreed": _("the resident does not agree")},
    "length": {"right": _("it is right"), "not_right": _("it is not right")},
    "about": {
        "damage": _("damage"), "valuables": _("valuables"), "concealed_lines": _("hidden lines in the wall"), "load": _("weight"),
    },
    "field": {
        "reporter": _("Reporter"), "phone": _("Phone"), "content": _("What is the matter"), "requirements": _("Requirements"),
        "name": _("Customer"), "item": _("Goods"), "brand": _("Brand"), "nature": _("Nature"), "quantity": _("Quantity"),
        "spec": _("Specification"), "price": _("Price of one"), "buy_by": _("To be bought by"),
    },
    "cause": {
        "printing": _("printed wrongly"), "damaged": _("spoilt"), "elsewhere": _("found in another place"), "lost": _("lost"),
        "misused": _("misused"),
    },
    "form": {
        "errand_sheet": _("sheet of the purchase register"), "message_slip": _("message slip"),
        "dispatch_slip": _("dispatch slip"),
    },
    "method": {"cash": _("cash"), "qr": _("QR code"), "bank": _("bank transfer"), "prepaid": _("prepayment")},
    "sort": {**SORTS}, "purpose": {**PURPOSES}, "roles": {role.value: title for role, title in ROLE_TITLES.items()},
    "made_out_to": {"person": _("a person"), "company": _("a company")},
    "urgency": {"ordinary": _("ordinary"), "emergency": _("urgent")},
    "size": {"small": _("small"), "big": _("large")},
    "wanted": {
        "repair": _("repair"), "housekeeping": _("housekeeping"), "alarm": _("home alarm"), "other": _("something else"),
    },
    "outcome": {
        "done": _("service done"), "not_needed": _("not wanted any more"), "cannot": _("nobody found"), "declined": _("declined"),
    },
    "emergency": {"burst_pipe": _("burst pipe"), "leak": _("leak at a vital place"), "power_cut": _("power cut")},
    "duty": {
        "control_centre": _("control centre informed"), "worker": _("worker sent"),
        "departments": _("departments concerned notified"), "authorities": _("authorities called, or not needed"),
    },
    "job": {"activation": _("open the alarm"), "relocation": _("move the alarm"), "repair": _("repair the alarm"),
            "open": _("open the alarm"), "move": _("move the alarm")},  # as older entries of a timeline say it
    "kind": {"repair": _("repair"), "housekeeping": _("housekeeping")},
    "to_desk": {"control_centre": _("control centre"), "service_desk": _("service desk")},
    "source": {
        "radio": _("radio"), "phone": _("telephone"), "paper": _("paper"), "own_word": _("own word, from an earlier shift"),
        "cut_over": _("brought over from another system"),
    },
    "channel": {
        "phone": _("telephone"), "counter": _("counter"), "online": _("online"), "app": _("app"), "intercom": _("intercom"),
        "wechat": _("WeChat"), "paper": _("paper"), "import": _("imported"), "call_department": _("call department"),
        "other": _("other"), "agreement": _("agreement"),
    },
    "result": {"satisfied": _("satisfied"), "quality_problem": _("problem of quality"), "not_satisfied": _("not satisfied")},
    "not_signed": {"phone": _("agreed on the phone")},
    "bought_by": {"resident": _("the resident"), "office": _("we, by the purchase register")},
    "asked_by": {"office": _("the office"), "resident": _("the resident")},
    "follow_up": {
        "mandatory": _("must be called back"), "reached": _("reached"), "not_reached": _("nobody answered"),
    },
    "group": {each.key: each.title for each in GROUPS},
}  # fmt: skip
