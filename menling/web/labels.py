"""What a fact is called beside its field and in the timeline, and what its choices are called."""

from django.utils.translation import gettext_noop as _

from menling.kernel.procedure import ROLE_TITLES
from menling.procedures.adjustment_rules import SORTS
from menling.procedures.conduct import GROUPS
from menling.procedures.coordination import ENTRY
from menling.procedures.deposit import PURPOSES

LABELS: dict[str, str] = {
    "capacity": _("We have the people, and the price is right"), "first_day": _("First day"), "last_day": _("Last day"),
    "stop_on": _("First day without service"), "notice": _("Written notice: its words"), "given_by": _("Who brought it"),
    "delivered_at": _("Delivered at"), "rest_until": _("Expected to go on after"), "renewal": _("Wants to go on"),
    "renews": _("Follows"), "agreement": _("Agreement"),
    "count": _("Counted note by note"), "envelope": _("Number on the envelope"), "witnesses": _("Witnesses, by work number"),
    "bank_slip": _("Number of the bank's slip"), "entry": _("Counter-entry"), "held": _("Who still holds cash, and why"),
    "unpaid": _("QR payments on no statement: what is known"),
    "review": _("Contract review"), "proposed": _("Proposed"), "more": _("Added to the line, in yuan"),
    "about": _("About"), "agreed_by": _("Agreed with"), "amount": _("Amount in yuan"),
    "asked_by": _("Who asked for it"),
    "answers": _("What the resident answered"), "apologised": _("Apologised"), "became": _("Order it became"),
    "can_come_at": _("Can be there at"), "bought_by": _("Who buys it"), "card": _("Service card left"),
    "channel": _("How it came"),
    "code": _("Item of the list"), "consented": _("The resident agrees"), "content": _("What is the matter"),
    "damaged": _("Something was damaged"), "day": _("Day"), "days": _("Day"), "description": _("Work that is not on the list"),
    "difference_reason": _("Reason for the difference"), "done": _("What was done"), "explained": _("What was explained"),
    "field": _("What to correct"), "free": _("Free of charge"), "handler": _("Who goes on"), "happened_at": _("True time"),
    "how": _("How it was agreed"), "item": _("What was damaged"), "items": _("Price list"), "material": _("Material"),
    "method": _("Paid by"), "name": _("Name"), "next_at": _("Goes on at"), "note": _("Remark"),
    "borne_by": _("Who bears it"), "none_offered": _("No help was offered instead"), "offered": _("Help offered instead"),
    "on_behalf_of": _("Work number of who did it"), "opinion": _("Opinion"),
    "phone": _("Phone"), "photo": _("Photo"), "photos": _("Photos"), "plan": _("What will be done"),
    "price": _("Price in yuan"), "quantity": _("Quantity"), "question": _("What is asked"), "rating": _("Rating"),
    "reason": _("Reason"), "release": _("Why the worker's planned visit gives way"), "remark": _("Remark"),
    "reporter": _("Reporter"), "requirements": _("Requirements"), "responsible": _("Person responsible"),
    "quoted": _("Charged for"), "result": _("Result"), "work": _("Work wanted"),
    "shortfall_reason": _("Reason for taking less"), "size": _("Size"),
    "slip": _("Number of the message slip"), "source": _("Told by"), "stock_price": _("Stock-in price in yuan"),
    "summary": _("What was done"), "text": _("Remark"), "told": _("What the resident was told"), "unit": _("Unit"),
    "urgency": _("Urgency"), "value": _("Right wording"), "visit_at": _("Visit time"), "wanted": _("What is wanted"),
    "what": _("What is difficult"), "worker": _("Worker"), "whose": _("Whose number"), "worker_name": _("Worker"),
    "to_desk": _("Desk"), "group": _("Reminder"), "office": _("Office"), "minutes": _("Minutes at work"),
    "opened": _("The whole card was opened"),
    "unended": _("Visits not ended"), "early": _("Asked at the door, before the time agreed"),
    "agreed_for": _("Agreed for"), "length": _("Asked about the length of the visit"),
    "worked": _("Minutes of each job"), "roles": _("Roles"), "people": _("People"),
    "old": _("Before"), "new": _("Now"), "filed_on": _("Filed on"), "keep_until": _("Keep until"), "due": _("Due"),
    "also": _("Ask these offices too"), "answer": _("Answer"), "answer_day": _("Answer on"),
    "answer_in_days": _("Customer hears in days"), "outcome": _("What came of it"), "words": _("In the customer's words"),
    "to": _("To"), "kind": _("Kind"), "keys": _("Keys"), "radios": _("Radios"), "remarks": _("Remarks"),
    "customer": _("Customer"), "call_again_at": _("Call again at"), "passed_by": _("Passed on by"), "taken_by": _("Taken by"),
    "open_orders": _("Open orders"), "late_orders": _("Late orders"), "envelopes": _("Cash envelopes"), "to_name": _("Name"),
    "failed": _("What has to be done again"), "workers": _("Who goes"), "names": _("Who goes"), "until": _("Repeated until"),
    "override_reason": _("Why so soon"), "not_signed": _("Not signed because"), "by_call": _("By telephone"),
    "was": _("What was not in order"), "round": _("Acceptance"), "collector": _("Who came for the orders"),
    "collector_name": _("Who came for the orders"),
    "receipt": _("Receipt"), "expected": _("Expected"), "difference": _("Difference"), "signed_by": _("Signed by"),
    "beside": _("Planned elsewhere at that time"), "untimed": _("When the worker took it is not on the paper"),
    "goods": _("Goods"), "unit_price": _("Price of one"), "buy_by": _("To be bought by"), "sheet": _("Number of the sheet"),
    "buyer": _("Buyer (work number)"), "invoice": _("Number of the invoice"), "told_resident": _("The resident was told"),
    "finance_copy": _("The finance copy is here"), "checked": _("Compared with the invoice"), "cause": _("Cause"),
    "found": _("What was found out"), "person": _("Who caused it (work number)"), "dealt": _("How it was dealt with"),
    "form": _("Form"), "first": _("First number"), "last": _("Last number"), "number": _("Number of the sheet"),
    "order": _("Order number"), "blank_from": _("Unused from number on"), "used": _("Used or void"),
    "blank": _("Handed in blank"), "missing": _("Missing"),
    "entries": _("Repairs"), "orders": _("Orders"),
    "tracker": _("Who tracks it"), "owner_told": _("The owner was told"), "place": _("Place"),
    "contact": _("Who was spoken to"), "contact_way": _("How to reach them"), "opinions": _("Opinions of those concerned"),
    "attitude": _("Attitude"), "expected_at": _("Expected completion"), "tracker_name": _("Tracker"),
    "unsigned": _("Unsigned"), "unanswered": _("Without an answer"), "tracked_at": _("Tracked at"), "of": _("Order"),
    "duty": _("What was done of the list"), "informed": _("Who was informed"), "needed": _("It was needed"),
    "hazard": _("What is unsafe"), "shown": _("The resident was shown it"), "measures": _("What was done about it"),
    "occurred_at": _("When it occurred"), "emergency": _("Kind of emergency"), "job": _("Work on the alarm"),
    "hazards": _("What is dangerous there"), "over": _("Written down afterwards, nobody is called out"),
    "alarm_at": _("Agreed time"),
    "reported_at": _("Reported at"), "arrived_at": _("At the door at"), "started_at": _("Begun at"), "finished_at": _("Done at"),
    "follow_up": _("Follow-up call"), "department": _("Department"), "collected": _("Collected"), "shortfall": _("Shortfall"),
    "sort": _("Sort"), "charge": _("Charge number"), "decision": _("Decision"), "paid_to": _("Paid to"), "payer": _("Payer"),
    "purpose": _("Purpose"), "kept": _("Kept"), "left": _("Left"), "for": _("Because of"),
    "made_out_to": _("Made out to"), "title": _("Title of the invoice"), "tax_number": _("Tax number"), "email": _("E-mail"),
}  # fmt: skip

IN_STEP: dict[tuple[str, str], str] = {("log", name): title for name, title in ENTRY.items()}
"""What a fact of a step is called where another step calls one of the same name something else, by verb and fact."""

TYPED: dict[str, str] = {
    "reported": _("Reported at"), "accepted": _("Accepted by the worker at"), "agreed": _("Resident agreed to the price at"),
    "signed": _("Signed on paper at"), "sent": _("Sent at"), "arrived": _("Arrived at"), "begun": _("Begun at"),
    "finished": _("Finished at"), "paid": _("Paid at"), "bought": _("Bought at"), "delivered": _("Brought at"),
}  # fmt: skip
"""What the times of a paper sheet are called beside their fields."""

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
