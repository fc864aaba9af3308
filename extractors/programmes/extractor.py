"""programmes comes as four CSV files: referrals, sessions, attendance, RAR activities."""

from extractors.base import Extractor
from extractors.readers import csv_records

EXTRACTOR = Extractor("programmes", {"csv": csv_records.read})
