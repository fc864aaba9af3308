"""Invented deliveries, drawn from the export specifications by code that the extractors do not share."""
