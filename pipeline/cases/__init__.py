"""One person's case from end to end: who it was at the companies, what was decided, what the target holds."""
