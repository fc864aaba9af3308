"""upw: the unpaid work schedule, a workbook or CSV files by owner."""
