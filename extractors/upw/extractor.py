"""upw comes as one workbook with three sheets or as three CSV files, as dialects.csv says per owner."""

from extractors.base import Extractor
from extractors.readers import csv_records, workbook

EXTRACTOR = Extractor("upw", {"csv": csv_records.read, "xlsx": workbook.read})
