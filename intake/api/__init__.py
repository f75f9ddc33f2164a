"""The REST interface: one module a resource; values are checked here, rules and writes are elsewhere."""
