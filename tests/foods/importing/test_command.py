"""`manage.py import_foods`: what it says, what it refuses, and where files are kept."""

import datetime as dt
import io
import shutil
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from foods import importing
from foods.importing import Progress, spool
from foods.models import Food, FoodImport
from intake.management.progress_line import ProgressLine
from tests.foods.importing.conftest import row, seen, work, write_csv

pytestmark = pytest.mark.django_db


def command(*arguments, **options):
    out = io.StringIO()
    call_command("import_foods", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def table(tmp_path):
    rows = [row("1", 100, portions=[["1 cup", 5000]]), row("2", None), *[row("BAD")] * 22]
    return write_csv(tmp_path / "table.csv", rows)


def test_it_says_what_is_covered_what_is_skipped_and_ends_with_the_counts(table):
    said = command(table)

    assert said[:3] == [
        "Test test 1",
        "magnesium in 1 of 2 foods; portions for 1",
        "skipped: test.csv, line 4: Left out: no food.",
    ]
    assert said[-4:] == [
        "skipped: test.csv, line 23: Left out: no food.",
        "skipped: 2 more",
        "not published yet: look at it at the desk, or run this again with --publish",
        "new 2, changed 0, unchanged 0, missing 0, skipped 22",
    ]
    assert seen() == {}


def test_a_file_that_waits_is_published_by_the_same_command(table):
    command(table)

    said = command(table, publish=True)

    assert said[-1] == "new 2, changed 0, unchanged 0, missing 0, skipped 22"
    assert set(seen()) == {"1", "2"}
    assert FoodImport.objects.count() == 1
    assert command(table, publish=True)[-1] == "new 0, changed 0, unchanged 2, missing 0, skipped 22"


def test_it_says_why_nothing_is_missing_from_a_part_of_a_release(tmp_path):
    said = command(write_csv(tmp_path / "sample.csv", [row("1")], partial="it is a sample"))

    assert said[1] == "no whole release (it is a sample): what is not in it is not counted as missing"


def test_the_release_can_be_named(table):
    assert command(table, release="June 2026")[0] == "Test test June 2026"


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"a table\nof something else\n"])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content, tmp_path):
    path = tmp_path / "strange.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"^strange\.csv was refused\. strange\.csv"):
        command(path)

    assert not Food.objects.exists()
    assert FoodImport.objects.get().state == "refused"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="There is no such file"):
        command(tmp_path / "nothing.csv")


# Files ---------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_a_name_of_our_own(table, settings, tmp_path):
    food_import = importing.start_import(table, "../../etc/\0passwd\n")

    (kept,) = settings.SPOOL_DIR.iterdir()
    assert kept.name == food_import.spool
    assert kept.read_bytes() == table.read_bytes()
    assert food_import.file_name == "../../etc/passwd"
    assert {path.name for path in tmp_path.iterdir()} == {"table.csv", "spool"}


def test_a_folder_is_kept_as_one_zip_without_what_is_linked_to(tmp_path, settings):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "food.csv").write_text("a,b\n")
    (folder / "link.csv").symlink_to("/etc/passwd")

    one, two = spool.keep(folder), spool.keep(folder)

    assert one.sha256 == two.sha256
    assert zipfile.ZipFile(spool.path_of(one.name)).namelist() == ["food.csv"]


def test_nothing_is_begun_on_a_disk_that_is_nearly_full(table, monkeypatch, settings):
    usage = shutil._ntuple_diskusage(10**12, 10**12, 10**9)
    monkeypatch.setattr(spool.shutil, "disk_usage", lambda path: usage)

    with pytest.raises(ValidationError, match=r"The disk has 1\.0 GB free, and an import of this file needs"):
        importing.start_import(table, "table.csv")

    assert not FoodImport.objects.exists()
    assert [*settings.SPOOL_DIR.iterdir()] == []


def test_a_kept_file_goes_seven_days_after_the_import_ended(table, settings):
    food_import = importing.start_import(table, "table.csv")
    work()
    importing.publish(food_import)
    work()
    ended = timezone.now()

    importing.clear_spool(ended + dt.timedelta(days=6, hours=23))
    assert len([*settings.SPOOL_DIR.iterdir()]) == 1
    importing.clear_spool(ended + dt.timedelta(days=7, hours=1))
    assert [*settings.SPOOL_DIR.iterdir()] == []


@pytest.mark.parametrize("name", ["../settings.py", "", "a" * 31, "/etc/passwd"])
def test_no_other_file_is_opened_or_removed(name):
    with pytest.raises(ValueError, match="no name of a spooled file"):
        spool.path_of(name)


# The line of progress ------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_person_at_a_terminal_sees_a_bar_with_rate_and_time_left():
    out = Terminal()
    line = ProgressLine(out)

    line.show(Progress(step="Comparing rows", done=6240, total=7800, rate=1150.2, seconds_left=125.0))
    line.end()

    assert (
        "[########################......] Comparing rows: 6,240 of 7,800, 1,150 rows a second"
        in out.getvalue()
    )
    assert "about 2 min left" in out.getvalue()
    assert out.getvalue().endswith("\r\x1b[2K")


def test_a_log_is_not_filled_with_bars():
    out = io.StringIO()
    line = ProgressLine(out)

    for done in range(100):
        line.show(Progress(step="Reading rows", done=done, total=None, rate=None, seconds_left=None))
    line.end()

    assert out.getvalue() == ""


def test_the_template_is_written_once_and_read_as_it_is(tmp_path, capsys):
    table = tmp_path / "foods.csv"

    call_command("import_foods", str(table), "--template")

    with pytest.raises(CommandError, match="not written"):
        call_command("import_foods", str(table), "--template")
    call_command("import_foods", str(table))
    assert capsys.readouterr().out.splitlines()[-1] == ("new 0, changed 0, unchanged 0, missing 0, skipped 1")
