"""The office's own app at WeCom, DingTalk or Feishu: a message to one person, who is found by telephone number.

An address names the service and the app, such as ``https://qyapi.weixin.qq.com?corpid=…&agentid=…``; the app's secret stands
beside it. Each makes a token of both first, which holds for two hours and is kept until then or until a sending fails.
"""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from menling.mail.letters import UNKNOWN, Letter, Undelivered, Unreachable
from menling.mail.posting import agreed, get, post

NEEDS = {"wecom_app": ("corpid", "agentid"), "ding_app": ("appkey", "agentid"), "feishu_app": ("app_id",)}
"""What the address of an app has to name, by sort of channel."""
HOLDS = 6_600
"""Seconds a token is used; the services let it hold for two hours."""
_tokens: dict[tuple[str, str], tuple[str, float]] = {}


def named(sort: str, address: str) -> bool:
    """Tell whether an address names everything its sort of app needs."""
    return all(_app(address)[1].get(each) for each in NEEDS[sort])


def wecom(address: str, secret: str, letter: Letter) -> None:
    """Send as a WeCom app. Errors: `Undelivered`."""
    site, app = _app(address)

    def token() -> str:
        asked = urlencode({"corpid": app["corpid"], "corpsecret": secret})
        return str(agreed(get(f"{site}/cgi-bin/gettoken?{asked}"))["access_token"])

    def send(key: str) -> None:
        found = agreed(post(f"{site}/cgi-bin/user/getuserid?access_token={quote(key)}", {"mobile": letter.phone}, letter.mark))
        agreed(post(f"{site}/cgi-bin/message/send?access_token={quote(key)}", {
            "touser": found["userid"], "msgtype": "text", "agentid": app["agentid"], "text": {"content": letter.text},
            "enable_duplicate_check": 1,
        }, letter.mark))  # fmt: skip

    _with_token((address, secret), token, send)


def dingtalk(address: str, secret: str, letter: Letter) -> None:
    """Send as a DingTalk app, a work notice. Errors: `Undelivered`."""
    site, app = _app(address)

    def token() -> str:
        asked = urlencode({"appkey": app["appkey"], "appsecret": secret})
        return str(agreed(get(f"{site}/gettoken?{asked}"))["access_token"])

    def send(key: str) -> None:
        query = f"access_token={quote(key)}"
        found = agreed(post(f"{site}/topapi/v2/user/getbymobile?{query}", {"mobile": letter.phone}, letter.mark))
        agreed(post(f"{site}/topapi/message/corpconversation/asyncsend_v2?{query}", {
            "agent_id": app["agentid"], "userid_list": found["result"]["userid"],
            "msg": {"msgtype": "text", "text": {"content": letter.text}},
        }, letter.mark))  # fmt: skip

    _with_token((address, secret), token, send)


def feishu(address: str, secret: str, letter: Letter) -> None:
    """Send as a Feishu app; `uuid` keeps a repeat within the hour from arriving twice. Errors: `Undelivered`."""
    site, app = _app(address)

    def token() -> str:
        asked = {"app_id": app["app_id"], "app_secret": secret}
        return str(
            agreed(post(f"{site}/open-apis/auth/v3/tenant_access_token/internal", asked, letter.mark))["tenant_access_token"]
        )

    def send(key: str) -> None:
        found = agreed(post(f"{site}/open-apis/contact/v3/users/batch_get_id?user_id_type=open_id", {"mobiles": [letter.phone]},
                            letter.mark, key))  # fmt: skip
        agreed(post(f"{site}/open-apis/im/v1/messages?receive_id_type=open_id", {
            "receive_id": found["data"]["user_list"][0]["user_id"], "msg_type": "text",
            "content": json.dumps({"text": letter.text}, ensure_ascii=False), "uuid": letter.mark,
        }, letter.mark, key))  # fmt: skip

    _with_token((address, secret), token, send)


def _app(address: str) -> tuple[str, dict[str, str]]:
    """Return the site of a service, and what the address says of the app."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}", dict(parse_qsl(parts.query))


def _with_token(app: tuple[str, str], make: Callable[[], str], send: Callable[[str], None]) -> None:
    """Send with the token that is kept, or a new one; what fails is sent with a new one the next time."""
    try:
        token, until = _tokens.get(app, ("", 0.0))
        if time.monotonic() >= until:
            token = make()
            _tokens[app] = (token, time.monotonic() + HOLDS)
        send(token)
    except (KeyError, IndexError, TypeError) as error:
        _tokens.pop(app, None)
        raise Unreachable(UNKNOWN) from error
    except Undelivered:
        _tokens.pop(app, None)
        raise


SENDERS: dict[str, Callable[[str, str, Letter], Any]] = {"wecom_app": wecom, "ding_app": dingtalk, "feishu_app": feishu}
"""How each sort of app sends."""
