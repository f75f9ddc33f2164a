"""`manage.py import_foods FILE`: brings a table of foods in, in the foreground, as the worker would."""

import datetime as dt
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foods import importing
from foods.models import FoodImport, ImportProblem
from foods.sources.template import TEMPLATE
from intake import jobs
from intake.management.progress_line import ProgressLine
from intake.models import Job

State = FoodImport.State
WORKING = (State.READING, State.COMPARING, State.PUBLISHING, State.UNDOING)
SHOWN_PROBLEMS = 20
WAIT_SECONDS = 0.5
ON_ITS_WAY = (State.PUBLISHING, State.UNDOING)
PATIENCE_SECONDS = 60  # with another import that does not get on
QUIET = dt.timedelta(seconds=3)  # a lease that was not renewed for so long, where none holds the lock


class Command(BaseCommand):
    help = "Bring a table of foods in: a file, a zip, or a folder of tables. It says what would change."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish it, too")
        parser.add_argument("--release", help="the release, where the file does not say it")
        parser.add_argument(
            "--template", action="store_true", help="write FILE, a table to fill in, instead of reading it"
        )

    def handle(
        self, *, file: Path, publish: bool, release: str | None, template: bool, **options: Any
    ) -> None:
        if template:
            self._write_template(file)
            return
        name = file.resolve().name
        try:
            food_import = importing.start_import(file, name, release=release)
            line = ProgressLine(sys.stderr)
            self._work(food_import, line)
            if publish and food_import.state == State.READY:
                self._publish(food_import, line)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command goes on from here.") from None
        if food_import.state in (State.REFUSED, State.DISCARDED):
            raise CommandError(f"{file.name} was refused. {food_import.error}".strip())
        self._report(food_import)

    def _write_template(self, file: Path) -> None:
        try:
            with file.open("x", encoding="utf-8-sig", newline="") as table:
                table.write(TEMPLATE)
        except OSError as problem:
            raise CommandError(f"{file} was not written: {problem.strerror}.") from problem
        self.stdout.write(f"{file}: a row a food; what the columns mean stands at its top")

    def _publish(self, food_import: FoodImport, line: ProgressLine) -> None:
        """Publish, after another import that is on its way; not where that one stands still."""
        said, seen, since = "", None, time.monotonic()
        while True:
            try:
                importing.publish(food_import)
                break
            except ValidationError as problem:
                food_import.refresh_from_db()
                if food_import.state != State.READY:
                    break
                if not said:
                    said = " ".join(problem.messages)
                    line.say(said)
                far = (
                    FoodImport.objects.filter(state__in=ON_ITS_WAY).values_list("pk", "state", "done").first()
                )
                if far != seen:
                    seen, since = far, time.monotonic()
                if time.monotonic() - since > PATIENCE_SECONDS:
                    raise CommandError(said) from problem
                time.sleep(WAIT_SECONDS)
        self._work(food_import, line)

    def _work(self, food_import: FoodImport, line: ProgressLine) -> None:
        """Work on the import's own job until it waits for nobody; watch, where another worker has it."""

        def shown() -> bool:
            food_import.refresh_from_db()
            line.show(importing.progress(food_import, timezone.now()))
            return False

        while not shown() and food_import.state in WORKING:
            job = _job_of(food_import)
            if job is not None and job.state == Job.State.RUNNING and importing.is_abandoned(food_import):
                _end_lease(job)
            if job is None or jobs.run(job.pk, stopping=shown) is None:
                time.sleep(WAIT_SECONDS)
            food_import.refresh_from_db()
            if food_import.state in WORKING and (failed := _failure(food_import)):
                raise CommandError(f"The work on this import has ended: {failed}.")
        line.end()

    def _report(self, food_import: FoodImport) -> None:
        said = importing.preview(food_import)
        if said.titles:
            self.stdout.write(", ".join(said.titles))
        for why in said.partial:
            self.stdout.write(f"no whole release ({why}): what is not in it is not counted as missing")
        with_value, portions = f"{said.with_magnesium:,} of {said.rows:,}", f"{said.with_portions:,}"
        self.stdout.write(f"magnesium in {with_value} foods; portions for {portions}")
        self._report_problems(food_import, said.problems)
        if doubtful := said.counts["doubtful"]:
            self.stdout.write(f"{doubtful:,} implausible values are left to the curators' queue")
        if conflicts := said.counts["conflict"]:
            self.stdout.write(
                f"{conflicts:,} in conflict with a curator's decision: ours are kept unless taken"
            )
        if food_import.state == State.READY:
            self.stdout.write("not published yet: look at it at the desk, or run this again with --publish")
        self.stdout.write(str(said.summary))

    def _report_problems(self, food_import: FoodImport, count: int) -> None:
        problems = ImportProblem.objects.filter(food_import=food_import).order_by("pk")[:SHOWN_PROBLEMS]
        for problem in problems:
            place = f"{problem.file}, line {problem.line}" if problem.line else problem.file
            self.stdout.write(f"skipped: {place}: {problem.text}" if place else f"skipped: {problem.text}")
        if count > SHOWN_PROBLEMS:
            self.stdout.write(f"skipped: {count - SHOWN_PROBLEMS:,} more")


def _job_of(food_import: FoodImport) -> Job | None:
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    kind = {State.PUBLISHING: "import-publish", State.UNDOING: "import-undo"}.get(
        State(food_import.state), "import-read"
    )
    jobs_of = Job.objects.filter(kind=kind, payload={"import": str(food_import.pk)})
    return jobs_of.filter(state__in=open_states).order_by("created_at").first()


def _end_lease(job: Job) -> None:
    """Let a job go on whose worker was killed on this machine. Were it alive, it could save nothing more."""
    now = timezone.now()
    held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_until=job.lease_until)
    held.filter(lease_until__lt=now + jobs.LEASE - QUIET).update(lease_until=now - QUIET)


def _failure(food_import: FoodImport) -> str:
    """Return why the last job of an import ended before its time, "" if it did not."""
    jobs_of = Job.objects.filter(payload={"import": str(food_import.pk)}, kind__startswith="import-")
    last = jobs_of.order_by("-created_at").first()
    if last is None or last.state not in (Job.State.FAILED, Job.State.CANCELLED):
        return ""
    return last.error or "a curator stopped it"
