"""The order of the stages, runs and resume, and the row account."""
