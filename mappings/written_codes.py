"""Codes that Day 1 writes for a row although the row does not name them: the types of carried-over contacts.

They stand in the code lists like any other, so that a decision about one is asked for, counted (Q05) and
answered in the same place.
"""

import polars as pl

from mappings.codes import NDELIUS, code_list
from mappings.convert_coded import WAITING_SCHEMA
from mappings.decided_codes import NOTHING_DECIDED, DecidedCodes
from vocabulary.errors import ConfigError
from vocabulary.findings import PROVENANCE
from vocabulary.resources import text_table


def written_code(export: str, entity: str, company: str) -> str:
    """The target code that rows of `entity` are written with; one that waits stands for itself.

    Raises:
        ConfigError: written_codes.csv names no code for the entity, or its list lacks the code.
    """
    list_name, code = _named(export, entity)
    target = code_list(list_name, export, company).targets.get(code)
    if target is None:
        raise ConfigError(f"mappings/codes/{list_name}.csv has no target code for {code!r}. Add it.")
    return target


def waiting_written_codes(
    rows: pl.DataFrame, export: str, entity: str, company: str, decided: DecidedCodes = NOTHING_DECIDED
) -> pl.DataFrame:
    """WAITING_SCHEMA: the code of `entity` while its decision is open. `rows`: those that will be written."""
    if _lines(export, entity).is_empty() or rows.is_empty():
        return pl.DataFrame(schema=WAITING_SCHEMA)
    list_name, name = _named(export, entity)
    # nDelius's own code, whoever delivered the row (mappings.provisional).
    codes = decided.code_list(list_name, NDELIUS, company)
    code = next((code for code in codes.codes if code.source_code == name and name in codes.waiting), None)
    if code is None:
        return pl.DataFrame(schema=WAITING_SCHEMA)
    return rows.head(1).select(
        *PROVENANCE,
        pl.lit(entity).alias("entity"),
        pl.lit("").alias("column"),
        pl.lit(list_name).alias("list_name"),
        pl.lit(code.target_list).alias("target_list"),
        pl.lit(code.source_code).alias("code"),
        pl.lit(code.label).alias("label"),
        pl.lit(rows.height, pl.Int64).alias("rows"),
    )


def _lines(export: str, entity: str) -> pl.DataFrame:
    return text_table("mappings", "written_codes.csv").filter(export=export, entity=entity)


def _named(export: str, entity: str) -> tuple[str, str]:
    found = _lines(export, entity)
    if found.is_empty():
        raise ConfigError(
            f"mappings/written_codes.csv has no line for {entity} of export {export!r}. Add it."
        )
    return found["code_list"][0], found["code"][0]
