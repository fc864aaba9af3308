"""Who a delivered row is about, decided a second time."""
