"""Writes and look-ups of forms and products, one module a concern."""

from supplements.services.catalogue import (
    MAX_WORDS,
    find_products,
    newer_product,
    reckon_products_with,
    reformulate_product,
    restore_products,
    retire_products,
)
from supplements.services.compounds import load_builtin_compounds
from supplements.services.evidence import load_builtin_evidence, record_with_forms
from supplements.services.importing import Tally, import_products
from supplements.services.states import State, check_serving, reckon_product, revert_product, states_of

__all__ = [
    "MAX_WORDS",
    "State",
    "Tally",
    "check_serving",
    "find_products",
    "import_products",
    "load_builtin_compounds",
    "load_builtin_evidence",
    "newer_product",
    "reckon_product",
    "reckon_products_with",
    "record_with_forms",
    "reformulate_product",
    "restore_products",
    "retire_products",
    "revert_product",
    "states_of",
]
