"""Pages: one question or one change a view."""
