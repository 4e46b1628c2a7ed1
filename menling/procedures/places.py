"""Places of the books: what the text is called under which money stands somewhere, for every room that moves money.

What is in a place is what came minus what went; `accounts` says under which account each kind of place stands.
"""


def bag(staff_id: int) -> str:
    """Return the place of what a collector holds."""
    return f"bag:{staff_id}"


def purse(staff_id: int) -> str:
    """Return the place of what somebody holds for errands."""
    return f"errand:{staff_id}"


def claim(errand: str) -> str:
    """Return the place of what a resident owes for an errand, by its number."""
    return f"customer:{errand}"


def safe(office_id: int) -> str:
    """Return the place of the office's safe."""
    return f"safe:{office_id}"


def bank(office_id: int) -> str:
    """Return the place of the office's money at the bank."""
    return f"bank:{office_id}"


def till(office_id: int, method: str) -> str:
    """Return the place money leaves, or comes to, in cash or otherwise."""
    return safe(office_id) if method == "cash" else bank(office_id)


def unconfirmed(office_id: int) -> str:
    """Return the place of what was paid by QR code and stands on no statement yet."""
    return f"unconfirmed:{office_id}"


def unexplained(office_id: int) -> str:
    """Return the place of what was counted too much or too little and nobody can explain."""
    return f"difference:{office_id}"


def owed_by(number: str) -> str:
    """Return the place of what is missing of money somebody had in hand, by work number: recorded, never deducted (OC-4.4)."""
    return f"shortfall:{number}"


def in_envelope(number: str) -> str:
    """Return the place of what lies in a sealed envelope of the office, by the number on it."""
    return f"envelope:{number}"
