"""The one way to say no: which clause, why, and what to do instead."""

from menling.kernel.words import Message


class Refused(Exception):
    """A step the procedure does not allow.

    `clause` is a clause id of the rulebook or a house rule `MR-n`; `status` is 403 when the person may not, 409 when the case is
    not ready or a rule forbids a well-formed value, 422 when a field is missing or is none of its form (no date, no figure, an
    unknown code, none of the choices). `field` is the one at which a form shows the sentence, under 409 as under 422; `others`
    are further fields it speaks of. The sentence names the next thing to do.
    """

    def __init__(self, clause: str, why: str, *, status: int = 409, field: str = "", **values: object) -> None:
        self.clause = clause
        self.why = Message(why, values)
        self.status = status
        self.field = field
        self.others: tuple[str, ...] = ()
        super().__init__(f"{clause}: {self.why}")
