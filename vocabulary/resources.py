"""Reads the CSV files that the packages carry: always as text, blank as null."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import polars as pl


def resource(package: str, *path: str) -> Traversable:
    """The file or folder `path` of `package`, wherever the package is installed."""
    return files(package).joinpath(*path)


@cache
def text_table(package: str, *path: str) -> pl.DataFrame:
    """The CSV at `path` in `package`, every column text, blank as null."""
    return pl.read_csv(resource(package, *path).read_bytes(), infer_schema=False)
