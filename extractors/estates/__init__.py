"""estates: the property and asset return."""
