"""A message on its way: everything a channel needs to carry it to one reader or one group."""

from dataclasses import dataclass

from menling.kernel.words import _

NO_ADDRESS = _("No phone number or e-mail address is known.")


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
