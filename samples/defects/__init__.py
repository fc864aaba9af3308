"""Damage of every kind the agreement warns of, planted in clean deliveries, and what it must lead to."""
