"""The resident's page of a case, to hand over from the screen: its link, and the link as a QR code."""

from collections.abc import Mapping
from typing import Any

import segno

from menling.web.session import StaffRequest


def resident_page(request: StaffRequest, body: Mapping[str, Any]) -> dict[str, str]:
    """Return `link` and `qr` (SVG) of the resident's page; both empty for who may not hand it over. `body` is the case shown."""
    link = str(body.get("resident_link", ""))
    return {"link": link, "qr": _drawn(request.build_absolute_uri(link)) if link else ""}


def _drawn(address: str) -> str:
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=True)
    return drawn
