"""How a company names files, sheets and columns: the header columns of <export>/fields.csv.

A header column is called after a company, an owner or `*` for everybody; the most specific one that is not
blank counts. A cell is the header, `-` where there is no such column; a row without a field names the part:
table, sheet, file, record.
"""

import re
from dataclasses import dataclass
from functools import cache

from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.fields import export_table

SPEC_VERSIONS = ("1.0", "2.0")
"""Versions of the specification that a delivery may name, oldest first."""

LATEST_VERSION = SPEC_VERSIONS[-1]

ENDINGS = {"text": "txt", "csv": "csv", "xlsx": "xlsx", "xml": "xml", "jsonl": "jsonl"}
"""Ending of a file name by container."""


EVERYBODY, ABSENT = "*", "-"
"""Header column of everybody; header of a field that a company does not have."""

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
        ConfigError: fields.csv does not say what a part or field is called, for company, owner or `*`.
    """
    rows = [(row, _header(export, row, company_code)) for row in export_table(export).iter_rows(named=True)]
    there = [(row, header) for row, header in rows if header != ABSENT]
    return tuple(
        _part(
            row,
            name,
            [pair for pair in there if pair[0]["field"] and pair[0]["part"] == row["part"]],
            version,
        )
        for row, name in there
        if row["field"] is None
    )


def _header(export: str, row: Row, company_code: str) -> str:
    """What the company calls a part or field; company over owner over everybody."""
    owner = "" if company_code == BASELINE_COMPANY else company(company_code).owner
    for scope in (company_code, owner, EVERYBODY):
        if header := row.get(scope):
            return header
    name = ".".join(word for word in (row["part"], row["field"]) if word)
    raise ConfigError(
        f"extractors/{export}/fields.csv does not say what {company_code} (owner {owner}) calls {name}. "
        f"Write the header into the column of the company, its owner or {EVERYBODY}; {ABSENT} for none."
    )


def _part(row: Row, name: str, fields: list[tuple[Row, str]], version: str) -> Part:
    there = [(field, header) for field, header in fields if _is_in(version, field["since"])]
    return Part(
        name=str(row["part"]),
        delivered_as=name,
        entity=str(row["entity"]),
        headers={header: str(field["field"]) for field, header in there},
        later=tuple(str(field["field"]) for field, _ in fields if not _is_in(version, field["since"])),
    )


def _is_in(version: str, since: str | None) -> bool:
    """True when `version` has what `since` added; None stands for the first."""
    return since is None or SPEC_VERSIONS.index(since) <= SPEC_VERSIONS.index(version)


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
