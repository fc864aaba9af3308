"""What Day 1 must have written and changed, said a second time."""
