"""How each export is written down: container, encoding, delimiter, dates, units.

One row per export and owner.
"""

from dataclasses import dataclass
from functools import cache

from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table


@dataclass(frozen=True)
class Dialect:
    """One row of dialects.csv. `header_row` is the sheet or file row of the header, 1 the first.

    In a workbook a date cell is read as ISO text whatever the company shows, so `date_format` is ISO there.
    """

    export: str
    scope: str
    container: str
    encoding: str
    delimiter: str
    header_row: int
    date_format: str
    unit: str
    decimal: str
    flags: str


@cache
def dialect(export: str, company_code: str) -> Dialect:
    """The dialect of `export` as `company_code` delivers it; most specific scope first: company, owner, `*`.

    Raises:
        ConfigError: no row of dialects.csv fits.
    """
    owner = "" if company_code == BASELINE_COMPANY else company(company_code).owner
    rows = {
        row["scope"]: row
        for row in text_table("vocabulary", "dialects.csv").iter_rows(named=True)
        if row["export"] == export
    }
    for scope in (company_code, owner, "*"):
        if scope in rows:
            row = rows[scope]
            return Dialect(
                export=export,
                scope=scope,
                container=row["container"],
                encoding=row["encoding"],
                delimiter=row["delimiter"] or "",
                header_row=int(row["header_row"] or 1),
                date_format=row["date_format"],
                unit=row["unit"] or "",
                decimal=row["decimal"],
                flags=row["flags"],
            )
    raise ConfigError(f"vocabulary/dialects.csv has no row for export {export!r} and {company_code}.")
