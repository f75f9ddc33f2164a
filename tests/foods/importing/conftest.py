"""A format of the tests' own, beside the real ones, and the jobs of an import worked to their end."""

import csv
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from foods import importing
from foods.models import Food
from foods.sources import formats
from foods.sources.records import Complaint, FoodRecord, PortionRecord, Reading, Release, Unreadable
from intake import jobs
from intake.models import Job

COLUMNS = ("key", "name", "mg", "brand", "category", "gtin", "portions", "also")


def write_csv(path, rows, code="test", release="1", partial=""):
    """Write the tests' own format: in its first line code, release and why it is not whole."""
    with path.open("w", newline="") as file:
        file.write(f"midband-test;{code};{release};{partial}\n")
        writer = csv.DictWriter(file, COLUMNS)
        writer.writerows(rows)
    return path


def _read(given, release):
    with given.path.open("rb") as file:
        head = file.readline(200).decode("utf-8", "replace").strip().split(";")
    if head[0] != "midband-test":
        return None
    code, named, partial = head[1], release or head[2], head[3]
    made = Release(
        code=code, mark="T", dataset=f"Test {code}", release=named, licence="none", citation="none", url=""
    )
    return Reading(
        format="test",
        releases=(made,),
        records=lambda skip: _records(given.path, code, skip),
        total=None,
        partial={code: partial} if partial else {},
    )


def _records(path, code, skip):
    with path.open(newline="") as file:
        next(file)
        for line, row in enumerate(csv.DictReader(file, COLUMNS), 2):
            if skip:
                skip -= 1
                continue
            if row["key"] == "BROKEN":
                raise Unreadable("the rest cannot be read.", "test.csv", line)
            if row["key"] == "OTHER":
                yield Complaint("other.csv", None, "The file holds another table and was not read.")
                continue
            if row["key"] == "BAD":
                yield Complaint("test.csv", line, "Left out: no food.")
                continue
            yield FoodRecord(
                source=code,
                key=row["key"],
                name=row["name"],
                magnesium_ug=None if row["mg"] == "" else int(Decimal(row["mg"]) * 1000),
                brand=row["brand"] or "",
                category=row["category"] or "",
                gtin=row["gtin"] or "",
                portions=tuple(PortionRecord(*p) for p in json.loads(row["portions"] or "[]")),
                also=tuple(tuple(p) for p in json.loads(row["also"] or "[]")),
                file="test.csv",
                line=line,
            )


TEST_FORMAT = formats.Format(code="test", label="Test", files="a test", read=_read)


@pytest.fixture(autouse=True)
def _own_format(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(formats, "FORMATS", (TEST_FORMAT, *formats.FORMATS))
    settings.SPOOL_DIR = tmp_path / "spool"


def row(key, mg="100", name=None, *, brand="", category="", gtin="", portions=(), also=()):
    return {
        "key": key,
        "name": name or f"Food {key}",
        "mg": "" if mg is None else str(mg),
        "brand": brand,
        "category": category,
        "gtin": gtin,
        "portions": json.dumps([*portions]),
        "also": json.dumps([*also]),
    }


def work():
    """Do the jobs that are due until none is left."""
    while jobs.run_due(timezone.now()):
        pass
    failed = [*Job.objects.filter(state=Job.State.FAILED).values_list("kind", "error")]
    waiting = [*Job.objects.exclude(error="").values_list("kind", "error")]
    assert not failed, failed
    assert not waiting, waiting


def seen():
    """Return what readers see: by key the name and the value in mg."""
    foods = Food.objects.shown().readable()
    return {
        food.source_key: (food.name, food.current.magnesium_ug_per_100g) for food in map(Food.settle, foods)
    }


@pytest.fixture
def bring(tmp_path):
    """Bring a file of rows in, read and compare it; with publish=True publish it, too."""

    def bring(rows, *, publish=False, code="test", release="1", name="test.csv", partial=""):
        path = write_csv(tmp_path / name, rows, code, release, partial)
        food_import = importing.start_import(path, name)
        work()
        food_import.refresh_from_db()
        if publish:
            importing.publish(food_import)
            work()
            food_import.refresh_from_db()
        return food_import

    return bring
