"""Verbs: everything that changes a person's rows. A form or serializer checks; a service saves."""

from intake.services.account import (
    change_profile,
    delete_account,
    make_token,
    revoke_token,
    set_target,
    token_digest,
)
from intake.services.amounts import GRAM, Amount
from intake.services.changing import (
    UNDO_DAYS,
    add_glass,
    change_entry,
    delete_entry,
    entry_of,
    mark_day,
    restore_entry,
)
from intake.services.log import Logged, glass_of, log_food, log_quick, log_supplement, log_water
from intake.services.own import (
    MAX_LINES,
    LineInput,
    default_kind,
    make_own_food,
    make_own_product,
    read_label,
    retire_own,
)
from intake.services.steps import AS_IT_WAS, AsItWas, clean

__all__ = [
    "AS_IT_WAS",
    "GRAM",
    "MAX_LINES",
    "UNDO_DAYS",
    "Amount",
    "AsItWas",
    "LineInput",
    "Logged",
    "add_glass",
    "change_entry",
    "change_profile",
    "clean",
    "default_kind",
    "delete_account",
    "delete_entry",
    "entry_of",
    "glass_of",
    "log_food",
    "log_quick",
    "log_supplement",
    "log_water",
    "make_own_food",
    "make_own_product",
    "make_token",
    "mark_day",
    "read_label",
    "restore_entry",
    "retire_own",
    "revoke_token",
    "set_target",
    "token_digest",
]
