"""Turns text frames into typed, coded records and decides what Day 1 writes: routing, transfers, new rows."""
