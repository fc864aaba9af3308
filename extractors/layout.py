"""How a company names files, sheets and columns: <export>/columns.csv, read for the company's owner.

columns.csv has one row per source word and one column per owner (or `*` for all); a cell is the header,
blank when the owner has no such column. A row without a word names the part: table, sheet, file, record.
Column `since`, where a file has it, is the version of the specification that added the source word.
"""

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table
from vocabulary.source import source_words

SPEC_VERSIONS = ("1.0", "2.0")
"""Versions of the specification that a delivery may name, oldest first."""

LATEST_VERSION = SPEC_VERSIONS[-1]

ENDINGS = {"text": "txt", "csv": "csv", "xlsx": "xlsx", "xml": "xml", "jsonl": "jsonl"}
"""Ending of a file name by container."""


Row = dict[str, str | None]


@dataclass(frozen=True)
class Part:
    """One table, sheet, file or record of an export as a company delivers it.

    `name` is the specification's, `delivered_as` the company's; `headers` maps the company's column header
    (in XML the path below the message, in JSON the member) to the shared source word, in the specified order.
    `later` are the words that only later versions of the specification have: blank in every row of this one.
    """

    name: str
    delivered_as: str
    entity: str
    headers: dict[str, str]
    later: tuple[str, ...] = ()


def agreed_exports(company_code: str) -> frozenset[str]:
    """The exports the company delivers; the baseline is laid out as `delius` (delius.md)."""
    return frozenset({"delius"}) if company_code == BASELINE_COMPANY else company(company_code).exports


@cache
def parts(export: str, company_code: str, version: str = LATEST_VERSION) -> tuple[Part, ...]:
    """All parts of `export` as `company_code` delivers them in `version` of the specification.

    Raises:
        ConfigError: columns.csv has neither the company's owner nor `*`, or a word that nobody shares.
    """
    table = text_table("extractors", export, "columns.csv")
    owner = "" if company_code == BASELINE_COMPANY else company(company_code).owner
    variant = next((name for name in (owner, "*") if name in table.columns), None)
    if variant is None:
        raise ConfigError(
            f"extractors/{export}/columns.csv has no column for owner {owner!r}: add one, or `*`."
        )
    _demand_shared_words(export, table)
    rows = table.filter(table[variant].is_not_null()).to_dicts()
    columns = [row for row in rows if row["word"] is not None]
    return tuple(
        _part(row, variant, [column for column in columns if column["part"] == row["part"]], version)
        for row in rows
        if row["word"] is None
    )


def _part(row: Row, variant: str, columns: list[Row], version: str) -> Part:
    there = [column for column in columns if _is_in(version, column.get("since"))]
    return Part(
        name=str(row["part"]),
        delivered_as=str(row[variant]),
        entity=str(row["entity"]),
        headers={str(column[variant]): str(column["word"]) for column in there},
        later=tuple(str(column["word"]) for column in columns if column not in there),
    )


def _is_in(version: str, since: str | None) -> bool:
    """True when `version` has what `since` added; None stands for the first."""
    return since is None or SPEC_VERSIONS.index(since) <= SPEC_VERSIONS.index(version)


def _demand_shared_words(export: str, table: pl.DataFrame) -> None:
    known = {(entity, word.name) for entity, words in source_words(export).items() for word in words}
    for entity, word in table.filter(pl.col("word").is_not_null()).select("entity", "word").iter_rows():
        if (entity, word) not in known:
            raise ConfigError(
                f"extractors/{export}/columns.csv has word {word!r} of {entity}, which is not in "
                "vocabulary/source.csv. Add it there, with its type, or take it out."
            )


def expected_files(
    export: str, company_code: str, version: str = LATEST_VERSION
) -> dict[str, tuple[Part, ...]]:
    """Every file of a full delivery with the parts in it; empty for XML, whose files bear running numbers."""
    container = dialect(export, company_code).container
    ending = ENDINGS[container]
    own = parts(export, company_code, version)
    if container == "xml":
        return {}
    if container == "xlsx" or [part.delivered_as for part in own] == [export]:
        return {f"{company_code}_{export}.{ending}": own}
    return {f"{company_code}_{export}_{part.delivered_as}.{ending}": (part,) for part in own}


def parts_of_file(
    export: str, company_code: str, file_name: str, version: str = LATEST_VERSION
) -> tuple[Part, ...]:
    """The parts that a file of this name holds; empty when the company delivers no such file."""
    if export not in agreed_exports(company_code):
        return ()
    if dialect(export, company_code).container == "xml":
        is_ours = re.fullmatch(rf"{company_code}_{export}_\d+\.xml", file_name)
        return parts(export, company_code, version) if is_ours else ()
    return expected_files(export, company_code, version).get(file_name, ())
