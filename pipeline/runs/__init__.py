"""What every run leaves of itself: one folder each, never written over."""
