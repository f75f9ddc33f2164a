"""Files, zips and folders from strangers."""

import io
import struct
import zipfile

import pytest

from foods.sources.files import Given
from foods.sources.records import Unreadable
from tests.foods.sources.given import put, put_zip

FOOD = "fdc_id,name\n1,a\n"


def read_all(path):
    given = Given(path)
    return [row for member in given.members() for row in given.table(member)]


def test_a_plain_file_a_zip_and_a_folder_read_alike(tmp_path):
    plain = put(tmp_path / "food.csv", FOOD)
    zipped = put_zip(tmp_path / "a.zip", {"FDC_2024-10-31/Food.csv": FOOD, "__MACOSX/food.csv": "x"})
    folder = put(tmp_path / "folder/deep/food.csv", FOOD).parent.parent

    for path in (plain, zipped, folder):
        given = Given(path)
        member = given.find("food.csv")
        assert [*given.table(member)] == [(2, ["1", "a"])]
        assert given.bytes(member, 100) == FOOD.encode()
        assert [*given.lines(member)] == [(1, "fdc_id,name"), (2, "1,a")]
        assert given.find("portion.csv") is None


def test_the_shallowest_of_two_files_of_a_name_counts(tmp_path):
    given = Given(put_zip(tmp_path / "a.zip", {"old/x/food.csv": "old", "new/food.csv": "new"}))

    assert given.find("FOOD.CSV") == "new/food.csv"


def test_what_is_larger_than_is_wanted_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"larger than 10 bytes"):
        Given(put(tmp_path / "food.csv", FOOD)).bytes("food.csv", 10)


def test_a_truncated_zip_is_refused_wherever_it_ends(tmp_path):
    whole = put_zip(tmp_path / "a.zip", {"food.csv": FOOD, "more.csv": FOOD * 50}).read_bytes()

    for size in range(4, len(whole)):
        with pytest.raises(Unreadable, match="cut short or damaged"):
            read_all(put(tmp_path / "b.zip", whole[:size]))


def test_a_zip_with_a_damaged_file_is_refused(tmp_path):
    whole = bytearray(put_zip(tmp_path / "a.zip", {"food.csv": FOOD * 50}).read_bytes())
    whole[45] ^= 0xFF

    with pytest.raises(Unreadable, match=r"food\.csv: .*damaged"):
        read_all(put(tmp_path / "b.zip", bytes(whole)))


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path):
    bomb = put_zip(tmp_path / "a.zip", {"food.csv": b"fdc_id\n" + b"%060d\n" % 1 * 400_000})

    with pytest.raises(Unreadable, match="more than 200 times"):
        read_all(bomb)


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path):
    """The list of files promises 16 bytes of food.csv; 5 MB are packed."""
    path = put_zip(tmp_path / "a.zip", {"food.csv": b"fdc_id,name\n" + b"1,abcdefgh\n" * 500_000})
    whole = bytearray(path.read_bytes())
    entry = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<L", whole, entry + 24, 16)

    with pytest.raises(Unreadable, match="damaged"):
        read_all(put(path, bytes(whole)))


def test_files_that_lie_over_one_another_are_refused(tmp_path):
    """Two names of one packed file, as in a bomb that shares its filling."""
    path = put_zip(tmp_path / "a.zip", {"food.csv": FOOD * 100, "more.csv": FOOD})
    whole = bytearray(path.read_bytes())
    entry = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<L", whole, entry + 42, 0)

    with pytest.raises(Unreadable, match="over one another"):
        Given(put(path, bytes(whole)))


@pytest.mark.parametrize("name", ["../food.csv", "/etc/food.csv", "a/../../food.csv", "C:/food.csv"])
def test_a_name_that_leads_out_of_the_zip_is_refused(tmp_path, name):
    with pytest.raises(Unreadable, match="leads out"):
        Given(put_zip(tmp_path / "a.zip", {name: FOOD}))


def test_an_encrypted_file_is_refused(tmp_path):
    path = put_zip(tmp_path / "a.zip", {"food.csv": FOOD})
    whole = bytearray(path.read_bytes())
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(Unreadable, match="encrypted"):
        Given(put(path, bytes(whole)))


def test_a_way_of_packing_without_bounds_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as zipped:
        zipped.writestr("food.csv", FOOD)

    with pytest.raises(Unreadable, match="packed in a way"):
        Given(tmp_path / "a.zip")


def test_a_zip_of_too_many_files_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="more than 10000 files"):
        Given(put_zip(tmp_path / "a.zip", {f"{number}.csv": "" for number in range(10_001)}))


def test_a_zip_whose_list_of_files_is_huge_is_refused_unread(tmp_path):
    whole = bytearray(put_zip(tmp_path / "a.zip", {"food.csv": FOOD}).read_bytes())
    struct.pack_into("<L", whole, whole.rindex(b"PK\x05\x06") + 12, 5_000_000)

    with pytest.raises(Unreadable, match="longer than 4 MB"):
        Given(put(tmp_path / "b.zip", bytes(whole)))


def test_all_that_is_unpacked_is_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr("foods.sources.files.MAX_UNPACKED", 100)
    given = Given(put_zip(tmp_path / "a.zip", {"a.csv": "x" * 60, "b.csv": "x" * 60}))

    assert len(given.bytes("a.csv", 100)) == len(given.bytes("a.csv", 100)) == 60  # once, however often read
    with pytest.raises(Unreadable, match="more than"):
        given.bytes("b.csv", 100)


def test_a_zip_in_a_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("food.csv", FOOD)
    given = Given(put_zip(tmp_path / "a.zip", {"inner.zip": inner.getvalue()}))

    assert given.members() == ("inner.zip",)
    assert given.find("food.csv") is None


def test_a_folder_is_not_left_through_a_link(tmp_path):
    put(tmp_path / "secret.csv", FOOD)
    put(tmp_path / "folder/food.csv", FOOD)
    (tmp_path / "folder/link.csv").symlink_to(tmp_path / "secret.csv")

    assert Given(tmp_path / "folder").members() == ("food.csv",)
