"""Code lists: what a source code means in nDelius; the most specific scope wins (codes.md)."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePath

import polars as pl

from vocabulary.companies import BASELINE_COMPANY, companies, company
from vocabulary.errors import ConfigError
from vocabulary.resources import resource, text_table
from vocabulary.source import CASE_SYSTEMS, source_words

NDELIUS = "delius"
"""Scope of values as nDelius itself records them: the exports `delius` and `spg`."""

EVERYONE = "*"
STATUSES = ("current", "retired", "junk")
DECISIONS = ("mapped", "needed", "drop")


@dataclass(frozen=True)
class Code:
    """One source code. `target_code` is None when the value only steers the toolkit or is dropped.

    A code whose decision is needed stands for itself, through a provisional row of the target's list (Q05).
    `candidate`: the code proposed beside it, for the question; it is never written unasked.
    """

    source_code: str
    label: str
    status: str
    decision: str
    target_list: str
    target_code: str | None
    candidate: str | None = None


@dataclass(frozen=True, eq=False)
class CodeList:
    """The codes of one list that count for one export and company. It is itself and equals no other."""

    name: str
    codes: tuple[Code, ...]

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Every code that has a row."""
        return tuple(code.source_code for code in self.codes)

    @cached_property
    def target_list(self) -> str:
        """The target's list that most codes stand for; blank where values only steer the toolkit."""
        named = [code.target_list for code in self.codes if code.decision != "drop"]
        return max(named, key=named.count, default="")

    @cached_property
    def junk(self) -> tuple[str, ...]:
        """Codes that are never carried (Q04)."""
        return tuple(code.source_code for code in self.codes if code.decision == "drop")

    @cached_property
    def retired(self) -> tuple[str, ...]:
        """Codes that are carried with a warning (Q03)."""
        return tuple(code.source_code for code in self.codes if code.status == "retired")

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """Codes for which a person must still decide (Q05)."""
        return tuple(code.source_code for code in self.codes if code.decision == "needed")

    def meant(self, targets: Collection[str]) -> tuple[str, ...]:
        """The codes that stand for one of `targets`, or wait and have one of them as candidate."""
        return tuple(
            code.source_code for code in self.codes if (code.candidate or code.target_code) in targets
        )

    @cached_property
    def targets(self) -> dict[str, str | None]:
        """Source code to target code, without junk."""
        return {code.source_code: code.target_code for code in self.codes if code.decision != "drop"}


def code_list(name: str, export: str, company_code: str) -> CodeList:
    """The list `name` as it counts for `export` of the company: rows of its owner, or of nDelius, before `*`.

    Raises:
        ConfigError: there is no such list, or it gives one code two meanings in one scope.
    """
    return _of_scope(name, own_scope(export, company_code))


@cache
def _of_scope(name: str, own: str) -> CodeList:
    rows = _rows(name)
    by_code = {row["source_code"]: _code(row) for row in rows if row["scope"] == EVERYONE}
    by_code |= {row["source_code"]: _code(row) for row in rows if row["scope"] == own}
    return CodeList(name, tuple(by_code.values()))


def all_reference_codes() -> pl.DataFrame:
    """Every code the lists put into the target: `list_name, target_list, code, description, decision`.

    Mapped codes of every scope; codes that wait for a decision only where nDelius itself records them.
    One row per target list and code, in the order of the files.
    """
    own = _recorded_in_ndelius()
    found = [
        (name, row["target_list"], _code(row).target_code, row["source_label"], row["decision"])
        for name in list_names()
        for row in _rows(name)
        if row["decision"] == "mapped"
        or (row["decision"] == "needed" and name in own and row["scope"] in (EVERYONE, NDELIUS))
    ]
    columns = ["list_name", "target_list", "code", "description", "decision"]
    frame = pl.DataFrame(found, schema=dict.fromkeys(columns, pl.String), orient="row")
    is_written = pl.col("code").is_not_null() & (pl.col("target_list") != "toolkit")
    return frame.filter(is_written).unique(["target_list", "code"], keep="first", maintain_order=True)


def _recorded_in_ndelius() -> frozenset[str]:
    """The lists of the words that nDelius itself records."""
    words = (word for export in CASE_SYSTEMS for named in source_words(export).values() for word in named)
    return frozenset(word.code_list for word in words if word.code_list)


def list_names() -> list[str]:
    """The names of all code lists."""
    return sorted(PurePath(file.name).stem for file in resource("mappings", "codes").iterdir())


def own_scope(export: str, company_code: str) -> str:
    """Whose codes the company writes in `export`: nDelius's own, or its owner's."""
    if export in ("delius", "spg") or company_code == BASELINE_COMPANY:
        return NDELIUS
    return company(company_code).owner


def _code(row: dict[str, str]) -> Code:
    return Code(
        source_code=row["source_code"],
        label=row["source_label"] or "",
        status=row["status"],
        decision=row["decision"],
        target_list=row["target_list"] or "",
        target_code=row["source_code"] if row["decision"] == "needed" else row["target_code"],
        candidate=row["target_code"] if row["decision"] == "needed" else None,
    )


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    if not resource("mappings", "codes", f"{name}.csv").is_file():
        raise ConfigError(f"A fields.csv names a code list that is not there: mappings/codes/{name}.csv.")
    rows = text_table("mappings", "codes", f"{name}.csv")
    check_code_rows(rows, f"mappings/codes/{name}.csv")
    return tuple(rows.iter_rows(named=True))


def check_code_rows(rows: pl.DataFrame, where: str) -> None:
    """Refuses a code list that contradicts itself.

    Raises:
        ConfigError: two rows for one code in one scope, or a scope, status or decision that does not exist.
    """
    scopes = {EVERYONE, NDELIUS, *(each.owner for each in companies().values())}
    for column, allowed in (("scope", scopes), ("status", STATUSES), ("decision", DECISIONS)):
        strange = [value for value in rows[column] if value is not None and value not in allowed]
        if strange:
            expected = ", ".join(sorted(allowed))
            raise ConfigError(f"{where}: {column} {strange[0]!r} is not one of {expected}.")
    once: set[tuple[str, str]] = set()
    for scope, code in zip(rows["scope"], rows["source_code"], strict=True):
        if (scope, code) in once:
            raise ConfigError(f"{where}: code {code!r} has two rows of scope {scope!r}. Keep one.")
        once.add((scope, code))
