"""Channels that apprise knows: e-mail, and any other service by its apprise address."""

import logging
import re
from urllib.parse import urlencode

from apprise import Apprise, LogCapture, NotifyFormat

from menling.mail.letters import NOT_TAKEN, Letter, Undelivered

TOLD = re.compile(r"WARNING:|ERROR:|.*Socket Exception: ")
"""Lines in which a service says why it took nothing; others may hold what was sent, which is nobody's business."""


def email(address: str, _secret: str, letter: Letter) -> None:
    """Send an e-mail from the mailbox of an address such as ``mailtos://user:password@smtp.example.com?from=…``."""
    _notify(_with(address, {"to": letter.email, "format": "text", "+X-Menling-Message": letter.mark}), letter)


def other(address: str, _secret: str, letter: Letter) -> None:
    """Send to whatever service an apprise address names."""
    _notify(address, letter)


def known(address: str, *schemes: str) -> bool:
    """Tell whether apprise can send to an address, and, with `schemes`, by one of them."""
    scheme = address.partition("://")[0].lower()
    return (not schemes or scheme in schemes) and bool(Apprise.instantiate(address))


def openly(address: str) -> bool:
    """Tell whether whoever sits on the way can read what is sent to an apprise address."""
    service, scheme = Apprise.instantiate(address), address.partition("://")[0].lower()
    return service is not None and scheme in _schemes(service.protocol) and scheme not in _schemes(service.secure_protocol)


def _schemes(known: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (known,) if isinstance(known, str) else tuple(known or ())


def _with(address: str, more: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"


def _notify(address: str, letter: Letter) -> None:
    service = Apprise()
    with LogCapture(level=logging.DEBUG, fmt="%(levelname)s:%(message)s") as lines:  # type: ignore[no-untyped-call]
        sent = service.add(address) and service.notify(letter.text, letter.subject, body_format=NotifyFormat.TEXT)
        if not sent:
            told = [each for each in lines.getvalue().splitlines() if TOLD.match(each)]
            raise Undelivered(" ".join(TOLD.sub("", each, count=1) for each in reversed(told)) or NOT_TAKEN)
