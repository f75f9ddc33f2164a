"""PURE: the foods of a JSON file one by one, however long it is."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from foods.sources.files import Given
from foods.sources.records import Unreadable

MAX_FOOD = 16 * 1024 * 1024  # characters of one food; the longest known has 200,000
DOWNLOADS = ("FoundationFoods", "SRLegacyFoods", "SurveyFoods", "BrandedFoods")  # of a whole data set each
ROOTS = (*DOWNLOADS, "foods")
START = 64 * 1024
_ROOT = re.compile(rf'\s*\{{\s*"({"|".join(ROOTS)})"\s*:\s*\[|\s*\[')
_DOWNLOAD = re.compile(rf'\s*\{{\s*"({"|".join(DOWNLOADS)})"'.encode())
_FOODS = re.compile(r'"foods"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def foods_in(given: Given, member: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line and the value of each food, one at a time, however long the list is."""
    text = _Text(member, _decoded(given, member))
    root = _ROOT.match(text.ahead(START))
    if not root:
        # One food, or the answer to a search, whose list of foods follows other things.
        answer = _FOODS.search(text.ahead(START)) if '"totalHits"' in text.ahead(START) else None
        if not answer:
            yield from text.value()
            return
        root = answer
    text.skip(root.end())
    while not text.at_end_of_list():
        yield from text.value()


def is_download(given: Given, member: str) -> bool:
    """Say whether a file is the download of a data set, not single foods or the answer to a search."""
    return bool(_DOWNLOAD.match(given.start(member, START).removeprefix(codecs.BOM_UTF8)))


def _decoded(given: Given, member: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line = 1
    for piece in given.pieces(member):
        if b"\0" in piece:
            line += piece.count(b"\n", 0, piece.index(b"\0"))
            raise Unreadable("a NUL stands in it: this is no text.", member, line)
        try:
            yield decoder.decode(piece)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
            raise Unreadable("the text is not in UTF-8.", member, line) from None
        line += piece.count(b"\n")
    if decoder.getstate()[0]:
        raise Unreadable("the text is not in UTF-8, or cut short.", member, line)


class _Text:
    """A text that is read value by value from its pieces; only what is not read yet is kept."""

    def __init__(self, file: str, pieces: Iterator[str]) -> None:
        self._file, self._pieces = file, pieces
        self._text, self._place, self._line = "", 0, 1
        # Numbers stay as they are written: a float would make 0.1 of something else.
        self._decode = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str).raw_decode

    def ahead(self, size: int) -> str:
        """Return what comes next, at least so much if there is as much."""
        while len(self._text) - self._place < size and self._more():
            pass
        return self._text[self._place : self._place + size]

    def skip(self, size: int) -> None:
        """Go on by so many characters."""
        self._line += self._text.count("\n", self._place, self._place + size)
        self._place += size

    def at_end_of_list(self) -> bool:
        """Go on to the next value of a list; say if there is none. Raises Unreadable if it breaks off."""
        while True:
            match = _BETWEEN.match(self._text, self._place)
            self.skip(len(match[0]) if match else 0)
            if self._place < len(self._text):
                return self._text[self._place] == "]"
            if not self._more():
                raise Unreadable("the list of foods is cut short.", self._file, self._line)

    def value(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the line and the object that comes next. Raises Unreadable if there is none that is whole."""
        self.ahead(1)
        while True:
            try:
                found, end = self._decode(
                    self._text, len(self._text) - len(self._text[self._place :].lstrip())
                )
                break
            except (ValueError, RecursionError) as error:
                long = len(self._text) - self._place > MAX_FOOD
                if isinstance(error, RecursionError) or long or not self._more():
                    raise self._broken(error, long) from None
        line = self._line
        self.skip(end - self._place)
        if not isinstance(found, dict):
            raise Unreadable("no food stands where one is expected.", self._file, line)
        yield line, found

    def _broken(self, error: Exception, long: bool) -> Unreadable:
        if long:
            return Unreadable(f"one food is longer than {MAX_FOOD:,} characters.", self._file, self._line)
        line = self._line
        if isinstance(error, json.JSONDecodeError):
            line += self._text.count("\n", self._place, error.pos)
        return Unreadable("the JSON is broken or cut short.", self._file, line)

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text, self._place = self._text[self._place :] + piece, 0
        return True
