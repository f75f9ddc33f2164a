"""PURE: what corrected figures would do to past entries, in numbers and in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.domain.figures import number
from intake.domain.wording import listed

SMALL_UG = 9_950  # below it, a difference is shown to 0.1 mg,
TINY_UG = 50  # and below this to 0.001, since it is not nought


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What new figures do to some entries. A value that comes or goes is counted by itself: it was not 0."""

    entries: int = 0
    change_ug: int = 0  # over the entries with a value before and after
    gained: int = 0  # entries that get a value, and how much that is
    gained_ug: int = 0
    lost: int = 0  # entries whose value goes, and how much that was
    lost_ug: int = 0
    places: int | None = field(default=None, compare=False)  # decimals as shown; None: by its size

    def __add__(self, other: "Difference") -> "Difference":
        return Difference(
            entries=self.entries + other.entries,
            change_ug=self.change_ug + other.change_ug,
            gained=self.gained + other.gained,
            gained_ug=self.gained_ug + other.gained_ug,
            lost=self.lost + other.lost,
            lost_ug=self.lost_ug + other.lost_ug,
        )

    @property
    def size_ug(self) -> int:
        """Return how much moves, whatever the direction: for the order of a list."""
        return abs(self.change_ug) + self.gained_ug + self.lost_ug

    @property
    def words(self) -> str:
        """Return "−34 mg", "+3 mg; 2 with a value now (+118 mg)", "no value any more (−10 mg)"."""
        return self._words("")

    @property
    def words_in_all(self) -> str:
        """Return the words of a sum, "−34 mg in all"; of one entry it is none."""
        return self._words(" in all" if self.entries > 1 else "")

    def _words(self, extent: str) -> str:
        if self.lost and self.lost == self.entries:
            return f"no value any more ({self._signed(-self.lost_ug)} mg{extent})"
        if self.gained and self.gained == self.entries:
            return f"a value now ({self._signed(self.gained_ug)} mg{extent})"
        parts = []
        if self.entries > self.gained + self.lost:
            parts.append(f"{self._signed(self.change_ug)} mg{extent}")
        if self.gained:
            parts.append(f"{self.gained:,} with a value now ({self._signed(self.gained_ug)} mg)")
        if self.lost:
            parts.append(f"{self.lost:,} with no value any more ({self._signed(-self.lost_ug)} mg)")
        return "; ".join(parts)

    def _signed(self, ug: int) -> str:
        return signed(ug, self.places)


def difference(before_ug: int | None, after_ug: int | None, entries: int = 1) -> Difference:
    """Return what `entries` with these µg in all, before and after, come to; None is not known."""
    if before_ug is None and after_ug is None:
        return Difference(entries=entries)
    if before_ug is None:
        return Difference(entries=entries, gained=entries, gained_ug=after_ug or 0)
    if after_ug is None:
        return Difference(entries=entries, lost=entries, lost_ug=before_ug)
    return Difference(entries=entries, change_ug=after_ug - before_ug)


def added_up(parts: Sequence[Difference]) -> tuple[list[Difference], Difference]:
    """Return parts and their sum as they stand in one list: where rounded ones do not add up, to 0.1 mg."""
    total = sum(parts, Difference())
    sums = ("change_ug", "gained_ug", "lost_ug")
    if all(_adds_up([getattr(part, name) for part in parts], getattr(total, name)) for name in sums):
        return [*parts], total
    return [replace(part, places=1) for part in parts], replace(total, places=1)


def _adds_up(parts_ug: Sequence[int], total_ug: int) -> bool:
    return sum(map(_shown_ug, parts_ug)) == _shown_ug(total_ug)


def _shown_ug(ug: int) -> int:
    """Return what a difference is shown as, in µg."""
    step: int = 10 ** (3 - _places(abs(ug)))
    return (-1 if ug < 0 else 1) * ((abs(ug) + step // 2) // step * step)


def _places(size_ug: int) -> int:
    return 0 if size_ug >= SMALL_UG else 1 if size_ug >= TINY_UG else 3


def signed(ug: int, places: int | None = None) -> str:
    """Return a difference in mg with its sign: "+12", "−34", "−0.4", "+0.04", "0"; rounded half up.

    Without `places` to whole mg, small ones to more; what is less than they can say is still to 0.001.
    """
    size = abs(ug)
    sign = "−" if ug < 0 else "+" if ug > 0 else ""
    by_size = _places(size)
    return f"{sign}{number(size, by_size if places is None or by_size > places else places)}"


def offer_sentence(old: Sequence[int | None], now_ug: int | None, entries: int) -> str:
    """Say what a table says now and what entries keep, both in µg per 100 g; `old` without doubles."""
    known = [number(ug, 3) for ug in old if ug is not None]
    unit = " mg per 100 g" if now_ug is None else ""
    kept = f"{listed(known)}{unit}" if known else ""
    one = entries == 1
    who = "your entry" if one else f"your {entries:,} entries"
    keeps, has = ("keeps", "has") if one else ("keep", "have")
    says = "has no value any more" if now_ug is None else f"now says {number(now_ug, 3)} mg per 100 g"
    if not kept:
        return f"the table {says}; {who} {has} no value."
    rest = ", or no value" if None in old else ""
    return f"the table {says}; {who} {keeps} {kept}{rest}."
