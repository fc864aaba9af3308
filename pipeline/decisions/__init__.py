"""What only a person can decide: questions out, answers back, and what counts in the next run."""
