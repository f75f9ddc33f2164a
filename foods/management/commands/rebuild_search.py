"""Make the search tables anew: after an update that ranks or reads names otherwise, or if in doubt."""

from typing import Any

from django.core.management.base import BaseCommand

from foods import search


class Command(BaseCommand):
    help = "Make the search tables what the foods say, slice by slice, while people go on; it may be stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.rebuild():,} foods are in the search.")
