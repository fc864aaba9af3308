"""Reconciliation figures as frozen dataclasses, and the workbook, JSON and tables that show them."""
