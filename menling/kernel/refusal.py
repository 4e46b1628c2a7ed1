"""The one way to say no: which clause, why, and what to do instead."""

from menling.kernel.words import Message


class Refused(Exception):
    """A step the procedure does not allow.

    `clause` is a clause id of the rulebook or a house rule `MR-n`; `status` is 403 when the person may not, 409 when the
    case is not ready, 422 when a figure or a field is wrong. The sentence names the next thing to do.
    """

    def __init__(self, clause: str, why: str, *, status: int = 409, field: str = "", **values: object) -> None:
        self.clause = clause
        self.why = Message(why, values)
        self.status = status
        self.field = field
        super().__init__(f"{clause}: {self.why}")
