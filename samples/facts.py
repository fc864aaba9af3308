"""What the agreement says, read from our CSV files: companies, routing, codes, columns and header words."""

import csv
from functools import cache
from pathlib import Path

SPEC_VERSIONS = ("1.0", "2.0")
"""Versions of the agreement that a delivery can be written in, oldest first."""
LATEST_VERSION = SPEC_VERSIONS[-1]

ROOT = Path(__file__).parents[1]

Line = dict[str, str]
"""One line of a CSV file: column to text."""


class MissingLineError(LookupError):
    """A CSV file lacks what a company needs. Says which file, and what to add."""


@cache
def lines(*path: str) -> tuple[Line, ...]:
    """The lines of the CSV file at `path` below the project's packages; a blank is ''."""
    with ROOT.joinpath(*path).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def companies() -> dict[str, Line]:
    """Companies by code."""
    return {line["company"]: line for line in lines("vocabulary", "companies.csv")}


def exports() -> list[str]:
    """Every export: the columns of the companies behind what says where they go."""
    columns = [*lines("vocabulary", "companies.csv")[0]]
    return columns[columns.index("regions") + 1 :]


def company_teams(company: str) -> list[Line]:
    """The teams of one company, in the order of the routing file.

    Raises:
        MissingLineError: it has no team for unpaid work or for programmes.
    """
    found = [line for line in lines("mappings", "routing", "teams.csv") if line["company"] == company]
    for kind in ("UPW", "AP"):
        if kind not in {line["kind"] for line in found}:
            raise MissingLineError(
                f"mappings/routing/teams.csv: no team of kind {kind} of {company}; add one."
            )
    return found


def pdus(region: str) -> list[Line]:
    """The PDUs of one region with their receiving teams."""
    return [line for line in lines("mappings", "routing", "pdus.csv") if line["region"] == region]


def region_of(pdu: str) -> str:
    """The region of a PDU: the first letters of its code do not say it (routing.md)."""
    return next(
        line["region"] for line in lines("mappings", "routing", "pdus.csv") if line["pdu_code"] == pdu
    )


def cluster(region: str, kind: str) -> str:
    """Code of the region's cluster for unpaid work (UPW) or accredited programmes (AP)."""
    found = lines("mappings", "routing", "clusters.csv")
    return next(line["code"] for line in found if (line["region"], line["kind"]) == (region, kind))


def regions() -> list[Line]:
    """The regions with their unallocated teams and officers."""
    return list(lines("mappings", "routing", "regions.csv"))


def districts(company: str, pdu: str) -> list[Line]:
    """Postcode districts of a company that lie wholly in one PDU; none for a company in one region."""
    return [
        line
        for line in lines("mappings", "routing", "postcode_districts.csv")
        if line["company"] == company and line["pdu_code"] == pdu and line["straddles"] == "N"
    ]


def units(company: str, pdu: str) -> tuple[str, ...]:
    """Full postcodes of a PDU in districts that straddle a border; none for a company in one region."""
    return _units().get(pdu, ()) if districts(company, pdu) else ()


@cache
def _units() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in lines("mappings", "routing", "postcode_units.csv"):
        found.setdefault(line["pdu_code"], []).append(line["postcode"])
    return {pdu: tuple(postcodes) for pdu, postcodes in found.items()}


def authorities(company: str, pdu: str) -> list[str]:
    """Local authorities of a PDU, by which an address without postcode is routed."""
    return [
        line["local_authority"]
        for line in lines("mappings", "routing", "local_authorities.csv")
        if line["company"] == company and line["pdu_code"] == pdu
    ]


def own_code(code_list: str, owner: str, target: str) -> str:
    """The code an owner writes for `target`: the first current one of its own scope, else of `*`.

    Raises:
        MissingLineError: it has none.
    """
    for scope in (owner, "*"):
        for line in lines("mappings", "codes", f"{code_list}.csv"):
            if (line["scope"], line["target_code"], line["status"]) == (scope, target, "current"):
                return line["source_code"]
    raise MissingLineError(
        f"mappings/codes/{code_list}.csv: no current code of {owner} for {target}; add the line."
    )


def labelled_code(code_list: str, owner: str, label: str) -> str:
    """The code an owner writes for what its list calls `label`.

    Raises:
        MissingLineError: it has none.
    """
    for line in lines("mappings", "codes", f"{code_list}.csv"):
        if (line["scope"], line["source_label"], line["status"]) == (owner, label, "current"):
            return line["source_code"]
    raise MissingLineError(f"mappings/codes/{code_list}.csv: {owner} has no code for {label}; add the line.")


@cache
def columns(export: str, part: str, version: str = LATEST_VERSION) -> tuple[Line, ...]:
    """The columns of one part of an export in a version: inner (XML only), column, type.

    Raises:
        MissingLineError: columns.csv has none.
    """
    known = SPEC_VERSIONS[: SPEC_VERSIONS.index(version) + 1]
    found = tuple(
        line
        for line in lines("samples", "layouts", "columns.csv")
        if (line["export"], line["part"]) == (export, part) and (not line["since"] or line["since"] in known)
    )
    if not found:
        raise MissingLineError(
            f"samples/layouts/columns.csv has no column of {export} {part}; add its lines."
        )
    return found


@cache
def parts(export: str) -> tuple[str, ...]:
    """The parts (tables, records, sheets, files) of an export in the order of the agreement."""
    return tuple(
        dict.fromkeys(
            line["part"] for line in lines("samples", "layouts", "columns.csv") if line["export"] == export
        )
    )


@cache
def header(export: str, part: str, scope: str, version: str = LATEST_VERSION) -> tuple[str, ...]:
    """The header words of a company or an owner for one part; the column names where no owner differs."""
    names = {line["column"]: _word(line, scope) for line in _header_lines(export, part)}
    return tuple(names.get(line["column"], line["column"]) for line in columns(export, part, version))


@cache
def part_name(export: str, part: str, scope: str) -> str:
    """What a company or an owner calls a sheet or file: the line without column of headers.csv."""
    return next((_word(line, scope) for line in _header_lines(export, part) if not line["column"]), part)


def _header_lines(export: str, part: str) -> list[Line]:
    """The lines of headers.csv about one part."""
    every = lines("samples", "layouts", "headers.csv")
    return [line for line in every if (line["export"], line["part"]) == (export, part)]


def _word(line: Line, scope: str) -> str:
    """What a company, or its owner, calls a part or a column.

    Raises:
        MissingLineError: headers.csv has no column for the owner.
    """
    if own := line.get(scope):
        return own
    owner = companies()[scope]["owner"] if scope in companies() else scope
    if owner not in line:
        raise MissingLineError(
            f"samples/layouts/headers.csv: no column for owner {owner}, whose {line['export']} has words of "
            "its own; add the column."
        )
    return line[owner]
