"""A message on its way: everything a channel needs to carry it to one reader or one group."""

from dataclasses import dataclass

from menling.kernel.words import _

NOBODY = _("Nobody is there to be told: nobody holds the role, or the person has left.")
NO_ADDRESS = _("No phone number or e-mail address is known.")
UNKNOWN = _("The app knows nobody by this number.")
NOT_TAKEN = _("The service did not take it.")
NO_ROBOT = _("The answer is not that of such a service. Is the address right?")
NO_WEB = _("The address is none to post to.")
ENDED = _("The channel was ended.")
OURS = frozenset({NOBODY, NO_ADDRESS, UNKNOWN, NOT_TAKEN, NO_ROBOT, NO_WEB, ENDED})
"""Reasons in our own words."""


@dataclass(frozen=True)
class Letter:
    """`mark` is the id a receiver may know it by when it comes twice; `phones` are those of its readers a group may mention."""

    mark: str
    subject: str
    text: str
    urgent: bool
    phone: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()


class Undelivered(Exception):
    """A channel did not take a letter; the sentence says why."""


class Unreachable(Undelivered):
    """Nothing is wrong with the channel: this one reader cannot be reached by it."""
