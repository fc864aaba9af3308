"""Who receives each case, derived a second time."""
