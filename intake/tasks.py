"""What Celery calls: an id in, nothing out. The job's row is the truth, a message only a nudge."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from intake import jobs


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def run_job(job_id: str) -> None:
    """Claim the job and work on it slice by slice; a job claimed elsewhere is left alone."""
    jobs.run(UUID(job_id))


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def jobs_tick() -> None:
    """Ask for what is periodic, clear what is old, and nudge what waits or was left behind."""
    jobs.tick(timezone.now())
