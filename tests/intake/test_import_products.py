"""`import_products`: a label or a folder of them, from the command line into the catalogue."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from supplements.models import Compound, Product
from supplements.services import load_builtin_compounds
from tests import machine
from tests.supplements.sources.given import as_bytes, label, quantity, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forms():
    load_builtin_compounds()


def run(path, *options):
    """Return the lines the command writes."""
    out = StringIO()
    call_command("import_products", str(path), *options, stdout=out)
    return out.getvalue().splitlines()


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else as_bytes(content))
    return path


def test_a_file_is_brought_in_and_the_second_time_nothing_changes(tmp_path):
    path = put(tmp_path, "label.json", label())

    assert run(path)[-1] == "new 1, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 0"
    assert run(path)[-1] == "new 0, changed 0, replaced 0, unchanged 1, kept 0, older 0, skipped 0"
    assert Product.objects.count() == 1


def test_a_look_says_the_same_and_changes_nothing(tmp_path):
    path = put(tmp_path, "label.json", label())

    lines = run(path, "--look")

    assert lines[0].startswith("nothing was changed")
    assert lines[-1] == "new 1, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 0"
    assert not Product.objects.exists()
    assert not Product.history.exists()


def test_of_a_folder_the_bad_files_are_refused_with_a_sentence_and_the_others_brought_in(tmp_path):
    put(tmp_path, "a.json", label(id=1, upcSku=""))
    put(tmp_path, "b.json", b"{")
    put(tmp_path, "c.json", label(row("Vitamin C", 60), id=2))
    put(tmp_path, "d.json", label(row("Magnesium", quantity(0, "NP")), id=3, upcSku=""))

    lines = run(tmp_path)

    assert lines == [
        "refused: b.json: this is no JSON file, or it is cut short.",
        "worth a look: d.json: The label gives no amount for Magnesium.",
        "1 of 3 labels name no magnesium: left out",
        "new 2, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 1",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"{", "no JSON file"),
        ("a.json", {"id": 1}, "“fullName” is missing"),
        ("none.json", None, "No such file"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_changed(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        put(tmp_path, name, content)

    with pytest.raises(CommandError, match=f"Nothing was changed. {name}: ") as caught:
        run(path)

    assert said in str(caught.value)
    assert not Product.objects.exists()


def test_a_folder_of_no_label_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"holds no \.json file"):
        run(tmp_path)
    put(tmp_path, "a.json", b"{")
    with pytest.raises(CommandError, match="no file in it is a label"):
        run(tmp_path)


def test_without_the_built_in_forms_nothing_is_brought_in(tmp_path):
    Compound.objects.all().delete()

    with pytest.raises(CommandError, match="Load the built-in forms first"):
        run(put(tmp_path, "a.json", label()))


def test_long_lists_are_counted(tmp_path):
    put(tmp_path, "good.json", label())
    for number in range(25):
        put(tmp_path, f"{number:02}.json", b"{")

    lines = run(tmp_path)

    assert lines[20] == "refused: 5 more"
    assert lines[-1].endswith("skipped 25")


def test_the_real_labels_come_in_as_a_folder():
    folder = machine.sample_data()
    if folder is None:
        pytest.skip("MIDBAND_SAMPLE_DATA names no folder with the real labels.")

    lines = run(folder / "dsld")

    assert lines == [
        "8 of 12 labels name no magnesium: left out",
        "new 4, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 0",
    ]
    assert sorted(Product.objects.values_list("serving", "magnesium_ug_per_serving")) == [
        ("1 tablet", 40_000),
        ("1 tablet", 40_000),
        ("1 tablet", 50_000),
        ("3 tablets", 96_000),
    ]
