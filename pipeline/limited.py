"""Whom not everybody may see, asked in one place: whatever prints, lists or asks hands here what it has.

Of such a person neither name, key, number nor value stands anywhere but in the book of their region and in
the decisions workbook of limited access, revealed or not. A delivered row keeps file and row: that is how
who may open the file finds it (record 159).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl
import sqlalchemy as sa

from pipeline.failures import is_through
from pipeline.stages.edited import edited_rows
from pipeline.stages.limited_names import limited_rows
from pipeline.stages.limited_persons import LimitedPersons, limited_persons
from pipeline.storage.results import differences
from pipeline.target import target_exists
from pipeline.workspace import Workspace
from reports.data import EDITED, CompanyReconciliation, Reconciliation
from reports.limited import PLACE, LimitedRows, without_keys, without_limited
from target.database import connect, transaction
from target.derived.persons import persons_of_rows
from target.schema.shape import table_names
from vocabulary.differences import VALUES
from vocabulary.limited_access import ASK

TARGET_ROW = {"TABLE_NAME": pl.String, "TARGET_ID": pl.Int64}


@dataclass(frozen=True)
class Limited:
    """Answers for one workspace; what is worked out of a company is kept for the next question."""

    workspace: Workspace
    persons: LimitedPersons
    _rows: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, workspace: Workspace) -> "Limited":
        """Of the cycle as it stands.

        Raises:
            ConfigError: the baseline is not mapped, so nobody knows.
        """
        return cls(workspace, limited_persons(workspace))

    @property
    def keys(self) -> frozenset[str]:
        """nDelius's keys of the persons."""
        return self.persons.keys

    def rows(self, companies: Iterable[str]) -> pl.DataFrame:
        """PLACE of the delivered rows of `companies` that are, or may be, about one of them."""
        found = [pl.DataFrame(schema=dict.fromkeys(PLACE, pl.String))]
        for code in companies:
            if code not in self._rows:
                self._rows[code] = limited_rows(self.workspace, self.persons, code)
            found.append(self._rows[code].select(PLACE))
        return pl.concat(found)

    def has_row(self, company: str, file: str, row: str) -> bool:
        """True of a delivered row about one of them, and of a row of a company not judged yet: who its rows
        are about is not known."""
        if not is_through(self.workspace, company, "validate"):
            return True
        own = pl.col("source_file").eq(file) & pl.col("source_row").eq(row)
        return not self.rows((company,)).filter(own).is_empty()

    def has_target_rows(self, connection: sa.Connection, rows: pl.DataFrame) -> pl.DataFrame:
        """Those of `rows` (TARGET_ROW) that are one of the persons, or hang on one."""
        owned = persons_of_rows(connection, rows.select(list(TARGET_ROW)).unique().drop_nulls())
        is_limited = pl.col("OFFENDER_ID").cast(pl.String).is_in(list(self.keys))
        return owned.filter(is_limited).select(list(TARGET_ROW))

    def without(self, reconciliation: Reconciliation) -> Reconciliation:
        """`reconciliation` with every line about one of them in its place, and nothing of the person."""
        told = without_limited(reconciliation, self.keys)
        return replace(told, companies=tuple(self._edited(one) for one in told.companies))

    def _edited(self, company: CompanyReconciliation) -> CompanyReconciliation:
        """Rows of nDelius that users changed since a load are told by table and key."""
        if not any(one.kind == EDITED for one in company.waiting):
            return company
        named = edited_rows(self.workspace, company.company).join(
            self.rows((company.company,)), on=["source_file", "source_row"], how="semi"
        )
        hidden = {f"{table} {key}" for table, key in named.select("table", "key").iter_rows()}
        waiting = (
            replace(one, subject=ASK) if one.kind == EDITED and one.subject in hidden else one
            for one in company.waiting
        )
        return replace(company, waiting=tuple(waiting))


def for_everybody(workspace: Workspace, reconciliation: Reconciliation) -> Reconciliation:
    """`reconciliation` as it may be printed, kept and reported."""
    lines = ("left", "undelivered", "linked", "unattended", "waiting")
    if not any(getattr(one, name) for one in reconciliation.companies for name in lines):
        return reconciliation
    return Limited.of(workspace).without(reconciliation)


def differences_for_everybody(limited: Limited, *, reveal: bool = False) -> pl.DataFrame:
    """The differences of the workspace's companies, with values only where `reveal`."""
    found = differences(limited.workspace)
    if not reveal:
        found = found.drop(VALUES)
    if found.is_empty():
        return found
    return without_keys(found, _limited_rows(limited, found))


def _limited_rows(limited: Limited, found: pl.DataFrame) -> LimitedRows:
    rows = limited.rows(code for code in limited.workspace.company_codes if code in {*found["company"]})
    return LimitedRows(limited.keys, rows, _target_rows(limited, found))


def _target_rows(limited: Limited, found: pl.DataFrame) -> pl.DataFrame:
    """table, key of the rows of `found` that hang on one of the persons, as far as they are there."""
    known = found.filter(pl.col("table").is_in(table_names()))
    named = known.select(
        pl.col("table").alias("TABLE_NAME"), pl.col("key").cast(pl.Int64, strict=False).alias("TARGET_ID")
    )
    rows = pl.DataFrame(schema=TARGET_ROW)
    if target_exists(limited.workspace):
        with transaction(connect(limited.workspace.target_url), dry_run=True) as connection:
            rows = limited.has_target_rows(connection, named)
    return rows.select(pl.col("TABLE_NAME").alias("table"), pl.col("TARGET_ID").cast(pl.String).alias("key"))
