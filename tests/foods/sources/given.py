"""Builders of what the importers are given: texts, zips, workbooks; and the real tables, where they are."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from foods.sources.files import Given
from foods.sources.formats import open_source
from foods.sources.records import Complaint, FoodRecord, Reading
from tests import machine

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def real(name: str) -> Path:
    """Return a real table's path; the test is skipped, saying why, where the folder is not there."""
    folder = machine.sample_data()
    if folder is None:
        pytest.skip("MIDBAND_SAMPLE_DATA names no folder with the real food tables.")
    return folder / name


def put(path: Path, content: str | bytes) -> Path:
    """Write a text as UTF-8, or bytes as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_zip(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a zip of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def opened(path: Path, release: str | None = None) -> tuple[Reading, list[FoodRecord], list[Complaint]]:
    """Return the reading of a path through the one door, its records and its complaints."""
    reading = open_source(path, path.name, release)
    items = [*reading.records(0)]
    return (
        reading,
        [item for item in items if isinstance(item, FoodRecord)],
        [item for item in items if isinstance(item, Complaint)],
    )


def given(path: Path) -> Given:
    """Return a path as it comes to a format."""
    return Given(path, path.name)


def xlsx(
    rows: Sequence[Sequence[Any]], *, sheet: str = "Sheet1", parts: Mapping[str, str] | None = None
) -> bytes:
    """Return a workbook of one sheet: numbers as numbers, texts in place; `parts` replace or add files."""
    body = "".join(
        f'<row r="{line}">{"".join(_cell(line, place, value) for place, value in enumerate(row))}</row>'
        for line, row in enumerate(rows, 1)
    )
    files = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        ),
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def sheet_xml(body: str) -> str:
    """Return the XML of a sheet with this data in it."""
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _relations(kind: str, target: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _cell(line: int, place: int, value: Any) -> str:
    where = f"{chr(ord('A') + place)}{line}"
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value else ""
