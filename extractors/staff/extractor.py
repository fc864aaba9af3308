"""staff comes as one workbook of one sheet, the same header everywhere: a national template."""

from extractors.base import Extractor
from extractors.readers import workbook

EXTRACTOR = Extractor("staff", {"xlsx": workbook.read})
