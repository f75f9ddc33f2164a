"""People and their diaries: every table has `user`, first in its unique keys and indexes."""

from intake.models.accounts import Profile, User, UserManager
from intake.models.bounds import (
    DEFAULT_TAP_WATER_UG_PER_L,
    FIRST_DAY,
    LAST_DAY,
    MAX_ENTRY_UG,
    MAX_QUANTITY_MILLI,
    MAX_WEIGHT_MG,
    OwnedQuerySet,
    Row,
    bounded,
    fits,
    validate_zone,
    zone_names,
)
from intake.models.diary import ADDED, DayMark, Entry, EntryQuerySet, Kind, Mark, Slot
from intake.models.own import OwnFood, OwnIngredient, OwnProduct
from intake.models.targets import Body, LifeStage, Sex, Target, in_force
from intake.models.work import ApiToken, ExportPart, Job, JobQuerySet

__all__ = [
    "ADDED",
    "DEFAULT_TAP_WATER_UG_PER_L",
    "FIRST_DAY",
    "LAST_DAY",
    "MAX_ENTRY_UG",
    "MAX_QUANTITY_MILLI",
    "MAX_WEIGHT_MG",
    "ApiToken",
    "Body",
    "DayMark",
    "Entry",
    "EntryQuerySet",
    "ExportPart",
    "Job",
    "JobQuerySet",
    "Kind",
    "LifeStage",
    "Mark",
    "OwnFood",
    "OwnIngredient",
    "OwnProduct",
    "OwnedQuerySet",
    "Profile",
    "Row",
    "Sex",
    "Slot",
    "Target",
    "User",
    "UserManager",
    "bounded",
    "fits",
    "in_force",
    "validate_zone",
    "zone_names",
]
