"""eoc comes as one JSON object per line; needs and plan are JSON lists under their words."""

from extractors.base import Extractor
from extractors.readers import jsonl

EXTRACTOR = Extractor("eoc", {"jsonl": jsonl.read})
