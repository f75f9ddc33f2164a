"""PURE: the rules of the diary: days, bands, published values, notes; no framework, no clock."""
