"""Invented deliveries and their baseline, to the data supply agreement. Shares no code with extractors."""
