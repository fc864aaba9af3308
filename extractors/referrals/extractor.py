"""referrals comes as one CSV file, header words per owner."""

from extractors.base import Extractor
from extractors.readers import csv_records

EXTRACTOR = Extractor("referrals", {"csv": csv_records.read})
