"""Reminders by e-mail: off unless asked for, at the person's own time, once, and saying nothing of health.

A profile holds when its person is to be reminded next. What is due is found by a job, which moves that time
on and asks for one job a mail in the same transaction: two schedulers, or two workers, are one reminder.
"""

import datetime as dt
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from intake.jobs import enqueue
from intake.models import Job, Profile
from intake.reports import is_waiting
from intake.services import next_reminder, schedules_of

PEOPLE_A_SLICE = 50
TOO_LATE = dt.timedelta(hours=1)  # then it is no reminder any more
SUBJECT = "A reminder from Midband"


def due(now: dt.datetime) -> bool:
    """Say whether anybody is to be reminded by `now`. One query."""
    return Profile.objects.filter(remind_at__lte=now).exists()


def remind_slice(job: Job) -> bool:
    """Ask for the mails of up to 50 people whose time has come; return whether there are more of them.

    A time that passed while nothing ran is let go.
    """
    now = timezone.now()
    waiting = Profile.objects.filter(remind_at__lte=now).select_related("user").order_by("remind_at")
    people = list(waiting[:PEOPLE_A_SLICE])
    schedules = schedules_of(profile.user_id for profile in people)
    for profile in people:
        moment = profile.remind_at
        following = next_reminder(profile, schedules.get(profile.user_id, []), now)
        moved = Profile.objects.filter(pk=profile.pk, remind_at=moment).update(remind_at=following)
        if moved and moment is not None and now - moment <= TOO_LATE:
            enqueue(
                kind="reminder",
                user=profile.user,
                payload={"moment": moment.isoformat()},
                dedupe_key=f"reminder:{profile.pk}:{moment:%Y-%m-%dT%H:%M}",
            )
    return len(people) == PEOPLE_A_SLICE


def send_reminder(job: Job) -> None:
    """Send one mail, unless all that was planned for its time is taken, it is too late, or not wanted now."""
    user, moment = job.user, dt.datetime.fromisoformat(job.payload["moment"])
    if user is None or not user.is_active or not user.profile.reminders:
        return
    if timezone.now() - moment > TOO_LATE or not is_waiting(user, moment):
        return
    context = {
        "day_url": urljoin(settings.SITE_URL, reverse("intake:today")),
        "settings_url": urljoin(settings.SITE_URL, reverse("intake:settings_reminders")),
    }
    body = render_to_string("intake/email/reminder.txt", context)
    EmailMessage(SUBJECT, body, to=[user.email], headers={"Auto-Submitted": "auto-generated"}).send()


def close_reminder(job: Job) -> bool:
    """End the job of a mail: it was sent before, outside this transaction, since a mail server takes long."""
    return False
