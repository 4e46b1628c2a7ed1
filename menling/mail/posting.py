"""Channels that are an address to post to: group robots, the gateway of text messages, and the one that calls.

The robots answer 200 even when they refuse, and say so only in their own code: it is read here, or the message would
count as sent.
"""

import base64
import hashlib
import hmac
import json
import time
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from menling.mail.letters import NO_ROBOT, NO_WEB, Letter, Undelivered

PATIENCE = 10
"""Seconds a receiver has for its answer."""
LONGEST = 65_536
WEB = ("http://", "https://")


class _Stay(HTTPRedirectHandler):
    """A redirected POST arrives as a GET without its text, and its 200 would look like success."""

    def redirect_request(self, *_args: Any) -> None:
        """Follow nowhere: the redirect is the error."""


OPENER = build_opener(_Stay)


def wecom(address: str, _secret: str, letter: Letter) -> None:
    """Post to a WeCom group robot, which mentions by phone."""
    text = {"content": letter.text, "mentioned_mobile_list": list(letter.phones)}
    agreed(post(address, {"msgtype": "text", "text": text}, letter.mark))


def dingtalk(address: str, secret: str, letter: Letter) -> None:
    """Post to a DingTalk group robot, signed when it has a secret."""
    if secret:
        stamp = str(round(time.time() * 1000))
        signed = _sign(secret, f"{stamp}\n{secret}")
        address += f"&timestamp={stamp}&sign={quote(signed, safe='')}"
    at = {"atMobiles": list(letter.phones), "isAtAll": False}
    agreed(post(address, {"msgtype": "text", "text": {"content": letter.text}, "at": at}, letter.mark))


def feishu(address: str, secret: str, letter: Letter) -> None:
    """Post to a Feishu group robot, signed when it has a secret."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": letter.text}}
    if secret:
        stamp = str(int(time.time()))
        body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}", "")}
    agreed(post(address, body, letter.mark))


def gateway(address: str, secret: str, letter: Letter) -> None:
    """Post to the office's gateway of text messages or calls: id, phone and text as JSON, its key as bearer."""
    body = {"id": letter.mark, "phone": letter.phone, "text": letter.text, "urgent": letter.urgent}
    post(address, body, letter.mark, secret)


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def post(address: str, body: dict[str, Any], mark: str, bearer: str = "") -> bytes:
    """Post JSON and return the answer, with the mark a receiver knows a repeat by. Errors: `Undelivered`."""
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": mark}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    return _asked(address, json.dumps(body, ensure_ascii=False).encode(), headers)


def get(address: str) -> bytes:
    """Ask an address and return the answer. Errors: `Undelivered`."""
    return _asked(address, None, {})


def _asked(address: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    if not address.startswith(WEB):
        raise Undelivered(NO_WEB)
    request = Request(address, body, headers)  # noqa: S310  # its scheme was looked at
    try:
        with OPENER.open(request, timeout=PATIENCE) as answer:
            return bytes(answer.read(LONGEST))
    except (OSError, HTTPException) as error:
        raise Undelivered(_reason(error)) from error


def _reason(error: Exception) -> str:
    return str(error.reason if type(error) is URLError else error) or type(error).__name__


def agreed(answer: bytes) -> dict[str, Any]:
    """Return what a robot or an app answered. Errors: `Undelivered` for its refusal, which comes as a 200."""
    try:
        said = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
    except (ValueError, AttributeError) as error:
        raise Undelivered(NO_ROBOT) from error
    if code != 0:
        raise Undelivered(f"{code}: {said.get('errmsg') or said.get('msg') or ''}")
    return dict(said)
