"""spg comes as XML interchanges of at most 5,000 messages, numbered 001, 002 and so on."""

from extractors.base import Extractor
from extractors.spg import messages

EXTRACTOR = Extractor("spg", {"xml": messages.read})
