"""One source row to its target rows, or back: through the crosswalk and the before-images."""

from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from pipeline.limited import Limited
from pipeline.storage.batches import findings_until
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from target.bulk import read
from target.database import connect, transaction
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.schema.shape import naming_column, table_names
from target.schema.tables import table as sql_table
from vocabulary.errors import UsageError
from vocabulary.limited_access import ASK


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
    """The target rows that a source row became, and the findings about it.

    Raises:
        UsageError: the company did not deliver such a row.
    """
    found = findings_until(workspace, company, "reconcile").filter(
        (pl.col("source_file") == file) & (pl.col("source_row") == row)
    )
    if found.is_empty():
        require_row(workspace, company, file, row)
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
    if entries.height and Limited.of(workspace).has_row(company, file, row):
        return [*lines, TraceLine(company, file, row, "", "", ASK)]
    return lines + [
        TraceLine(company, file, row, name, str(number), "inserted") for name, number in entries.iter_rows()
    ]


def require_row(workspace: Workspace, company: str, file: str, row: str) -> None:
    """The company delivered such a row.

    Raises:
        UsageError: it did not, or not such a file.
    """
    account = read_manifest(workspace.stage_folder(company, "receive"))
    if account is None:
        raise UsageError(f"{company} was not received in {workspace.cycle}. `day1 status` says who was.")
    files = {one["file"]: one["export"] for one in account["files"]}
    if file not in files:
        raise UsageError(f"{company} delivered no file {file!r}. It delivered {', '.join(sorted(files))}.")
    is_it = (pl.col("source_file") == file) & (pl.col("source_row") == row)
    texts = (workspace.stage_folder(company, "extract") / files[file]).glob("*/*.parquet")
    if not any(pl.scan_parquet(path).filter(is_it).select(pl.len()).collect().item() for path in texts):
        raise UsageError(f"{file} of {company} has no row {row!r}. Give it as `day1 findings` shows rows.")


def trace_target(workspace: Workspace, table: str, number: str) -> list[TraceLine]:
    """The source row that a target row came from, and what loads did to it.

    Raises:
        UsageError: the id is no number, or there is no such table or row.
    """
    if not number.isdigit():
        raise UsageError(f"ID {number!r} is not a number. Give the row's key in {table}.")
    name = table.upper()
    if name not in table_names():
        raise UsageError(f"The target has no table {table!r}. Give one of the dictionary, such as CONTACT.")
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
        key = naming_column(name)
        held = read(connection, name, [key], sql_table(name).c[key] == int(number))
        is_limited = _is_limited(workspace, connection, name, int(number), entries)
    if held.is_empty() and entries.is_empty() and changes.is_empty():
        raise UsageError(f"{name} has no row {number}. Give the key of a row that is or was there.")
    if is_limited:
        return [TraceLine("", "", "", name, number, ASK)]
    came = [
        TraceLine(company, file, row, name, number, "inserted") for company, file, row in entries.iter_rows()
    ]
    return came + [TraceLine(company, "", "", name, number, kind) for company, kind in changes.iter_rows()]


def _is_limited(
    workspace: Workspace, connection: sa.Connection, name: str, number: int, entries: pl.DataFrame
) -> bool:
    """True of a row of the target about a person whom not everybody may see, or that came from one's row."""
    limited = Limited.of(workspace)
    asked = pl.DataFrame({"TABLE_NAME": [name], "TARGET_ID": [number]})
    if limited.has_target_rows(connection, asked).height:
        return True
    return any(limited.has_row(*place) for place in entries.iter_rows())
