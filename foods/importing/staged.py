"""Staged rows on their way to being laid: read a slice at a time, and what is taken of each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from foods.importing import bulk
from foods.importing.rows import read_back
from foods.importing.verdicts import Choice, Verdict, taken
from foods.models import FoodImport
from foods.sources.records import FoodRecord

LAID = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.MISSING)
Raw = tuple[Any, ...]
FOOD_ID = 10  # its place among the columns that are read
_READ = """
    SELECT id, position, key, file, line, record, verdict, fields, reason, choices,
           food_id, before_id, revision_id
    FROM foods_importrow
    WHERE food_import_id = %s AND position > %s AND verdict IN (%s, %s, %s, %s, %s)
    ORDER BY position LIMIT %s
"""


@dataclass(slots=True, kw_only=True)
class Staged:
    """A row that may be laid: where it stands, the record, and the fields that are taken."""

    id: int
    position: int
    record: FoodRecord
    verdict: str
    fields: tuple[str, ...]
    reason: str
    taken: tuple[str, ...]
    food_id: int | None
    before_id: int | None
    revision_id: int | None

    @property
    def is_new(self) -> bool:
        """Say whether it would be a food of its own."""
        return not self.fields and self.verdict != Verdict.MISSING


def raw_after(food_import: FoodImport, after: int, limit: int) -> list[Raw]:
    """Return the next rows that are not the same as what we have, in the order of the file, as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [bulk.key(food_import.pk), after, *LAID, limit])
        return list(cursor.fetchall())


def staged(rows: Sequence[Raw], *, retire_missing: bool) -> list[Staged]:
    """PURE: return rows as they are laid, where what is missing is retired or not."""
    return [_staged(row, retire_missing) for row in rows]


def _staged(row: Raw, retire_missing: bool) -> Staged:
    pk, position, key, file, line, record, verdict, said, reason, chosen, *ids = row
    food_id, before_id, revision_id = ids
    fields = () if said == "[]" else tuple(json.loads(said))
    choices = {} if chosen == "{}" else json.loads(chosen)
    if verdict == Verdict.MISSING and retire_missing:
        choices = {"": Choice.TAKE, **choices}
    return Staged(
        id=pk,
        position=position,
        record=read_back(key, file, line, json.loads(record)),
        verdict=verdict,
        fields=fields,
        reason=reason,
        taken=taken(verdict, fields, reason, choices),
        food_id=food_id,
        before_id=before_id,
        revision_id=revision_id,
    )
