"""Why a channel did not take a letter, in words for whoever keeps the channel; what the channel itself said stays behind them."""

import re

from menling.kernel.words import Message, _
from menling.mail.letters import OURS

NOT_SENT = _("It could not be sent.")
STATUS = _("It answered with HTTP status {n}.")
CODE = _("The service refused it with code {n}.")
CAUSES: tuple[tuple[str, str], ...] = (
    (r"Connection refused|Errno 111", _("No connection is taken there. Is the address right, and does the service run?")),
    (r"timed out|timeout", _("It did not answer in time.")),
    (r"Name or service not known|name resolution|No address associated|Errno -[235]|NameResolutionError",
     _("The name in the address is unknown.")),
    (r"No route to host|Network is unreachable|Errno 1(01|13)", _("There is no way to it through the network.")),
    (r"CERTIFICATE_VERIFY|certificate verify", _("Its certificate cannot be trusted.")),
    (r"\[SSL|SSLError|WRONG_VERSION", _("No encrypted connection came about.")),
    (r"Authentication|authentication|\b53[0458]\b|HTTP Error 40[13]|error=40[13]", _("Login or key were refused.")),
    (r"(?:HTTP Error |error=)(?P<n>[1-5]\d\d)\b", STATUS),
    (r"^(?P<n>-?\d+): ", CODE),
    (r"Remote end closed|reset by peer|Broken pipe|unexpectedly closed|Connection aborted", _("The connection broke off.")),
    (r"Connection error", _("No connection came about.")),
)  # fmt: skip
"""What a channel says when it fails, and what that means; the first that fits counts."""


def reason(error: str) -> Message:
    """Return why something was not delivered: a sentence of ours as it is, else what the words of a channel mean."""
    if error in OURS:
        return Message(error)
    for said, meaning in CAUSES:
        found = re.search(said, error)
        if found:
            return Message(meaning, dict(found.groupdict()))
    return Message(NOT_SENT)


def raw(error: str) -> str:
    """Return what the channel itself said, to be looked up; nothing where the reason was ours."""
    return "" if error in OURS else error
