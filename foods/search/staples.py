"""PURE: the forms of foods that people most often mean, reviewed by hand: `staples.txt`, a name a line.

A star marks the one that is meant when nothing more is said ("milk": whole milk).
"""

from pathlib import Path

from foods.text import folded

_LINES = Path(__file__).with_name("staples.txt").read_text(encoding="utf-8").splitlines()

STAPLES = frozenset(folded(line[2:]) for line in _LINES)
FIRST = frozenset(folded(line[2:]) for line in _LINES if line.startswith("*"))
