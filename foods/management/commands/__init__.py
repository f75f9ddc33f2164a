"""Commands of the foods app."""
