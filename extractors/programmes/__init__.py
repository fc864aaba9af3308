"""programmes: accredited programmes and RAR activities."""
