"""Verbs: everything that changes a person's rows. A form or serializer checks; a service saves."""

from intake.services.account import (
    change_profile,
    delete_account,
    make_token,
    revoke_token,
    set_target,
    token_digest,
)
from intake.services.amounts import GRAM, Amount, taken_amount
from intake.services.changing import (
    UNDO_DAYS,
    add_glass,
    change_entry,
    delete_entry,
    entry_of,
    mark_day,
    restore_entry,
)
from intake.services.contributions import (
    MAX_WAITING,
    propose_own_food,
    report_food,
    use_shared,
    withdraw,
)
from intake.services.corrections import apply_corrections, keep_figures, offer_again, undo_applied
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
    "MAX_WAITING",
    "UNDO_DAYS",
    "Amount",
    "AsItWas",
    "LineInput",
    "Logged",
    "add_glass",
    "apply_corrections",
    "change_entry",
    "change_profile",
    "clean",
    "default_kind",
    "delete_account",
    "delete_entry",
    "entry_of",
    "glass_of",
    "keep_figures",
    "log_food",
    "log_quick",
    "log_supplement",
    "log_water",
    "make_own_food",
    "make_own_product",
    "make_token",
    "mark_day",
    "offer_again",
    "propose_own_food",
    "read_label",
    "report_food",
    "restore_entry",
    "retire_own",
    "revoke_token",
    "set_target",
    "taken_amount",
    "token_digest",
    "undo_applied",
    "use_shared",
    "withdraw",
]
