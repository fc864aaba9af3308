"""A delta upon what its company delivered before: the state that the company now says it has (record 153).

Rows of earlier cycles keep their place, with the cycle in front of the file: `day-1/C06_upw.xlsx`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from extractors.base import read_entity
from extractors.expected import Held
from pipeline.line import line_before
from pipeline.standing import standing_holding
from pipeline.storage.store import read_findings, read_frame, read_manifest, write_frame
from pipeline.workspace import Workspace
from validators.delta_rows import CHANGE, DELETED, KEY, plain_key, wrong_changes
from vocabulary.companies import BASELINE_COMPANY, EXPORTS
from vocabulary.errors import ConfigError
from vocabulary.findings import collect, findings_of
from vocabulary.keys import key
from vocabulary.links import parents_first

TEXTS = "texts"
"""Folder of stage receive: the text frames of an accepted delivery and what is wrong with them."""

CHANGES = "changes"
"""Frame of stage extract of a delta: CHANGE_SCHEMA of each of its rows."""

REPLACED = "replaced"
"""Frame of stage extract of a delta: the earlier rows in whose place its own come."""

WITHHELD = "withheld"
"""Folder beside the stages: findings of changed rows that are set aside, so that the earlier row stands."""

ROW = ["source_file", "source_row"]
CHANGE_SCHEMA = dict.fromkeys(("company", "export", *ROW, "entity", CHANGE, KEY), pl.String) | {
    "is_used": pl.Boolean
}

REPLACED_SCHEMA = dict.fromkeys(("export", "entity", KEY, *ROW), pl.String)


def accepted_cycles(workspace: Workspace, company: str) -> list[str]:
    """The cycles of the line before this one whose delivery of the company was accepted, in order (F13)."""
    work = workspace.root / "work"
    accounts = {
        cycle: read_manifest(work / cycle / company / "receive")
        for cycle in line_before(workspace.root, workspace.cycle)
    }
    return [cycle for cycle, account in accounts.items() if account and not account["is_blocked"]]


def held_for(workspace: Workspace, company: str) -> Held | None:
    """What the target holds, as a delta of the company asks; None where the cycle is full."""
    if not workspace.is_delta or company == BASELINE_COMPANY:
        return None
    holding = standing_holding(workspace)
    if holding is None:
        return Held("nothing: there is none")
    loads = {cycle: codes for cycle, codes in holding.loads.items() if cycle != workspace.cycle}
    before = line_before(workspace.root, workspace.cycle)
    own = tuple(cycle for cycle in before if company in loads.get(cycle, ()))
    strange = tuple(
        cycle for cycle in loads if cycle not in workspace.line and not _is_later(workspace, cycle)
    )
    return Held(holding.told, own, strange)


def _is_later(workspace: Workspace, cycle: str) -> bool:
    """A delta that came after this one stands on it."""
    return workspace.cycle in line_before(workspace.root, cycle)


def withheld_findings(workspace: Workspace, company: str) -> pl.DataFrame:
    """Why changed rows of the company's delta are set aside, so far."""
    return read_findings(workspace.root / "work" / workspace.cycle / company / WITHHELD)


def lay_upon(workspace: Workspace, company: str, previous: str, out: Path) -> list[str]:
    """Write under `out` the text frames of the state after the delta, its CHANGES and the findings; gives the
    exports.

    A row that is set aside by T08, cannot be read or is withheld stands among them, and changes nothing.
    """
    before = Before(workspace.of_cycle(previous).stage_folder(company, "extract"), previous)
    own = workspace.stage_folder(company, "receive") / TEXTS
    told = collect([read_findings(own), withheld_findings(workspace, company)])
    exports = [export for export in EXPORTS if export in before.exports or (own / export).is_dir()]
    found, changes = [told], [pl.DataFrame(schema=CHANGE_SCHEMA)]
    for export in exports:
        aside = told.filter((pl.col("severity") == "set_aside") & (pl.col("export") == export)).select(ROW)
        for entity in parents_first(export):
            rows = _delta_rows(own / export, export, entity)
            judged, wrong = _judge(rows, aside, before.keys(export, entity))
            found.append(findings_of(wrong, "T08", entity, CHANGE))
            changes.append(judged.select(pl.col(name).cast(kind) for name, kind in CHANGE_SCHEMA.items()))
            _write(out / export / entity, before, export, entity, judged)
    all_changes = pl.concat(changes)
    replaced = before.replaced(all_changes)
    write_frame(out, CHANGES, all_changes)
    write_frame(out, REPLACED, replaced)
    found.append(before.findings(replaced))
    write_frame(out, "findings", collect(found))
    return exports


@dataclass(frozen=True)
class Before:
    """What stood before the delta: stage extract of the cycle `cycle`, which `folder` holds."""

    folder: Path
    cycle: str

    @property
    def exports(self) -> list[str]:
        """The exports that the company has delivered."""
        account = read_manifest(self.folder)
        if account is None:
            raise ConfigError(
                f"{self.folder} is not there: {self.cycle} was received, not extracted. Run it first."
            )
        return list(account["exports"])

    @property
    def unused(self) -> pl.DataFrame:
        """ROW of rows of a delta before that changed nothing: they are no part of what stands."""
        if not (self.folder / f"{CHANGES}.parquet").exists():
            return pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))
        return read_frame(self.folder, CHANGES).filter(~pl.col("is_used")).select(ROW)

    def keys(self, export: str, entity: str) -> pl.Series:
        """The keys of what stands, as validators.delta_rows has them."""
        found = [piece.select(_key(export, entity)).to_series() for piece in self.pieces(export, entity)]
        return pl.concat([pl.Series(KEY, [], pl.String), *found])

    def pieces(self, export: str, entity: str) -> Iterator[pl.DataFrame]:
        """The rows of what stands, in the order of their files, each with its cycle in front of the file."""
        unused = self.unused
        for path in sorted((self.folder / export / entity).glob("*.parquet")):
            rows = pl.read_parquet(path)
            kept = rows if unused.is_empty() else rows.join(unused, on=ROW, how="anti", maintain_order="left")
            yield kept.with_columns(in_cycle(self.cycle))

    def findings(self, replaced: pl.DataFrame) -> pl.DataFrame:
        """What extract found in the rows that stand, without those that the delta takes the place of."""
        found = read_findings(self.folder).join(self.unused, on=ROW, how="anti", maintain_order="left")
        named = found.with_columns(in_cycle(self.cycle))
        return named.join(replaced, on=ROW, how="anti", maintain_order="left")

    def replaced(self, changes: pl.DataFrame) -> pl.DataFrame:
        """REPLACED_SCHEMA of the rows in whose place used `changes` come."""
        rows = [pl.DataFrame(schema=REPLACED_SCHEMA)]
        for (export, entity), own in changes.filter("is_used").group_by("export", "entity"):
            where = pl.lit(export).alias("export"), pl.lit(entity).alias("entity")
            for piece in self.pieces(str(export), str(entity)):
                gone = piece.filter(_replaces(own, str(export), str(entity)))
                rows.append(gone.select(*where, _key(str(export), str(entity)), *ROW))
        return pl.concat(rows)


def in_cycle(cycle: str) -> pl.Expr:
    """`source_file` with its cycle in front, where it has none yet."""
    file = pl.col("source_file")
    return (
        pl.when(file.str.contains("/", literal=True))
        .then(file)
        .otherwise(pl.format("{}/{}", pl.lit(cycle), file))
        .alias("source_file")
    )


def _key(export: str, entity: str) -> pl.Expr:
    return plain_key(key(export, entity)).alias(KEY)


def _delta_rows(folder: Path, export: str, entity: str) -> pl.DataFrame:
    """The rows of the delta with their key; none where it has no such file."""
    if not (folder / entity).is_dir():
        return pl.DataFrame(schema=CHANGE_SCHEMA)
    rows = read_entity(folder, entity)
    change = pl.col(CHANGE).cast(pl.String).str.strip_chars().fill_null("")
    return rows.with_columns(change, _key(export, entity), pl.lit(entity).alias("entity"))


def _judge(rows: pl.DataFrame, aside: pl.DataFrame, known: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`rows` with is_used, and those that fail T08."""
    readable = rows.join(aside, on=ROW, how="anti", maintain_order="left")
    wrong = wrong_changes(readable, known)
    used = readable.join(wrong.select(ROW), on=ROW, how="anti").select(*ROW, pl.lit(True).alias("is_used"))
    judged = rows.drop("is_used", strict=False).join(used, on=ROW, how="left", maintain_order="left")
    return judged.with_columns(pl.col("is_used").fill_null(False)), wrong


def _replaces(changes: pl.DataFrame, export: str, entity: str) -> pl.Expr:
    """True of an earlier row in whose place a change comes."""
    keys = changes.filter("is_used")[KEY].drop_nulls()
    return _key(export, entity).is_in(keys.implode()).fill_null(False)


def _write(folder: Path, before: Before, export: str, entity: str, changes: pl.DataFrame) -> None:
    """What stands now: earlier rows without those that are changed or deleted, then the delta's own."""
    folder.mkdir(parents=True, exist_ok=True)
    number, names = 0, list[str]()
    for piece in before.pieces(export, entity):
        number, names = number + 1, piece.columns
        kept = piece.filter(~_replaces(changes, export, entity))
        kept.write_parquet(folder / f"{number:06}.parquet")
    stays = changes.filter(~(pl.col("is_used") & (pl.col(CHANGE) == DELETED)))
    if changes.is_empty() and names:
        return
    own = stays.select(names) if names else stays.drop(CHANGE, KEY, "entity", "is_used")
    own.write_parquet(folder / f"{number + 1:06}.parquet")
