"""Which columns of a table day1 fills, and how: target/records/<TABLE>.csv, for baseline and new rows."""

from dataclasses import dataclass
from functools import cache

from target.schema.shape import columns
from vocabulary.errors import ConfigError
from vocabulary.resources import resource, text_table

FILLS = frozenset(
    {
        *("key", "value", "code", "ref", "named", "constant", "audit", "soundex", "crn"),
        *("agency", "agency_flag", "either", "element"),
    }
)
"""
key: the row's id, from the word in a baseline, else the next free one. value: the word as it is.
code: the id of the row whose code the word is, in `list`. ref: the word is an id or natural key of `list`.
named: the word is the natural key of a row of the same plan, else a code as for `code`, else an id.
constant: the text of `source`. audit: the migration user or moment. soundex: of the word. crn: the word, else
the next free CRN. agency: the placeholder outside agency's id where team or officer (the word) is blank.
agency_flag: 1 there, else 0. either: the id of `list`, or the agency's. element: the code itself, which
`list` must hold: OASys refers to its reference rows by code.
"""

AUDIT_MOMENT = "@moment"
"""Default that stands for the moment of the audit columns."""


@dataclass(frozen=True)
class Fill:
    """One row of a record. `default` stands for a blank word; nothing is filled where `when` is blank."""

    column: str
    fill: str
    source: str
    list_name: str
    default: str | None
    when: str | None

    @property
    def word(self) -> str | None:
        """The word of the natural frame that the column is filled from."""
        return self.source if self.source and self.fill != "constant" else None


@cache
def record(table: str) -> tuple[Fill, ...]:
    """The fills of `table` in the dictionary's column order.

    Raises:
        ConfigError: day1 does not fill the table, or its record has a fill or a column that there is not.
    """
    if not is_filled(table):
        raise ConfigError(
            f"day1 does not fill {table}. Add target/records/{table}.csv or leave its rows out."
        )
    fills = tuple(
        Fill(
            column=row["column"],
            fill=row["fill"],
            source=row["source"] or "",
            list_name=row["list"] or "",
            default=row["default"],
            when=row["when"],
        )
        for row in text_table("target", "records", f"{table}.csv").iter_rows(named=True)
    )
    if strange := sorted({fill.fill for fill in fills} - FILLS):
        raise ConfigError(
            f"target/records/{table}.csv has fill {strange[0]!r}. Known: {', '.join(sorted(FILLS))}."
        )
    if unknown := sorted({fill.column for fill in fills} - {*columns(table)}):
        raise ConfigError(
            f"target/records/{table}.csv fills {', '.join(unknown)}, which {table} does not have on Day 1 "
            f"(columns.csv and later.csv of target/dictionary). Take the line out."
        )
    return fills


def is_filled(table: str) -> bool:
    """True when the table has a record."""
    return resource("target", "records", f"{table}.csv").is_file()


def fill_of(table: str, column: str) -> Fill:
    """The fill of one column.

    Raises:
        ConfigError: the record does not fill the column.
    """
    found = next((fill for fill in record(table) if fill.column == column), None)
    if found is None:
        raise ConfigError(f"target/records/{table}.csv has no line for {column}, so day1 cannot change it.")
    return found


@cache
def filled_tables() -> tuple[str, ...]:
    """Every table that has a record."""
    names = (file.name.removesuffix(".csv") for file in resource("target", "records").iterdir())
    return tuple(sorted(names))


@dataclass(frozen=True)
class ReferenceList:
    """Where a list of codes lies.

    `code_set` is set for lists that share R_STANDARD_REFERENCE_LIST, `category` for those in REF_ELEMENT.
    """

    name: str
    table: str
    code_column: str
    is_reference: bool
    code_set: str | None
    category: str | None = None


def plain_list_name(name: str) -> str:
    """The list's name without a trailing explanation in brackets."""
    return name.split(" (", 1)[0].strip()


@cache
def reference_list(name: str) -> ReferenceList:
    """Where the codes of list `name` lie: a table of its own (reference_lists.csv) or the shared one."""
    plain = plain_list_name(name)
    for row in text_table("target", "reference_lists.csv").iter_rows(named=True):
        if row["list_name"] == plain:
            is_reference = row["is_reference"] == "Y"
            return ReferenceList(plain, row["table"], row["code_column"], is_reference, None, row["category"])
    return ReferenceList(plain, "R_STANDARD_REFERENCE_LIST", "CODE_VALUE", True, plain)


@cache
def reference_lists() -> frozenset[str]:
    """The lists of codes that some record looks in, by their plain names."""
    named = {
        fill.list_name
        for table in filled_tables()
        for fill in record(table)
        if fill.fill in ("code", "element")
    }
    return frozenset(plain_list_name(name) for name in named if reference_list(name).is_reference)
