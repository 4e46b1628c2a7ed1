"""Telling somebody what belongs to no case: a changed roster."""

from datetime import datetime

from menling.journal.models import Outgoing
from menling.premises.models import Office, Staff


def tell(office: Office, staff: Staff, sentence: str, at: datetime, **values: str) -> None:
    """Put a message to a member of staff into the outbox, in the transaction that runs.

    `sentence` is a marked English sentence; instants among the values are ISO texts.
    """
    Outgoing.objects.create(office=office, staff_id=staff.pk, sentence=sentence, values=values, created_at=at)
