"""`manage.py import_products PATH`: brings labels of the NIH label database into the shared catalogue."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supplements.services import import_products
from supplements.sources import LabelFile, ProductRecord, Unreadable, label_files, read_file

SHOWN = 20  # sentences of a kind; the rest are counted
STEP = 1_000  # files between two signs of life


class Command(BaseCommand):
    help = "Bring labels of the NIH Dietary Supplement Label Database in: a JSON file, or a folder of them."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="a label's .json file, or a folder")
        parser.add_argument("--look", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, path: Path, look: bool, **options: Any) -> None:
        self.refused: list[str] = []
        self.doubts: list[str] = []
        self.read = self.without = 0
        try:
            records = list(self._records(label_files(path), alone=not path.is_dir()))
            if not self.read:
                raise CommandError(f"{path.name}: no file in it is a label. {self.refused[0]}")
            tally = import_products(records, author="import_products", now=timezone.now(), look_only=look)
        except Unreadable as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        except ValidationError as problem:
            raise CommandError(f"Nothing was changed. {' '.join(problem.messages)}") from problem
        self._say("refused", self.refused)
        self._say("worth a look", [*self.doubts, *tally.said])
        if self.without:
            self.stdout.write(f"{self.without:,} of {self.read:,} labels name no magnesium: left out")
        if look:
            self.stdout.write("nothing was changed: run it without --look to bring them in")
        tally.skipped += len(self.refused)
        self.stdout.write(str(tally))

    def _records(self, files: list[Path], *, alone: bool) -> Iterator[ProductRecord]:
        for count, file in enumerate(files, start=1):
            if count % STEP == 0 and sys.stderr.isatty():
                self.stderr.write(f"{count:,} of {len(files):,} files read")
            try:
                label = read_file(file)
            except Unreadable as problem:
                if alone:
                    raise
                self.refused.append(str(problem))
                continue
            self.read += 1
            yield from self._noted(label)

    def _noted(self, label: LabelFile) -> tuple[ProductRecord, ...]:
        self.without += not label.records
        self.doubts += [f"{label.file}: {doubt}" for doubt in label.doubts]
        self.doubts += [f"{label.file}: {record.note}" for record in label.records if record.note]
        return label.records

    def _say(self, what: str, sentences: list[str]) -> None:
        for sentence in sentences[:SHOWN]:
            self.stdout.write(f"{what}: {sentence}")
        if len(sentences) > SHOWN:
            self.stdout.write(f"{what}: {len(sentences) - SHOWN:,} more")
