"""The extractor of each export: one line of its folder says which reader reads which container."""

from functools import cache
from importlib import import_module

from extractors.base import Extractor
from vocabulary.companies import EXPORTS
from vocabulary.errors import ConfigError


@cache
def extractor(export: str) -> Extractor:
    """The extractor of `export`.

    Raises:
        ConfigError: there is no such export.
    """
    if export not in EXPORTS:
        raise ConfigError(f"There is no export {export!r}. Exports: {', '.join(EXPORTS)}.")
    found = import_module(f"extractors.{export}.extractor").EXTRACTOR
    assert isinstance(found, Extractor)
    return found
