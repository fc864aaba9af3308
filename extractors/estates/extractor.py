"""estates comes as one workbook of two sheets."""

from extractors.base import Extractor
from extractors.readers import workbook

EXTRACTOR = Extractor("estates", {"xlsx": workbook.read})
