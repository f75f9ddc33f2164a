"""The settings of a product under test: its files stand in TEST_VAR, not among those of the checkout."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["TEST_VAR"]) / "static"
SPOOL_DIR = Path(os.environ["TEST_VAR"]) / "spool"
