"""One source row to its target rows, or back: through the crosswalk and the before-images."""

from dataclasses import dataclass

import polars as pl

from pipeline.storage.batches import findings_until
from pipeline.workspace import Workspace
from target.bulk import read
from target.database import connect, transaction
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.schema.tables import table as sql_table
from vocabulary.errors import UsageError


@dataclass(frozen=True)
class TraceLine:
    """One step of the way. `what` is inserted, close, repoint, withdraw, or the rule of a finding."""

    company: str
    file: str
    row: str
    table: str
    id: str
    what: str


def trace_source(workspace: Workspace, company: str, file: str, row: str) -> list[TraceLine]:
    """The target rows that a source row became, and the findings about it."""
    found = findings_until(workspace, company, "reconcile").filter(
        (pl.col("source_file") == file) & (pl.col("source_row") == row)
    )
    lines = [
        TraceLine(company, file, row, "", "", f"{rule} {severity}")
        for rule, severity in found.select("rule", "severity").iter_rows()
    ]
    own = sql_table(CROSSWALK)
    where = (own.c["COMPANY"] == company) & (own.c["SOURCE_FILE"] == file) & (own.c["SOURCE_ROW"] == row)
    with transaction(connect(workspace.target_url)) as connection:
        entries = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"], where).sort(
            "TABLE_NAME", "TARGET_ID"
        )
    return lines + [
        TraceLine(company, file, row, name, str(number), "inserted") for name, number in entries.iter_rows()
    ]


def trace_target(workspace: Workspace, table: str, number: str) -> list[TraceLine]:
    """The source row that a target row came from, and what loads did to it.

    Raises:
        UsageError: the id is no number.
    """
    if not number.isdigit():
        raise UsageError(f"ID {number!r} is not a number. Give the row's key in {table}.")
    name = table.upper()
    crosswalk, images = sql_table(CROSSWALK), sql_table(BEFORE_IMAGE)
    with transaction(connect(workspace.target_url)) as connection:
        entries = read(
            connection,
            CROSSWALK,
            ["COMPANY", "SOURCE_FILE", "SOURCE_ROW"],
            (crosswalk.c["TABLE_NAME"] == name) & (crosswalk.c["TARGET_ID"] == int(number)),
        )
        changes = read(
            connection,
            BEFORE_IMAGE,
            ["COMPANY", "KIND"],
            (images.c["TABLE_NAME"] == name) & (images.c["TARGET_ID"] == int(number)),
        )
    came = [
        TraceLine(company, file, row, name, number, "inserted") for company, file, row in entries.iter_rows()
    ]
    return came + [TraceLine(company, "", "", name, number, kind) for company, kind in changes.iter_rows()]
