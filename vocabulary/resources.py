"""Reads the CSV files that the packages carry: always as text, blank as null."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import polars as pl

from vocabulary.errors import ConfigError


def resource(package: str, *path: str) -> Traversable:
    """The file or folder `path` of `package`, wherever the package is installed."""
    return files(package).joinpath(*path)


@cache
def text_table(package: str, *path: str) -> pl.DataFrame:
    """The CSV at `path` in `package`, every column text, blank as null.

    Raises:
        ConfigError: there is no such file.
    """
    file = resource(package, *path)
    if not file.is_file():
        raise ConfigError(f"{'/'.join((package, *path))} is not there. Add it (docs/add-an-export.md).")
    return pl.read_csv(file.read_bytes(), infer_schema=False)
