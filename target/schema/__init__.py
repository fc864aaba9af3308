"""The target's shape: the dictionary as tables, constraints and statements."""
