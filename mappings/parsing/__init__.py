"""Reads one delivered text column as its agreed type: expressions, null where it cannot be read."""
