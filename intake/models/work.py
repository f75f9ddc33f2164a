"""Keys to the REST interface, background work and its results."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from uuid6 import uuid7

from foods.text import validate_text
from intake.models.bounds import OwnedQuerySet


class ApiToken(models.Model):
    """A key to the REST interface; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, validators=[validate_text])
    digest = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of 256 random bits
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


# Since when a job that is due waits: it was asked for, put back, or left behind by its worker.
WAITING_SINCE = Coalesce("lease_until", "created_at")


class JobQuerySet(OwnedQuerySet["Job"]):
    """Background work; the row is the truth, a message only a nudge."""

    def due(self, now: dt.datetime) -> Self:
        """Return jobs that wait, not for later, or whose worker stopped renewing its lease."""
        return self.filter(
            Q(state=Job.State.QUEUED, lease_until=None)
            | Q(state=Job.State.QUEUED, lease_until__lte=now)
            | Q(state=Job.State.RUNNING, lease_until__lt=now)
        )


class Job(models.Model):
    """A piece of background work, claimed by a conditional UPDATE and saved slice by slice."""

    class State(models.TextChoices):
        """Where a job stands."""

        QUEUED = "queued", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    payload = models.JSONField(default=dict, blank=True)  # ids and plain settings, never what a person wrote
    cursor = models.JSONField(default=dict, blank=True)  # how far it got; saved with the work itself
    attempts = models.PositiveSmallIntegerField(default=0)
    # Running: until when its worker holds it. Waiting: from when on it is due; empty for at once.
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="job_state_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ExportPart(models.Model):
    """A slice of a person's export, in order; the file is put together when it is fetched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=40)  # the file it belongs to
    position = models.PositiveIntegerField()
    content = models.TextField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "job", "name", "position"], name="export_part_user_job_name_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
