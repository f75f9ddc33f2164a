"""Real processes, stopped and killed."""
