"""Data of the target that follows from other rows: rebuilt, and checked."""
