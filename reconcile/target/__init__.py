"""The target as it stands: rows as exact text, the snapshot, the crosswalk."""
