"""PURE: amounts as people and packs write them, and what they come to in a food's own measures."""

from foods.measures.labels import Measure, read_label
from foods.measures.taking import Measured, Taken, UnitMissing, share_of, take, take_of
from foods.measures.typed import NotRead, Typed, number_text, read_amount
from foods.measures.units import VOLUMES_ML, WEIGHTS_MG

__all__ = [
    "VOLUMES_ML",
    "WEIGHTS_MG",
    "Measure",
    "Measured",
    "NotRead",
    "Taken",
    "Typed",
    "UnitMissing",
    "number_text",
    "read_amount",
    "read_label",
    "share_of",
    "take",
    "take_of",
]
