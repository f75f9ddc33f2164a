"""Corrected foods: offered to whoever logged them, taken by their own act, put back exactly."""

import datetime as dt
import random
from decimal import Decimal
from functools import partial
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from foods.models import Edition, FoodImport, FoodRevision, ReviewItem
from foods.services import correct_food, merge_foods
from foods.services.reviewing import Evidence, close_item
from intake.errors import IdTaken, NotThere
from intake.finding import food_by_ref
from intake.models import Applied, AppliedEntry, Contribution, Entry, KeptFigure, OwnFood
from intake.reports import (
    applied_report,
    applied_reports,
    day_report,
    offer_list,
    offered_changes,
    offered_difference,
)
from intake.services import (
    MAX_WAITING,
    apply_corrections,
    change_entry,
    corrections,
    delete_account,
    delete_entry,
    keep_figures,
    log_food,
    log_quick,
    offer_again,
    propose_own_food,
    report_food,
    undo_applied,
)
from tests.factories import make_food, make_source, make_user

MONDAY = dt.date(2026, 11, 16)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def spinach():
    return make_food("Spinach, boiled", mg_per_100g=87)


def log(user, food, grams=100, day=MONDAY, times=1):
    food.refresh_from_db()
    entries = [log_food(user=user, day=day, food=food, weight_g=Decimal(str(grams))) for _ in range(times)]
    return entries[0].entry


def correct(food, mg):
    value = None if mg is None else Decimal(str(mg))
    return correct_food(food=food, magnesium_mg_per_100g=value, author="ada", reason="typo in the table")


def upcoming(food, mg, *, live):
    """Lay a new figure beside a food as an import does."""
    given = FoodImport.objects.create(file_name="new.csv", size=1, sha256="0" * 64)
    edition = Edition.objects.create(food_import=given, live=live)
    source = make_source("usda-foundation", "2024-10-31", "FN")
    food.upcoming = FoodRevision.objects.create(
        food=food, source=source, source_key="12", magnesium_ug_per_100g=None if mg is None else mg * 1000
    )
    food.edition = edition
    food.save()
    return edition


@pytest.mark.parametrize("live", [True, False])
def test_a_figure_on_its_way_is_on_no_page_before_its_edition_is_live(live, client, user):
    food = make_food("Spinach", mg_per_100g=79)
    upcoming(food, 91.5, live=live)
    client.force_login(user)

    page = client.get(f"/foods/{food.pk}/").content.decode()

    assert ("91.5" in page) is live
    shown = [revision.magnesium_ug_per_100g for revision in food_by_ref(user, str(food.pk)).shown_revisions()]
    assert shown == ([91_500, 79_000] if live else [79_000])


def take(user, *revisions, day=None, applied_id=None):
    seen = [revision.pk for revision in revisions]
    return apply_corrections(user=user, applied_id=applied_id or uuid7(), seen=seen, day=day)


def diary(user):
    """Everything an entry says, but its version."""
    return [*Entry.objects.of(user).order_by("pk").values("pk", "magnesium_ug", "food_revision", "weight_mg")]


def offered(user):
    return [(row.offer.name, row.offer.old, row.offer.now_ug) for row in offer_list(user).foods]


# What is offered -----------------------------------------------------------------------------------


def test_a_correction_changes_nothing_and_is_offered(user, spinach):
    log(user, spinach, 150)
    log(user, spinach, 50, MONDAY + dt.timedelta(days=1), times=2)
    before = diary(user)

    now = correct(spinach, 82)

    assert diary(user) == before
    (row,) = offer_list(user).foods
    assert (row.offer.now_id, row.offer.old, row.offer.now_ug) == (now.pk, (87_000,), 82_000)
    assert (row.offer.difference.entries, row.days) == (3, 2)
    assert row.offer.difference.change_ug == -7_500 - 2_500 * 2
    assert (row.first, row.last) == (MONDAY, MONDAY + dt.timedelta(days=1))
    assert (row.origin.author, row.origin.reason) == ("ada", "typo in the table")


def test_the_day_offers_what_its_own_entries_could_take(user, spinach):
    log(user, spinach, 150)
    log(user, spinach, 50, MONDAY + dt.timedelta(days=1))
    correct(spinach, 82)

    (offer,) = day_report(user, MONDAY).offers

    assert (offer.name, offer.old, offer.now_ug) == ("Spinach, boiled", (87_000,), 82_000)
    assert (offer.difference.entries, offer.difference.change_ug) == (1, -7_500)


def test_the_day_and_the_list_say_the_same(user):
    chance = random.Random(7)
    foods = [make_food(f"food {n}", mg_per_100g=chance.choice([None, 10 + n, 87.5])) for n in range(12)]
    for food in foods:
        log(user, food, chance.randint(1, 999) / 10, times=2)
    for food in foods[::2]:
        mg = chance.choice([None, 200 + food.pk % 7])
        if mg or food.current.magnesium_ug_per_100g is not None:
            correct(food, mg)

    by_day = {(o.now_id, o.old, o.now_ug, o.difference) for o in day_report(user, MONDAY).offers}

    listed = offer_list(user)
    assert by_day == {
        (row.offer.now_id, row.offer.old, row.offer.now_ug, row.offer.difference) for row in listed.foods
    }
    assert by_day
    assert listed.difference == offered_difference(user)


@pytest.mark.parametrize("live", [False, True])
def test_an_import_is_offered_from_the_moment_it_is_live(user, spinach, live):
    log(user, spinach)
    edition = upcoming(spinach, 90, live=live)

    assert offered(user) == ([("Spinach, boiled", (87_000,), 90_000)] if live else [])
    assert len(day_report(user, MONDAY).offers) == live
    edition.live = not live
    edition.save()
    assert len(offered(user)) == (not live)


def test_the_origin_of_an_import_is_its_release(user, spinach):
    log(user, spinach)
    upcoming(spinach, 90, live=True)

    origin = offer_list(user).foods[0].origin

    assert (origin.source.code, origin.source.release, origin.record) == (
        "usda-foundation",
        "2024-10-31",
        "12",
    )
    assert (origin.author, origin.reason) == ("", "")


def test_a_food_that_a_live_import_takes_away_offers_nothing(user, spinach):
    log(user, spinach)
    upcoming(spinach, 90, live=True)
    spinach.upcoming = None
    spinach.save()

    assert offered(user) == []
    assert day_report(user, MONDAY).offers == ()


def test_a_correction_back_to_the_same_value_offers_nothing(user, spinach):
    log(user, spinach)
    correct(spinach, 82)
    correct(spinach, 87)

    assert offered(user) == []
    assert day_report(user, MONDAY).offers == ()
    assert offered_difference(user).entries == 0


def test_merging_alone_offers_nothing(user, spinach):
    other = make_food("Spinach, cooked", mg_per_100g=99)
    log(user, spinach)
    merge_foods(loser=spinach, winner=other, author="ada", reason="the same")

    assert offered(user) == []
    assert day_report(user, MONDAY).offers == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (None, 82, "a value now (+82 mg)"),
        (87, None, "no value any more (−87 mg)"),
        (0, None, "no value any more (0 mg)"),
        (None, 0, "a value now (0 mg)"),
        (0, 4, "+4 mg"),
    ],
)
def test_no_value_is_not_nought(user, old, new, words):
    food = make_food(mg_per_100g=old)
    log(user, food)
    correct(food, new)

    assert offer_list(user).difference.words == words
    assert day_report(user, MONDAY).offers[0].difference.words == words


def test_what_others_logged_and_what_was_deleted_is_not_offered(user, spinach):
    log(make_user(), spinach)
    gone = log(user, spinach)
    delete_entry(user=user, entry_id=gone.pk, version=1, now=NOW)
    log_quick(user=user, day=MONDAY, kind="food", label="soup", magnesium_mg=Decimal(5))
    correct(spinach, 82)

    assert offered(user) == []


def test_a_figure_that_no_entry_could_hold_is_not_offered(user):
    food = make_food(mg_per_100g=1)
    log(user, food, 100_000)
    kept = log(user, food, 100)
    correct(food, 100)

    assert [change.id for change in offered_changes(user, offer_list(user).foods[0].offer.now_id)] == [
        kept.pk
    ]
    assert day_report(user, MONDAY).offers[0].difference.entries == 1
    take(user, food.current)
    assert offered(user) == []


def test_the_newest_figure_is_offered_over_all_older_ones(user, spinach):
    log(user, spinach, 100)
    correct(spinach, 82)
    log(user, spinach, 100)
    correct(spinach, 90)

    (row,) = offer_list(user).foods
    assert sorted(row.offer.old) == [82_000, 87_000]
    assert (row.offer.difference.entries, row.offer.difference.change_ug) == (2, 3_000 + 8_000)


# Taking, refusing and putting back -----------------------------------------------------------------


def test_taking_gives_each_entry_the_new_figure_once(user, spinach):
    entry = log(user, spinach, 33.3)
    now = correct(spinach, 82)

    take(user, now)

    entry.refresh_from_db()
    assert (entry.magnesium_ug, entry.food_revision_id, entry.version) == (27_306, now.pk, 2)
    assert (entry.weight_mg, entry.quantity_milli) == (33_300, 33_300)
    assert offered(user) == []


def test_magnesium_is_rounded_as_when_it_is_logged(user):
    chance = random.Random(3)
    food = make_food(mg_per_100g=1)
    for _ in range(60):
        log(user, food, Decimal(chance.randint(1, 900_000)) / 1000)
    now = correct(food, Decimal(chance.randint(1, 400_000)) / 1000)
    half = log_food(user=user, day=MONDAY, food=food, weight_g=Decimal("0.05"))

    take(user, now)

    for entry in Entry.objects.of(user).exclude(pk=half.entry.pk):
        again = log(user, food, Decimal(entry.weight_mg) / 1000)
        assert entry.magnesium_ug == again.magnesium_ug


def test_undoing_restores_exactly(user, spinach):
    unknown = make_food("Tempeh", mg_per_100g=None)
    for food in (spinach, unknown):
        log(user, food, 120, times=2)
    before = diary(user)
    first, second = correct(spinach, None), correct(unknown, 70)

    applied = take(user, first, second)
    assert diary(user) != before
    undo_applied(user=user, applied_id=applied.pk, now=NOW)

    assert diary(user) == before
    assert set(Entry.objects.values_list("version", flat=True)) == {3}
    assert len(offered(user)) == 2


def test_an_undo_leaves_and_names_what_was_changed_since(user, spinach):
    kept, changed, deleted = (log(user, spinach, grams) for grams in (100, 200, 300))
    applied = take(user, correct(spinach, 80))
    change_entry(user=user, entry_id=changed.pk, version=2, weight_g=Decimal(10))
    delete_entry(user=user, entry_id=deleted.pk, version=2, now=NOW)
    states = {change.id: change.state for change in applied_report(user, applied.pk).entries}
    assert states == {kept.pk: "", changed.pk: "changed", deleted.pk: "changed"}

    undo_applied(user=user, applied_id=applied.pk, now=NOW)

    figures = dict(Entry.objects.of(user).values_list("pk", "magnesium_ug"))
    assert figures == {kept.pk: 87_000, changed.pk: 8_000, deleted.pk: 240_000}
    report = applied_report(user, applied.pk)
    assert {change.id: change.state for change in report.entries} == {
        kept.pk: "back",
        changed.pk: "changed",
        deleted.pk: "changed",
    }
    assert (report.back, report.difference.entries) == (1, 3)


def test_an_entry_that_was_cleared_is_gone_from_a_record(user, spinach):
    entry = log(user, spinach)
    applied = take(user, correct(spinach, 80))
    Entry.objects.filter(pk=entry.pk).delete()

    undo_applied(user=user, applied_id=applied.pk, now=NOW)

    assert [change.state for change in applied_report(user, applied.pk).entries] == ["gone"]


def test_taking_and_undoing_twice_is_once(user, spinach):
    entry = log(user, spinach)
    now, same_id = correct(spinach, 82), uuid7()

    assert take(user, now, applied_id=same_id) == take(user, now, applied_id=same_id)
    with pytest.raises(NotThere):
        take(user, now)
    for _ in range(2):
        undo_applied(user=user, applied_id=same_id, now=NOW)

    entry.refresh_from_db()
    assert (entry.version, entry.magnesium_ug) == (3, 87_000)
    assert Applied.objects.count() == AppliedEntry.objects.count() == 1


def test_only_what_was_seen_is_taken(user, spinach):
    kale = make_food("Kale", mg_per_100g=47)
    log(user, spinach)
    log(user, kale)
    seen = correct(spinach, 82)
    correct(kale, 33)
    newer = correct(spinach, 83)

    with pytest.raises(NotThere):
        take(user, seen)

    take(user, newer)
    assert offered(user) == [("Kale", (47_000,), 33_000)]


def test_a_day_can_be_taken_alone(user, spinach):
    log(user, spinach)
    log(user, spinach, day=MONDAY + dt.timedelta(days=1))

    take(user, correct(spinach, 82), day=MONDAY)

    assert offer_list(user).difference.entries == 1
    assert day_report(user, MONDAY).offers == ()


def test_a_figure_that_was_refused_is_not_offered_again_but_the_next_one_is(user, spinach):
    log(user, spinach)
    now = correct(spinach, 82)

    assert keep_figures(user=user, seen=[now.pk, now.pk + 1]) == 1
    assert keep_figures(user=user, seen=[now.pk]) == 0
    assert offered(user) == []
    assert day_report(user, MONDAY).offers == ()
    assert KeptFigure.objects.of(user).count() == 1

    offer_again(user=user, revision_id=now.pk)
    assert len(offered(user)) == 1
    keep_figures(user=user, seen=[now.pk])
    correct(spinach, 83)
    assert offered(user) == [("Spinach, boiled", (87_000,), 83_000)]


def test_a_strangers_id_and_record_are_refused(user, spinach):
    stranger = make_user()
    for person in (user, stranger):
        log(person, spinach)
    now = correct(spinach, 82)
    mine = take(user, now)

    with pytest.raises(IdTaken):
        take(stranger, now, applied_id=mine.pk)
    with pytest.raises(NotThere):
        undo_applied(user=stranger, applied_id=mine.pk, now=NOW)
    assert applied_report(stranger, mine.pk) is None
    assert applied_reports(stranger) == []
    assert len(offered(stranger)) == 1


@pytest.mark.parametrize("entries", [1, 30])
def test_the_number_of_statements_does_not_grow(user, django_assert_num_queries, entries):
    foods = [make_food(f"food {n}") for n in range(entries)]
    for food in foods:
        log(user, food, times=2)
    with django_assert_num_queries(2):
        assert offer_list(user).foods == ()
    with django_assert_num_queries(2):
        assert offered_difference(user).entries == 0
    seen = [correct(food, 50 + food.pk % 40) for food in foods]

    with django_assert_num_queries(5):
        assert len(offer_list(user).foods) == entries
    with django_assert_num_queries(3):
        offered_difference(user)
    with django_assert_num_queries(3):
        assert len(day_report(user, MONDAY).offers) == entries
    # what is offered 3; a savepoint: the person, the id, the record 3, a slice 5, release
    with django_assert_num_queries(15):
        applied = take(user, *seen)
    with django_assert_num_queries(3):
        assert len(applied_report(user, applied.pk).entries) == entries * 2
    with django_assert_num_queries(1):
        applied_reports(user)


def test_an_account_takes_its_records_with_it(user, spinach):
    log(user, spinach)
    kale = make_food("Kale")
    log(user, kale)
    take(user, correct(spinach, 82))
    keep_figures(user=user, seen=[correct(kale, 5).pk])

    delete_account(user=user)

    assert not Applied.objects.exists()
    assert not AppliedEntry.objects.exists()
    assert not KeptFigure.objects.exists()


def test_a_long_diary_is_taken_slice_by_slice(user, spinach, monkeypatch):
    monkeypatch.setattr(corrections, "ENTRIES_A_SLICE", 2)
    for number in range(5):
        log(user, spinach, 100, MONDAY + dt.timedelta(days=number))
    before = diary(user)

    applied = take(user, correct(spinach, 82))

    assert offered(user) == []
    assert set(Entry.objects.values_list("magnesium_ug", "version")) == {(82_000, 2)}
    days = [change.day for change in applied_report(user, applied.pk).entries]
    assert days == sorted(days, reverse=True)
    assert len(days) == 5
    undo_applied(user=user, applied_id=applied.pk, now=NOW)
    assert diary(user) == before


def test_what_was_cut_off_is_on_the_record_and_the_rest_still_offered(user, spinach, monkeypatch):
    monkeypatch.setattr(corrections, "ENTRIES_A_SLICE", 2)
    log(user, spinach, 100, times=3)
    before, now = diary(user), correct(spinach, 82)
    slices = iter([corrections._take_slice])

    def killed(*given):
        return next(slices)(*given)

    monkeypatch.setattr(corrections, "_take_slice", killed)
    same_id = uuid7()
    with pytest.raises(StopIteration):
        take(user, now, applied_id=same_id)

    assert offer_list(user).difference.entries == 1
    assert take(user, now, applied_id=same_id).entries.count() == 2
    undo_applied(user=user, applied_id=same_id, now=NOW)
    assert diary(user) == before


@pytest.mark.django_db(transaction=True)
def test_pressed_in_two_windows_at_once_it_is_taken_once(together, spinach):
    user = make_user()
    entry = log(user, spinach)
    now = correct(spinach, 82)

    def press():
        try:
            return take(user, now).pk
        except NotThere:
            return None

    done = together([press] * 4)

    assert sum(isinstance(pk, UUID) for pk in done) == 1
    entry.refresh_from_db()
    assert (entry.version, entry.magnesium_ug) == (2, 82_000)


def test_deleting_an_account_leaves_no_word_of_theirs_in_the_queue(user):
    told = Evidence(magnesium_mg=Decimal(1), where="CANARY where", note="CANARY note")
    for number in range(3):
        food = make_food(mg_per_100g=50)
        report = report_food(user=user, food=food, evidence=told, contribution_id=uuid7())
        if number:
            close_item(item=report.item, accepted=number == 1, answer="about CANARY", author="ada")
    portion = {"portion_label": "", "portion_weight_g": None}
    propose_own_food(user=user, food_id=uuid7(), name="CANARY bar", brand="CANARY", evidence=told, **portion)

    delete_account(user=user)

    assert ReviewItem.objects.count() == 2
    assert "CANARY" not in str([*ReviewItem.objects.values()])


@pytest.mark.parametrize("open_ones", [MAX_WAITING - 1, MAX_WAITING])
def test_so_many_may_wait_for_an_answer(user, open_ones):
    food = make_food(mg_per_100g=50)
    for _ in range(open_ones):
        item = ReviewItem.objects.create(kind="report", food=food)
        Contribution.objects.create(user=user, kind="report", label="x", item=item, food=food)

    told = Evidence(magnesium_mg=Decimal(1), where="the label")
    ask = partial(
        propose_own_food, user=user, food_id=uuid7(), name="bar", brand="", evidence=told,
        portion_label="", portion_weight_g=None,
    )  # fmt: skip
    if open_ones < MAX_WAITING:
        ask()
    else:
        with pytest.raises(ValidationError, match="enough for now"):
            ask()
        assert not OwnFood.objects.exists()


def test_the_same_report_and_the_same_proposal_sent_twice_are_one(user):
    food, told = make_food(mg_per_100g=50), Evidence(magnesium_mg=Decimal(1), where="the label")
    one, other = uuid7(), uuid7()
    for _ in range(2):
        report_food(user=user, food=food, evidence=told, contribution_id=one)
        propose_own_food(
            user=user, food_id=other, name="bar", brand="", evidence=told, portion_label="",
            portion_weight_g=None,
        )  # fmt: skip

    assert ReviewItem.objects.count() == Contribution.objects.count() == 2
    with pytest.raises(IdTaken):
        report_food(user=make_user(), food=food, evidence=told, contribution_id=one)
    assert ReviewItem.objects.count() == 2
