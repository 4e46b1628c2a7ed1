"""The channels of the office, and by which of them I want to hear."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.mail import keeping
from menling.mail.failing import failing_channels
from menling.mail.models import Channel, Delivery, Reach
from menling.mail.policy import MailPolicy
from menling.policies.values import values_for
from menling.premises.administration.books import KEEPERS
from menling.premises.administration.people import NO_POSTS
from menling.web.entering import entered, pen
from menling.web.session import StaffRequest, staff_page

KEEPING = tuple(sorted(KEEPERS))
ROLES = [(role.value, ROLE_TITLES[role]) for role in Role if role not in NO_POSTS]
EXAMPLES = {
    Channel.Sort.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
    Channel.Sort.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=…",
    Channel.Sort.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
    Channel.Sort.WECOM_APP: "https://qyapi.weixin.qq.com?corpid=…&agentid=…",
    Channel.Sort.DING_APP: "https://oapi.dingtalk.com?appkey=…&agentid=…",
    Channel.Sort.FEISHU_APP: "https://open.feishu.cn?app_id=…",
    Channel.Sort.SMS: "https://sms.example.com/send",
    Channel.Sort.EMAIL: "mailtos://user:password@smtp.example.com?from=menling@example.com",
    Channel.Sort.CALL: "https://call.example.com/dial",
    Channel.Sort.OTHER: "wxpusher://…, spush://…, jsons://…",
}
"""What an address looks like, as the makers of the services hand it out."""


@never_cache
@staff_page(*KEEPING)
def listing(request: StaffRequest) -> HttpResponse:
    """Show the channels in use, the quiet hours, and the form for a new one, or for the one to `change`."""
    change = request.GET.get("change", "")
    changing = _channel(request, int(change)) if change.isdecimal() else None
    rows = Channel.objects.filter(office=request.office, ended_at__isnull=True).order_by("pk")
    failing = {each.pk for each in failing_channels(request.office, request.now)}
    shown = {
        "rows": [(row, keeping.masked(row), _last(row), row.pk in failing) for row in rows],
        "sorts": [(value, label, EXAMPLES[Channel.Sort(value)]) for value, label in Channel.Sort.choices],
        "changing": changing, "changing_address": keeping.masked(changing) if changing else "",
        "roles": ROLES, "quiet": values_for(request.office, request.now).policy(MailPolicy),
    }  # fmt: skip
    return render(request, "web/roles/channels.html", shown)


def _last(channel: Channel) -> Delivery | None:
    tried = Q(sent_at__isnull=False) | ~Q(error="")
    return Delivery.objects.filter(tried, channel=channel).order_by("-pk").first()


@require_POST
@staff_page(*KEEPING)
def add(request: StaffRequest) -> HttpResponse:
    """Set up a channel."""
    sent = request.POST

    def writing() -> None:
        keeping.add_channel(
            request.office, pen(request), sort=sent.get("sort", ""), name=sent.get("name", ""), address=sent.get("address", ""),
            secret=sent.get("secret", ""), roles=sent.getlist("roles"), in_the_open=bool(sent.get("in_the_open")),
        )  # fmt: skip

    return entered(request, writing, reverse("web:channels"), _("The channel is set up. Please try it."))


@require_POST
@staff_page(*KEEPING)
def change(request: StaffRequest, key: int) -> HttpResponse:
    """Change a channel in its place."""
    channel, sent = _channel(request, key), request.POST

    def writing() -> None:
        keeping.change_channel(
            channel, pen(request), name=sent.get("name", ""), address=sent.get("address", ""), secret=sent.get("secret", ""),
            roles=sent.getlist("roles"), in_the_open=bool(sent.get("in_the_open")),
        )  # fmt: skip

    return entered(request, writing, reverse("web:channels"), _("The channel is changed. Please try it."))


@require_POST
@staff_page(*KEEPING)
def attempt(request: StaffRequest, key: int) -> HttpResponse:
    """Send a trial."""
    channel = _channel(request, key)
    done = _("The trial is on its way; what came of it stands here in a moment.")
    return entered(request, lambda: keeping.try_channel(channel, pen(request)), reverse("web:deliveries"), done)


@require_POST
@staff_page(*KEEPING)
def end(request: StaffRequest, key: int) -> HttpResponse:
    """End a channel."""
    channel = _channel(request, key)
    return entered(
        request, lambda: keeping.end_channel(channel, pen(request)), reverse("web:channels"), _("The channel is ended.")
    )


def _channel(request: StaffRequest, key: int) -> Channel:
    rows = Channel.objects.filter(office=request.office, ended_at__isnull=True).select_related("office")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404(str(key))
    return found


@staff_page()
def mine(request: StaffRequest) -> HttpResponse:
    """Show or change by which channels somebody wants to hear."""
    if request.method == "POST":
        email, sorts = request.POST.get("email", ""), request.POST.getlist("sorts")
        done = _("Saved. What is urgent still comes by every channel.")
        return entered(request, lambda: keeping.choose(request.user, email=email, sorts=sorts), reverse("web:reach"), done)
    reach = Reach.objects.filter(staff=request.user).first()
    there = set(Channel.objects.filter(office=request.office, ended_at__isnull=True).values_list("sort", flat=True))
    shown_sorts = [(sort, Channel.Sort(sort).label, sort in there, reach is None or sort in reach.sorts)
             for sort in Channel.PERSONAL if sort != Channel.Sort.CALL]  # fmt: skip
    shown = {"sorts": shown_sorts, "email": reach.email if reach else "", "calls": Channel.Sort.CALL in there,
             "quiet": values_for(request.office, request.now).policy(MailPolicy)}  # fmt: skip
    return render(request, "web/roles/reach.html", shown)
