"""One source row to its target rows, or back: crosswalk and before-images, decisions, and the runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from pipeline.cases.case import run_of
from pipeline.cases.decided import answers_about
from pipeline.cases.delivered import SCHEMA
from pipeline.cases.find import Person
from pipeline.cases.told import told_by_match
from pipeline.cases.written import closed_beside, told_change
from pipeline.limited import Limited
from pipeline.storage.batches import findings_until
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from target.bulk import read
from target.database import connect, transaction
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.schema.shape import naming_column, table_names
from target.schema.tables import table as sql_table
from vocabulary.companies import BASELINE_COMPANY, companies
from vocabulary.errors import UsageError
from vocabulary.keys import key_in_ndelius
from vocabulary.limited_access import ASK
from vocabulary.nearest import meant

LONGEST_KEY = 18
"""Digits of a key that every database holds as a whole number."""

ENTRY = ["COMPANY", "CYCLE", "TABLE_NAME", "TARGET_ID", "SOURCE_FILE", "SOURCE_ROW"]


@dataclass(frozen=True)
class TraceLine:
    """One step of the way. `what` is inserted, what a load did to a row that stood, the rule of a finding, a
    decision, or the run."""

    company: str
    cycle: str
    file: str
    row: str
    table: str
    id: str
    what: str


def trace_source(workspace: Workspace, company: str, file: str, row: str) -> list[TraceLine]:
    """What is found about a source row, what was decided, the target rows that it became, the rows that these
    closed or that it speaks of, and the runs.

    Raises:
        UsageError: the company did not deliver such a row.
    """
    found = findings_until(workspace, company, "reconcile").filter(source_file=file, source_row=row)
    if found.is_empty():
        require_row(workspace, company, file, row)
    cycle = workspace.cycle_of(company)
    told = [
        f"{rule} {severity}"
        for rule, severity in found.select("rule", "severity").unique(maintain_order=True).iter_rows()
    ]
    rules = [TraceLine(company, cycle, file, row, "", "", what) for what in told]
    decided = [
        TraceLine(company, cycle, file, row, "", "", what) for what in _decided(workspace, company, file, row)
    ]
    own = sql_table(CROSSWALK).c
    is_of_row = (own["COMPANY"] == company) & (own["SOURCE_FILE"] == file) & (own["SOURCE_ROW"] == row)
    with transaction(connect(workspace.target_url), dry_run=True) as connection:
        entries = read(connection, CROSSWALK, ENTRY, is_of_row).sort("CYCLE", "TABLE_NAME", "TARGET_ID")
        images = [
            closed_beside(connection, entries),
            *_images_of(connection, _spoken_of(workspace, company, file, row)),
        ]
    changes = pl.concat(images).unique(maintain_order=True)
    beside = [*decided, *_inserted(entries), *(_change(line, file, row) for line in changes.to_dicts())]
    if beside and Limited.of(workspace).has_row(company, file, row):
        return [*rules, TraceLine(company, cycle, file, row, "", "", ASK)]
    lines = [*rules, *beside]
    return lines + _runs(workspace, lines) if lines else _judged(workspace, company, file, row)


def _judged(workspace: Workspace, company: str, file: str, row: str) -> list[TraceLine]:
    """Of a row that wrote nothing and about which nothing is found: which run read it."""
    cycle = workspace.cycle_of(company)
    what = f"wrote nothing; read by {run_of(workspace, company, cycle, 'match')}"
    return [TraceLine(company, cycle, file, row, "", "", what)]


def require_row(workspace: Workspace, company: str, file: str, row: str) -> None:
    """The company delivered such a row.

    Raises:
        UsageError: there is no such company, or it delivered no such file or row.
    """
    known = (*companies(), BASELINE_COMPANY)
    if company not in known:
        raise UsageError(
            f"There is no company {company}. {meant(company, known)}`day1 status` says who was received."
        )
    account = read_manifest(workspace.stage_folder(company, "receive"))
    if account is None:
        raise UsageError(f"{company} was not received in {workspace.cycle}. `day1 status` says who was.")
    files = {one["file"]: one["export"] for one in account["files"]}
    if file not in files:
        there = ", ".join(sorted(files))
        raise UsageError(f"{company} delivered no file {file!r}. {meant(file, files)}It delivered {there}.")
    rows = _rows_of(workspace, company, files[file], file)
    if row not in rows:
        raise UsageError(
            f"{file} of {company} has no row {row!r}. {_nearest_row(row, rows)}Give it as `day1 findings` "
            "shows rows."
        )


def _rows_of(workspace: Workspace, company: str, export: str, file: str) -> list[str]:
    """The rows of a file as findings name them, in its order."""
    texts = sorted((workspace.stage_folder(company, "extract") / export).glob("*/*.parquet"))
    found = [
        pl.scan_parquet(path).filter(pl.col("source_file") == file).select("source_row") for path in texts
    ]
    return (
        pl.concat(pl.collect_all(found))["source_row"].unique(maintain_order=True).to_list() if found else []
    )


def _nearest_row(row: str, rows: list[str]) -> str:
    """The nearest number that there is; of rows named otherwise what is written alike."""
    numbers = [int(one) for one in rows if one.isdecimal()]
    if not row.isdecimal() or not numbers:
        return meant(row, rows) or (f"It has rows such as {rows[0]}. " if rows else "It has none. ")
    nearest = min(numbers, key=lambda number: (abs(number - int(row)), number))
    return f"The nearest is {nearest}, of {min(numbers)} to {max(numbers)}. "


def trace_target(workspace: Workspace, table: str, number: str) -> list[TraceLine]:
    """The source row that a target row came from, what loads did to it, what was decided about the source
    row, and the runs.

    Raises:
        UsageError: the id is no number, or there is no such table or row.
    """
    if not number.isdecimal() or len(number) > LONGEST_KEY:
        raise UsageError(
            f"ID {number!r} is no number of at most {LONGEST_KEY} digits. Give the row's key in {table}."
        )
    name = table.upper()
    if name not in table_names():
        raise UsageError(
            f"The target has no table {table!r}. {meant(table, table_names())}Give one of the dictionary, "
            "such as CONTACT."
        )
    own = sql_table(CROSSWALK).c
    is_it = (own["TABLE_NAME"] == name) & (own["TARGET_ID"] == int(number))
    with transaction(connect(workspace.target_url), dry_run=True) as connection:
        entries = read(connection, CROSSWALK, ENTRY, is_it)
        changes = pl.concat(
            [*_images_of(connection, [(name, int(number))]), closed_beside(connection, entries)]
        )
        if entries.is_empty() and changes.is_empty():
            _require_standing(connection, name, int(number))
        is_limited = _is_limited(workspace, connection, name, int(number), entries)
    if is_limited:
        return [TraceLine("", "", "", "", name, number, ASK)]
    lines = [*_inserted(entries), *(_change(line, "", "") for line in changes.to_dicts())]
    for company, file, row in entries.select("COMPANY", "SOURCE_FILE", "SOURCE_ROW").iter_rows():
        lines += [
            TraceLine(company, workspace.cycle_of(company), file, row, name, number, what)
            for what in _decided(workspace, company, file, row)
        ]
    return lines + _runs(workspace, lines)


def _require_standing(connection: sa.Connection, name: str, number: int) -> None:
    """The target has such a row, from before every load.

    Raises:
        UsageError: it has not.
    """
    key = sql_table(name).c[naming_column(name)]
    if not read(connection, name, [key.name], key == number).is_empty():
        return
    above = sa.select(sa.func.min(key)).where(key > number)
    below = sa.select(sa.func.max(key)).where(key < number)
    near = [connection.execute(one).scalar() for one in (below, above)]
    there = " and ".join(str(one) for one in near if one is not None)
    hint = f"The nearest keys there are {there}." if there else "The table is empty."
    raise UsageError(f"{name} has no row {number}. {hint} Give the key of a row that is or was there.")


def _inserted(entries: pl.DataFrame) -> list[TraceLine]:
    return [
        TraceLine(company, cycle, file, row, name, str(number), "inserted")
        for company, cycle, name, number, file, row in entries.select(ENTRY).iter_rows()
    ]


def _change(line: dict[str, str], file: str, row: str) -> TraceLine:
    place = (line["COMPANY"], line["CYCLE"], file, row, line["TABLE_NAME"], str(line["TARGET_ID"]))
    return TraceLine(*place, told_change(line))


def _images_of(connection: sa.Connection, rows: Iterable[tuple[str, int]]) -> Iterator[pl.DataFrame]:
    """Before-images of each of `rows`, table and key."""
    own = sql_table(BEFORE_IMAGE).c
    for name, number in rows:
        found = read(
            connection, BEFORE_IMAGE, None, (own["TABLE_NAME"] == name) & (own["TARGET_ID"] == number)
        )
        yield found.sort("CYCLE", "CHANGE_NUMBER")


def _spoken_of(workspace: Workspace, company: str, file: str, row: str) -> list[tuple[str, int]]:
    """Table and key of the rows of nDelius whose key a source row gives."""
    found = []
    for path in sorted(workspace.stage_folder(company, "map").glob("*/*.parquet")):
        held = key_in_ndelius(path.stem)
        frame = pl.scan_parquet(path)
        if held is None or held[1] not in frame.collect_schema():
            continue
        keys = (
            frame.filter(pl.col("source_file") == file, pl.col("source_row") == row).select(held[1]).collect()
        )
        found += [(held[0], int(key)) for key in keys[held[1]].drop_nulls()]
    return found


def _decided(workspace: Workspace, company: str, file: str, row: str) -> list[str]:
    """Answers about a source row."""
    if company == BASELINE_COMPANY or company not in companies():
        return []
    is_it = (pl.col("source_file") == file) & (pl.col("source_row") == row)
    told = told_by_match(workspace, company).filter(is_it)
    places = [
        {
            "company": company,
            "export": path.parent.name,
            "entity": path.stem,
            "source_file": file,
            "source_row": row,
        }
        for path in sorted(workspace.stage_folder(company, "map").glob("*/*.parquet"))
    ]
    rows = pl.DataFrame(places, schema=SCHEMA)
    key = next(iter(told["person_id"].drop_nulls()), "")
    return answers_about(workspace, company, Person(key, company, "", told), rows)


def _runs(workspace: Workspace, lines: list[TraceLine]) -> list[TraceLine]:
    """The run that loaded each company and cycle of `lines`."""
    loads = dict.fromkeys((line.company, line.cycle) for line in lines if line.table)
    return [
        TraceLine(company, cycle, "", "", "", "", f"loaded by {run_of(workspace, company, cycle, 'load')}")
        for company, cycle in loads
    ]


def _is_limited(
    workspace: Workspace, connection: sa.Connection, name: str, number: int, entries: pl.DataFrame
) -> bool:
    """True of a row of the target about a person whom not everybody may see, or that came from one's row."""
    limited = Limited.of(workspace)
    asked = pl.DataFrame({"TABLE_NAME": [name], "TARGET_ID": [number]})
    if limited.has_target_rows(connection, asked).height:
        return True
    places = entries.select("COMPANY", "SOURCE_FILE", "SOURCE_ROW").unique()
    return any(limited.has_row(*place) for place in places.iter_rows())
