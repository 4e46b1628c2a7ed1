"""Everybody has read what was told before: only messages of the last hour are new to somebody."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F

from menling.journal.models import Outgoing

LATELY = timedelta(hours=1)
TAKES = timedelta(minutes=6)
"""From the message to its reading."""
READ_BY_ROLES = """
INSERT INTO journal_seen (message_id, staff_id, at)
SELECT DISTINCT m.id, p.staff_id, m.created_at + %(takes)s * interval '1 second'
FROM journal_outgoing m JOIN premises_post p ON p.role = ANY(m.roles) AND (p.office_id = m.office_id OR p.office_id IS NULL)
WHERE m.created_at < %(before)s
ORDER BY m.id, p.staff_id
"""


def read_the_rest(now: datetime, zone: ZoneInfo) -> None:
    """Let everybody have read what is older than an hour, or of another day."""
    midnight = datetime.combine(now.astimezone(zone).date(), time.min, zone)
    before = max(midnight, now - LATELY)
    Outgoing.objects.filter(created_at__lt=before, staff_id__isnull=False).update(seen_at=F("created_at") + TAKES)
    with connection.cursor() as cursor:
        cursor.execute(READ_BY_ROLES, {"takes": TAKES.total_seconds(), "before": before})
