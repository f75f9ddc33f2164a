"""Facts about foods; knows no person."""
