#!/usr/bin/env python
"""The command line."""

import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent


def main() -> None:
    """Run a command with the keys and the database of this checkout."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line

        from config import local
    except ModuleNotFoundError as error:
        sys.exit(f"{error}. `make run` sets Midband up; then use `.venv/bin/python manage.py`.")

    local.prepare(BASE_DIR / "var")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
