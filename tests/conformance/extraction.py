"""What the conformance tests pass around."""

from pathlib import Path

from extractors.base import ExtractAccount
from extractors.delivery import Delivery

Extracted = tuple[Delivery, Path, ExtractAccount]
"""A company's delivery, the folder with the frames of one export, and the account of extract."""
