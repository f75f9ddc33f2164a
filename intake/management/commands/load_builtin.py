"""Load the built-in foods and forms of magnesium, once."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from foods.services import load_builtin
from learn.services import load_builtin_texts
from supplements.models import Compound
from supplements.services import load_builtin_compounds, load_builtin_evidence


class Command(BaseCommand):
    help = "Load the built-in foods and forms of magnesium; what is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        foods = load_builtin()
        load_builtin_compounds()
        load_builtin_texts()
        load_builtin_evidence()
        self.stdout.write(
            f"{_spaced(foods.foods)} foods, {_spaced(foods.with_magnesium)} with magnesium, "
            f"{_spaced(foods.with_portions)} with portions; {Compound.objects.count()} forms of magnesium; "
            f"in {time.monotonic() - started:.1f} s"
        )


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
