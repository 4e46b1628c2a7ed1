"""Sentences of messages in the words of earlier days: what was told then still stands, and is read in every language.

A sentence of a message is kept with it. Whoever words one anew leaves the old words here, or its old messages turn English.
"""

from menling.kernel.words import _

TOLD_BEFORE = (
    _("Emergency at {unit}: {number}. You are on call; please answer the control centre now."),
    _("{unit}: nobody has acknowledged the emergency {number}, and everybody was called. All are called again."),
    _("{number}: please report at the control centre and sign the register, then come to settle."),
    _("{number}: the resident questions ¥{due}: {question}"),
    _("{number}: you track it from now on. An entry at least every {days} days."),
    _("{number}: {order} was not finished in time. Please name who tracks it."),
    _("{number} at {unit}: the agreement runs until {day}. Please ask about a renewal today."),
)
