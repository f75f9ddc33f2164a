"""How the desk says a figure."""

from foods.amounts import mg_from_ug


def mg_text(ug: int | None) -> str:
    """Return µg as mg without trailing zeros: "92.96"; "not known" for None."""
    return "not known" if ug is None else f"{mg_from_ug(ug).normalize():f}"


def change_text(old_ug: int | None, new_ug: int | None) -> str:
    """Return how far a figure moves, in mg: "+1.5", "−2", "new value", "value lost", "" for no move."""
    if old_ug is None or new_ug is None:
        return "" if old_ug == new_ug else "value lost" if new_ug is None else "new value"
    moved = new_ug - old_ug
    return "" if not moved else f"{'+' if moved > 0 else '−'}{mg_text(abs(moved))}"
