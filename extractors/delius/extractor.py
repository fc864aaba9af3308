"""delius comes as one text file per table of nDelius, the same from every company and from the baseline."""

from extractors.base import Extractor
from extractors.readers import text

EXTRACTOR = Extractor("delius", {"text": text.read})
