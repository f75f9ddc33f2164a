"""Products from labels: new, changed, reformulated; what a curator put right and what was logged stay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from intake.models import Entry
from intake.services import change_entry, log_supplement
from supplements.models import Compound, Ingredient, Product
from supplements.services import (
    find_products,
    import_products,
    load_builtin_compounds,
    retire_products,
    states_of,
)
from supplements.services.states import lines_of, reckon_product
from supplements.sources import read_label
from tests.factories import make_user
from tests.supplements.sources.given import as_bytes, label, quantity, row, size

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _forms():
    load_builtin_compounds()


def bring(*labels):
    """Import labels and return the tally."""
    records = [record for one in labels for record in read_label(as_bytes(one), "label.json").records]
    return import_products(records, author="a curator", now=NOON)


def oxide(mg, **fields):
    return label(row("Magnesium", mg, forms=["Magnesium Oxide"]), **fields)


def everything():
    return list(Product.objects.order_by("pk").values()), list(Ingredient.objects.order_by("pk").values())


# New ---------------------------------------------------------------------------------------------


def test_a_label_becomes_a_product_with_its_lines_and_a_state():
    tally = bring(oxide(40, offMarket=1))

    product = Product.objects.get()
    assert str(tally) == "new 1, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 0"
    assert (product.brand, product.name, product.serving) == ("Sunny Hollow", "Magnesium", "1 capsule")
    assert (product.kind, product.magnesium_ug_per_serving) == ("supplement", 40_000)
    assert (product.gtin, product.off_market) == ("00012345678905", True)
    assert (product.source, product.source_key, product.edition) == ("dsld", "1000", 1)
    line = product.ingredients.get()
    assert (line.compound_id, line.basis, line.amount_ug) == ("oxide", "elemental", 40_000)
    assert line.printed == "Magnesium (as Magnesium Oxide)"
    (state,) = states_of(product)
    assert (state.author, state.reason, state.lines) == (
        "a curator",
        "Imported: dsld 1000",
        lines_of(product),
    )


def test_an_amount_that_is_open_is_not_known_and_not_zero():
    bring(label(row("Magnesium", quantity(0, "NP"))))

    product = Product.objects.get()
    assert product.magnesium_ug_per_serving is None
    assert product.note == "The label gives no amount for Magnesium."


def test_each_serving_of_a_label_is_a_product():
    two = row("Magnesium", quantity(350, of=5, per="Gram(s)"), quantity(70, of=1, per="Gram(s)", order=2))

    tally = bring(label(two, sizes=[size(1, 5, "Gram(s)"), size(2, 1, "Gram(s)")]))

    assert tally.new == 2
    assert list(
        Product.objects.order_by("pk").values_list("source_key", "serving", "magnesium_ug_per_serving")
    ) == [("1000", "5 g", 350_000), ("1000-2", "1 g", 70_000)]
    assert set(Product.objects.values_list("retired_at", flat=True)) == {None}


def test_a_serving_beyond_reason_is_left_out_and_said():
    tally = bring(label(row("Magnesium", quantity(20.001, "Gram(s)"))), oxide(40, id=2))

    assert (tally.new, tally.skipped) == (1, 1)
    assert "at most 20 000 mg" in tally.said[0]


def test_nothing_is_imported_before_the_built_in_forms_are_there():
    Compound.objects.all().delete()

    with pytest.raises(ValidationError, match="Load the built-in forms first"):
        bring(oxide(40))


# Again -------------------------------------------------------------------------------------------


def test_the_same_labels_again_change_no_row():
    labels = [
        oxide(40),
        oxide(50, id=2, upcSku="0 12345 67890 5", entryDate="2023-01-01"),  # the newer label of the barcode
        label(row("Magnesium", quantity(0, "NP")), id=3, upcSku=""),
        label(row("Magnesium Citrate", 500), id=4, upcSku=""),
    ]
    bring(*labels)
    before = everything()

    tally = bring(*labels)

    assert str(tally) == "new 0, changed 0, replaced 0, unchanged 4, kept 0, older 0, skipped 0"
    assert everything() == before


def test_a_label_that_is_there_twice_counts_once():
    tally = bring(oxide(40), oxide(41))
    again = bring(oxide(40), oxide(41))

    assert (tally.new, tally.skipped) == (1, 1)
    assert Product.objects.get().magnesium_ug_per_serving == 41_000
    assert (again.unchanged, again.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("fullName", "Magnesium Plus", "name", "Magnesium Plus"),
        ("brandName", "Other", "brand", "Other"),
        ("offMarket", 1, "off_market", True),
        ("upcSku", "8 95634 00002 7", "gtin", "00895634000027"),
    ],
)
def test_a_detail_that_changed_is_changed_in_place(field, value, column, expected):
    bring(oxide(40))
    before = Product.objects.get()

    tally = bring(oxide(40, **{field: value}))

    product = Product.objects.get()
    assert (tally.changed, tally.new, tally.replaced) == (1, 0, 0)
    assert (product.pk, getattr(product, column)) == (before.pk, expected)
    assert states_of(product)[0].changes == ((column, getattr(before, column), expected),)


def test_the_same_serving_in_other_words_is_changed_in_place():
    bring(oxide(40))

    tally = bring(label(row("Magnesium", 40, forms=["Magnesium Citrate"])))

    assert (tally.changed, Product.objects.count()) == (1, 1)
    assert Ingredient.objects.get().printed == "Magnesium (as Magnesium Citrate)"


# Reformulated ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after",
    [
        oxide(50),
        label(row("Magnesium", quantity(40, of=2), forms=["Magnesium Oxide"])),
        label(row("Magnesium", quantity(0, "NP"))),
    ],
)
def test_a_reformulated_product_is_a_new_row_and_past_doses_are_as_they_were(after):
    user = make_user()
    bring(oxide(40))
    old = Product.objects.get()
    entry = log_supplement(user=user, day=MONDAY, product=old, servings=Decimal(2)).entry

    tally = bring(after)

    old.refresh_from_db()
    new = Product.objects.get(replaces=old)
    assert (tally.replaced, tally.new, tally.changed) == (1, 0, 0)
    assert (old.magnesium_ug_per_serving, old.serving, old.edition) == (40_000, "1 capsule", 1)
    assert (old.retired_at, new.retired_at, new.edition) == (NOON, None, 2)
    assert find_products([], 10) == [new]
    entry.refresh_from_db()
    assert (entry.product_id, entry.magnesium_ug) == (old.pk, 80_000)
    changed = change_entry(user=user, entry_id=entry.pk, version=entry.version, quantity=Decimal(3))
    assert changed.magnesium_ug == 120_000
    assert bring(after).unchanged == 1


def test_a_newer_label_of_the_same_barcode_takes_the_place_of_the_older_one():
    bring(oxide(40, entryDate="2020-01-01"))
    old = Product.objects.get()

    tally = bring(oxide(50, id=900, entryDate="2023-01-01"))

    old.refresh_from_db()
    (offered,) = find_products([], 10, ["00012345678905"])
    assert tally.new == 1
    assert (offered.source_key, offered.replaces_id, old.retired_at) == ("900", old.pk, NOON)


@pytest.mark.parametrize("together", [True, False])
def test_the_newest_label_of_a_barcode_is_offered_in_whatever_order_they_come(together):
    older, newer = oxide(40, id=900, entryDate="2020-01-01"), oxide(50, entryDate="2023-01-01")
    if together:
        bring(newer, older)
    else:
        bring(newer)
        assert bring(older).older == 1

    assert [product.magnesium_ug_per_serving for product in find_products([], 10)] == [50_000]


def test_labels_without_a_barcode_are_products_of_their_own():
    bring(oxide(40, upcSku=""), oxide(50, id=2, upcSku="X003UB5Q33"))

    assert len(find_products([], 10)) == 2


def test_a_product_that_a_curator_retired_does_not_come_back():
    bring(oxide(40))
    retire_products(Product.objects.all(), NOON)

    tally = bring(oxide(50))

    assert (tally.replaced, find_products([], 10)) == (1, [])


# What a curator put right ------------------------------------------------------------------------


def correct(**fields):
    """Correct the amount of the only product as a curator would, or its fields."""
    product = Product.objects.get()
    Product.objects.filter(pk=product.pk).update(**fields)
    if not fields:
        product.ingredients.update(amount_ug=45_000)
        reckon_product(product)


def test_a_corrected_figure_is_kept_when_the_label_changes_and_said_once():
    bring(oxide(40))
    correct()

    tally, again = bring(oxide(50)), bring(oxide(50))

    product = Product.objects.get()
    assert product.magnesium_ug_per_serving == 45_000
    assert (tally.kept, tally.replaced, again.unchanged) == (1, 0, 1)
    assert "a curator's figures are kept" in tally.said[0]


def test_a_corrected_name_is_kept_and_the_rest_of_the_label_taken_over():
    bring(oxide(40))
    correct(name="Magnesium oxide")

    assert bring(oxide(40)).unchanged == 1
    assert bring(oxide(40, fullName="MAGNESIUM", brandName="Other")).changed == 1
    product = Product.objects.get()
    assert (product.name, product.brand) == ("Magnesium oxide", "Other")
    assert bring(oxide(40, fullName="MAGNESIUM!", brandName="Other")).kept == 1


def test_a_corrected_name_goes_along_when_the_product_is_reformulated():
    bring(oxide(40))
    correct(name="Magnesium oxide")

    bring(oxide(50))

    assert find_products([], 10)[0].name == "Magnesium oxide"


def test_an_import_that_fails_half_way_leaves_nothing():
    """The database itself refuses the last row here: a name that no column holds."""
    records = [
        record
        for one in (oxide(40, upcSku=""), oxide(50, id=2, upcSku=""))
        for record in read_label(as_bytes(one), "label.json").records
    ]
    object.__setattr__(records[1], "name", "x" * 201)

    with pytest.raises(Exception, match="fits|too long"):
        import_products(records, author="", now=NOON)

    assert not Product.objects.exists()


def test_an_import_reads_its_rows_in_few_queries(django_assert_max_num_queries):
    labels = [oxide(40, id=number, upcSku="") for number in range(1, 101)]
    bring(*labels)

    with django_assert_max_num_queries(6):  # savepoint, forms, products, lines, release
        assert bring(*labels).unchanged == 100


def test_no_entry_is_touched_by_an_import():
    user = make_user()
    bring(oxide(40))
    log_supplement(user=user, day=MONDAY, product=Product.objects.get())
    before = list(Entry.objects.values())

    bring(oxide(50))

    assert list(Entry.objects.values()) == before
