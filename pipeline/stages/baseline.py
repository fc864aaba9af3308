"""The baseline after map: rows that nDelius could not hold are taken out and named, or all is refused."""

from pathlib import Path

import polars as pl

from pipeline.storage.baseline_share import scan_baseline
from pipeline.storage.store import read_frame, read_manifest, write_frame
from pipeline.storage.streamed import ROW_GROUP
from pipeline.workspace import Workspace
from validators.baseline_rows import judge_baseline
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import DeliveryError
from vocabulary.findings import collect
from vocabulary.source import ndelius_tables

ROW = ["source_file", "source_row"]
MOST_TOLD = 20
"""Rows that a refusal names; how many more there are it says."""

HELD, ODD = "held", "odd"
"""Of the account: lines about rows held (they hold sign-off), and about persons of one CRN."""

HELD_ROWS = "held"
"""Folder of the rows that were taken out, by entity; none where nothing is held."""

ODD_ACTION = "Rows that a CRN decides are held (M06): have nDelius mended."

LINES = {
    "X02": (
        HELD,
        "names a team, officer or login that nobody has. It and all below it are held: mend nDelius",
    ),
    "M06": (ODD, "is another person's too"),
}


def keep_what_can_stand(out: Path) -> dict[str, list[str]]:
    """Judge the mapped baseline under `out`; gives lines by HELD and ODD, each with file and row.

    No key: a row may be of a person whom not everybody may see.

    Raises:
        DeliveryError: rows break a constraint of the database; names file, row and table.
    """
    tables = {entity: table for table, entity in ndelius_tables().items()}
    frames = scan_baseline(out, tuple(tables))
    judged = judge_baseline(frames)
    if judged.refused.height:
        raise DeliveryError(_refusal(judged.refused))
    told: dict[str, list[str]] = {HELD: [], ODD: []}
    for (rule, entity, column), found in judged.findings.group_by(
        "rule", "entity", "column", maintain_order=True
    ):
        if str(rule) in LINES:
            kind, what = LINES[str(rule)]
            rows = frames[str(entity)].select(ROW)
            places = rows.join(found.lazy(), on=ROW, how="semi", maintain_order="left").collect()
            told[kind] += [
                f"{rule}: {file}, row {row}, {column}: {what}." for file, row in places.iter_rows()
            ]
    for entity, aside in judged.held.items():
        _take_out(out, entity, aside)
    write_frame(out, "findings", collect([judged.findings]))
    return told


def _take_out(out: Path, entity: str, aside: pl.DataFrame) -> None:
    """The rows `aside` of the entity's file go into a file of their own, in the order of the file."""
    whole, rest = (out / "delius" / f"{entity}.{ending}" for ending in ("parquet", "rest"))
    rows, held = pl.scan_parquet(whole), aside.lazy()
    write_frame(out / HELD_ROWS, entity, rows.join(held, on=ROW, how="semi", maintain_order="left").collect())
    rows.join(held, on=ROW, how="anti", maintain_order="left").sink_parquet(rest, row_group_size=ROW_GROUP)
    rest.replace(whole)


def _refusal(refused: pl.DataFrame) -> str:
    lines = [
        f"{file}, row {row}, {table}: {what}."
        for file, row, table, what in refused.head(MOST_TOLD).iter_rows()
    ]
    if more := refused.height - len(lines):
        lines.append(f"and {more:,} more.")
    return "\n  ".join(
        [
            "The baseline breaks constraints of the database, so no company can go on. Have it mended:",
            *lines,
        ]
    )


def baseline_lines(workspace: Workspace, company: str, kind: str) -> list[str]:
    """The lines of `kind`. Of no company's rows the first of the run tells."""
    if company != workspace.company_codes[0]:
        return []
    account = read_manifest(workspace.stage_folder(BASELINE_COMPANY, "map")) or {}
    return list(account.get(kind, []))


def held_rows(folder: Path) -> dict[str, pl.DataFrame]:
    """Entity to the rows of it that map took out of the baseline; `folder` is where map left it."""
    return {path.stem: read_frame(folder / HELD_ROWS, path.stem) for path in (folder / HELD_ROWS).glob("*")}
