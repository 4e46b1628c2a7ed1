"""Jobs of a worker that died: it can no longer say so, and nobody else would do them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.manager import JobManager

SILENCE = timedelta(seconds=30)
"""A worker gives a sign of life every ten seconds."""


def requeue_stalled(at: datetime) -> list[str]:
    """Put the jobs of silent workers back into their queues. Signs of life carry the wall clock, whatever `at` says."""
    wall = timezone.now()
    dead = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=wall - SILENCE)
    stalled = ProcrastinateJob.objects.filter(dead, status="doing").order_by("pk")
    return [f"job {job.pk} ({job.task_name}) put back" for job in stalled if _put_back(job.pk, wall)]


def _put_back(job: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            JobManager(DjangoConnector()).retry_job_by_id(job_id=job, retry_at=at)
    except UniqueViolation:
        return False  # the next one of its kind waits already; this one follows when that is done
    return True
