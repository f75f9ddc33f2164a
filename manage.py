#!/usr/bin/env python
"""The command line."""

import os
import sys
from pathlib import Path

from config import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    local.prepare(Path(__file__).resolve().parent / "var")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
