"""The workbook of open questions, written and read back."""
