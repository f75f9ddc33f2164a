"""A person's export: complete, exact, harmless in a spreadsheet, and nobody else's."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.apps import apps
from uuid6 import uuid7

from foods.services import correct_food
from foods.services.reviewing import Evidence
from intake import exports, jobs
from intake.models import DayMark, Entry, ExportPart, Job, User
from intake.services import (
    apply_corrections,
    keep_figures,
    log_food,
    report_food,
    stop_routine,
    take_stack,
    undo_applied,
    untake,
)
from tests.factories import make_food, make_product, make_stack, make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def user():
    return make_user()


def make_entry(user, **fields):
    values = {"day": DAY, "slot": "lunch", "kind": "food", "label": "Rye bread", "digest": "0" * 64}
    return Entry.objects.create(user=user, **values | fields)


def export(user):
    """Run an export to its end and return its files by name."""
    job = exports.ask_export(user=user)
    jobs.run(job.pk, clock=lambda: NOW)
    with exports.export_zip(Job.objects.get(pk=job.pk)) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_entry_is_written_with_its_units_and_its_source(user):
    revision = make_food("Pumpkin seeds", mg_per_100g=550).current
    make_entry(
        user,
        at=dt.time(12, 5),
        tz="Europe/Berlin",
        quantity_milli=1500,
        unit="1 oz",
        weight_mg=42_525,
        magnesium_ug=233_888,
        food_revision=revision,
    )

    (row,) = rows(export(user)["entries.csv"])

    assert row | {"id": "", "logged_at_utc": ""} == {
        "id": "",
        "day": "2026-11-22",
        "time": "12:05",
        "time_zone": "Europe/Berlin",
        "part_of_day": "lunch",
        "kind": "food",
        "label": "Rye bread",
        "quantity": "1.5",
        "unit": "1 oz",
        "weight_g": "42.525",
        "minutes": "",
        "magnesium_mg": "233.888",
        "source": "USDA SR Legacy",
        "source_release": "2018-04",
        "source_record": revision.source_key,
        "logged_at_utc": "",
    }


def test_unknown_is_an_empty_cell_and_none_is_a_nought(user):
    make_entry(user, day=DAY, magnesium_ug=None)
    make_entry(user, day=DAY + dt.timedelta(days=1), magnesium_ug=0)

    files = export(user)

    assert [row["magnesium_mg"] for row in rows(files["entries.csv"])] == ["", "0"]
    assert [row["known_total_mg"] for row in rows(files["days.csv"])] == ["", "0"]


def test_a_day_has_its_sums_its_mark_and_its_note(user):
    make_entry(user, magnesium_ug=100_500)
    make_entry(user, kind="water", magnesium_ug=2_500)
    make_entry(user, kind="supplement", magnesium_ug=100_000)
    make_entry(user, kind="medicine", magnesium_ug=50_000)
    make_entry(user, kind="topical", magnesium_ug=0)
    make_entry(user, magnesium_ug=None)
    DayMark.objects.create(user=user, day=DAY, mark="partial", note="ate out")
    DayMark.objects.create(user=user, day=DAY - dt.timedelta(days=1), mark="not_tracked")

    untracked, day = rows(export(user)["days.csv"])

    assert list(day.values()) == ["2026-11-22", "100.5", "2.5", "150", "253", "5", "1", "partial", "ate out"]
    assert list(untracked.values()) == ["2026-11-21", "", "", "", "", "0", "0", "not_tracked", ""]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠A1", "\t=1", "\r=1", "\n=1"])
def test_no_text_begins_a_formula(user, start):
    make_entry(user, label=start, unit=start)
    DayMark.objects.create(user=user, day=DAY, mark="partial", note=start)

    files = export(user)

    (entry,) = csv.DictReader(io.StringIO(files["entries.csv"], newline=""))
    (day,) = csv.DictReader(io.StringIO(files["days.csv"], newline=""))
    assert (entry["label"], entry["unit"], day["note"]) == (f"'{start}",) * 3


def test_quotes_commas_and_other_letters_come_back_as_they_were(user):
    label = 'Müsli, "fein", ½ Tasse 🥣\nzweite Zeile'
    make_entry(user, label=label)

    assert rows(export(user)["entries.csv"])[0]["label"] == label


def test_what_was_deleted_and_what_is_anothers_is_left_out(user):
    make_entry(user, label="mine")
    make_entry(user, label="gone", deleted_at=NOW)
    make_entry(make_user(), label="not mine")

    files = export(user)

    assert [row["label"] for row in rows(files["entries.csv"])] == ["mine"]
    assert len(rows(files["days.csv"])) == 1


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 10, 11])
def test_slices_lose_and_double_nothing(user, count, monkeypatch):
    monkeypatch.setattr(exports, "ROWS_A_SLICE", 5)
    for number in range(count):
        make_entry(user, day=DAY + dt.timedelta(days=number // 2), label=str(number), magnesium_ug=number)
        DayMark.objects.create(user=user, day=DAY - dt.timedelta(days=number), mark="complete")

    files = export(user)

    days = [row["day"] for row in rows(files["days.csv"])]
    assert sorted(int(row["label"]) for row in rows(files["entries.csv"])) == list(range(count))
    assert (
        len(days)
        == len(set(days))
        == Entry.objects.of(user).values("day").distinct().count() + max(0, count - 1)
    )
    assert days == sorted(days)


def test_the_units_are_explained_beside_the_files(user):
    files = export(user)

    assert sorted(files) == sorted([*exports.FILES, "readme.txt"])
    assert all(name in files["readme.txt"] for name in exports.FILES)
    assert "milligrams of elemental magnesium" in files["readme.txt"]


def test_asking_twice_is_one_export_and_asking_later_another(user):
    first = exports.ask_export(user=user)
    assert exports.ask_export(user=user) == first

    jobs.run(first.pk, clock=lambda: NOW)

    assert exports.ask_export(user=user) != first


def test_an_unfinished_export_cannot_be_fetched(user):
    with pytest.raises(ValueError, match="not finished"):
        exports.export_zip(exports.ask_export(user=user))


def test_an_export_is_gone_after_a_day(user, monkeypatch):
    monkeypatch.setattr(jobs, "PERIODIC", {})
    make_entry(user)
    export(user)

    jobs.tick(NOW + dt.timedelta(hours=24))
    assert ExportPart.objects.of(user).exists()
    jobs.tick(NOW + dt.timedelta(hours=24, seconds=1))
    assert not ExportPart.objects.of(user).exists()


def test_a_slice_is_a_handful_of_queries(user, django_assert_max_num_queries):
    revision = make_food().current
    for _ in range(20):
        make_entry(user, food_revision=revision)
    job = exports.ask_export(user=user)

    with django_assert_max_num_queries(3):
        exports.export_slice(job)


def test_the_parts_of_a_day_are_empty_where_nothing_is_known(user):
    make_entry(user, magnesium_ug=None)
    make_entry(user, day=DAY + dt.timedelta(days=1), magnesium_ug=80_000)
    make_entry(user, day=DAY + dt.timedelta(days=1), kind="supplement", magnesium_ug=None)

    open_day, pill_open = rows(export(user)["days.csv"])

    assert list(open_day.values()) == ["2026-11-22", "", "", "", "", "0", "1", "", ""]
    assert list(pill_open.values()) == ["2026-11-23", "80", "0", "", "80", "1", "1", "", ""]


def test_what_became_of_corrected_foods_is_written(user):
    food = make_food("Spinach", mg_per_100g=87)
    log_food(user=user, day=DAY, food=food, weight_g=Decimal(50))
    new = correct_food(food=food, magnesium_mg_per_100g=Decimal(82), author="ada", reason="typo")
    applied = apply_corrections(user=user, applied_id=uuid7(), seen=[new.pk])
    undo_applied(user=user, applied_id=applied.pk, now=NOW)
    keep_figures(user=user, seen=[new.pk])
    told = Evidence(magnesium_mg=Decimal(90), where="=the pack", note="new recipe")
    report_food(user=user, food=food, evidence=told, contribution_id=uuid7())

    files = export(user)

    (line,) = rows(files["corrections.csv"])
    assert list(line.values())[2:7] == ["Spinach", "43.5", "41", "87", "82"]
    assert (line["undone_at_utc"], line["put_back"]) == ("2026-11-22T10:30:00+00:00", "yes")
    assert [*rows(files["kept.csv"])[0].values()][:2] == ["Spinach", "82"]
    (sent,) = rows(files["contributions.csv"])
    assert list(sent.values())[1:] == [
        "report", "Spinach", "90", "", "", "label", "'=the pack", "new recipe", "open", "",
    ]  # fmt: skip


def test_stacks_are_written_as_they_were_planned_and_taken(user):
    mg, zinc = make_product("Mg"), make_product("Zinc")
    routine = make_stack(user, mg, (zinc, 2), today=DAY, weekdays=0b0000111)
    make_stack(make_user(), mg, name="Theirs", today=DAY)
    taken = [uuid7(), uuid7()]
    take_stack(
        user=user,
        routine_id=routine.pk,
        day=DAY + dt.timedelta(days=1),
        occasion="21:00",
        doses={str(mg.pk): taken[0], str(zinc.pk): taken[1]},
        time=None,
    )
    untake(user=user, routine_id=routine.pk, entry_ids=taken[1:], now=NOW)
    stop_routine(user=user, routine_id=routine.pk, today=DAY + dt.timedelta(days=9), now=NOW)

    files = export(user)

    both = "Mg (1 capsule); Zinc (2 capsules)"
    assert [list(row.values()) for row in rows(files["stacks.csv"])] == [
        ["Evening", "2026-11-22", "scheduled", "Mon, Tue and Wed", "21:00", both],
        ["Evening", "2026-12-01", "stopped", "", "", ""],
    ]
    assert [list(row.values()) for row in rows(files["stack_doses.csv"])] == [
        ["2026-11-23", "Evening", "21:00", str(taken[0])]
    ]


def test_every_table_of_a_person_is_exported_or_left_out_for_a_reason():
    reasons = {
        "Profile": "settings, and what is signed in with",
        "Target": "settings: the bands that days are held against",
        "OwnFood": "its figures stand in the entries",
        "OwnProduct": "its figures stand in the entries",
        "OwnIngredient": "the lines behind an own product",
        "ApiToken": "a secret, of which only a digest is kept",
        "Job": "work under way",
        "ExportPart": "the export itself",
        "Applied": "its time stands with each of its entries",
        "RoutineItem": "it stands in the line of its plan",
        "Routine": "its name stands with each of its plans",
    }
    exported = {"Entry", "DayMark", "AppliedEntry", "KeptFigure", "Contribution"}
    exported |= {"ListedMedicine", "TickedCondition"}
    exported |= {"RoutinePlan", "RoutineDose"}
    models = apps.get_app_config("intake").get_models()
    owned = {m.__name__ for m in models if any(f.related_model is User for f in m._meta.fields)}

    assert owned == exported | set(reasons)
