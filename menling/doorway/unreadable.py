"""What to say to a person of a field that is missing or cannot be read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from menling.doorway.labels import LABELS, TYPED
from menling.kernel.words import Message

COUNTED = {"quantity": "2"}
"""What a figure of a field looks like that counts things; any other is an amount of money."""
NAMED = gettext_noop("{label} ({path})")


def named(path: str) -> Message | str:
    """Return a field in words with the name it is sent under; that name alone where people never see it."""
    label = _label(path)
    return Message(NAMED, {"label": Message(label), "path": path}) if label else path


def _label(path: str) -> str:
    name = path.split(".")[0]
    return LABELS.get(name) or TYPED.get(name, "")


def unreadable(error: Mapping[str, str]) -> str:
    """Return one sentence about a field that is missing or cannot be read, in the language of the request."""
    label = _label(error["path"])
    field = _(label) if label else error["path"]
    sort = error.get("type", "")
    if sort == "typed_time":
        return _("“{text}” is no time. Type 14:30, tomorrow 9:00 or 11-23 14:30.").format(text=error["message"])
    if sort == "missing":
        return _("Please fill in: {field}.").format(field=field)
    if sort.startswith("decimal"):
        figure = COUNTED.get(error["path"], "86.00")
        return _("{field}: please type only a figure such as {figure}.").format(field=field, figure=figure)
    if sort == "string_too_long":
        return _("{field}: this is too long. Please shorten it.").format(field=field)
    return _("{field}: this cannot be read. Please correct it.").format(field=field)
