"""What stages leave on disk and read back, and when it is still good."""
