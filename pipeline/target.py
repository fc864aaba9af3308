"""The target of a workspace: made, given its baseline, and a company's load taken out again."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from mappings.parsing.code_lists import all_reference_codes
from pipeline.stages.receive import required_account
from pipeline.stages.source_stages import run_sources
from pipeline.standing import is_missing_file, sqlite_file, standing_target
from pipeline.storage.batches import EDITED, scan_nation
from pipeline.storage.ndelius_codes import keep_reference, reference_folders
from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.store import forget_stage
from pipeline.workspace import BASELINE_FOLDER, Workspace
from reconcile.proofs.undone import find_left_over, require_records
from reconcile.target.snapshot import Snapshot
from target.baseline import load_baseline as insert_baseline
from target.blocks import count_rows
from target.bulk import read
from target.create import Organisation, create, is_empty, remove
from target.database import bulk_transaction, connect, transaction, write_alone
from target.export.loaded import find_loads
from target.export.write import ExportedFile, write_export
from target.holding import enter_baseline
from target.ledger import LEDGER
from target.reference_data.export import read_export
from target.resolve import Resolver
from target.schema.tables import of_load
from target.teams_and_officers import add_teams
from target.undo import count_changed, require_load
from target.undo import undo as take_out
from vocabulary.companies import BASELINE_COMPANY, companies
from vocabulary.errors import ConfigError, TargetError
from vocabulary.resources import text_table


def create_target(workspace: Workspace, reference: Path | None = None) -> None:
    """Build the tables, the organisation and the reference rows: a sample, less what `reference` holds.

    `reference`: a folder of the client's tables; else the one of the workspace or the baseline, if any. What
    is given is kept in the workspace: the codes it holds are nDelius's own.

    Raises:
        ConfigError: the folder `reference` is not an export of the client's reference tables.
    """
    export = _reference_rows(workspace, reference)
    workspace.root.mkdir(parents=True, exist_ok=True)
    engine = connect(workspace.target_url)
    with write_alone(engine, "target create"):
        _create(engine, export)
    if reference:
        keep_reference(workspace, reference)


def _reference_rows(workspace: Workspace, reference: Path | None = None) -> dict[str, pl.DataFrame]:
    folder = reference or next(iter(reference_folders(workspace)), None)
    return read_export(folder) if folder else {}


def _create(engine: sa.Engine, export: dict[str, pl.DataFrame]) -> None:
    codes = all_reference_codes().filter(pl.col("decision") == "mapped")
    create(engine, Organisation(regions=_routing("regions"), units=_units()), _labels(codes), export)


def load_baseline(workspace: Workspace, folder: Path) -> int:
    """Load the baseline delivered in `folder` into a target that has none; gives the rows delivered.

    Raises:
        ConfigError: the folder is not a baseline's place in a deliveries folder.
    """
    place = folder.resolve()
    if place.name != BASELINE_FOLDER:
        raise ConfigError(f"{folder} is not a baseline. Give <deliveries>/<cycle>/{BASELINE_FOLDER}.")
    there = replace(workspace, deliveries=place.parent.parent, cycle=place.parent.name)
    run_sources(there, (BASELINE_COMPANY,), ("receive", "extract", "map"))
    engine = connect(there.target_url)
    with write_alone(engine, "target baseline"):
        return _insert(there, engine)


def prepare_target(workspace: Workspace) -> bool:
    """An empty target is created and given the cycle's baseline; one that was only created, the baseline.

    Gives False where it stood already. For who writes it alone (target.database.write_alone).
    """
    engine = connect(workspace.target_url)
    if is_empty(engine):
        _create(engine, _reference_rows(workspace))
    if _has_baseline(engine):
        return False
    _insert(workspace, engine)
    return True


def make_anew(workspace: Workspace, engine: sa.Engine) -> None:
    """Take the target away and create it again, without a baseline. For who writes it alone."""
    export = _reference_rows(workspace)  # what cannot be read is told while the target stands
    remove(engine)
    _create(connect(workspace.target_url), export)


def target_exists(workspace: Workspace) -> bool:
    """True when the target has its tables and a baseline. To ask makes nothing."""
    engine = standing_target(workspace)
    return engine is not None and _has_baseline(engine)


def require_reachable(workspace: Workspace) -> None:
    """The target can be reached, or made. To ask makes nothing: of SQLite an empty file would be left.

    Raises:
        TargetError: it cannot be reached.
    """
    is_missing = is_missing_file(workspace.target_url)
    connect(workspace.target_url).dispose()
    if is_missing:
        sqlite_file(workspace.target_url).unlink(missing_ok=True)


def _has_baseline(engine: sa.Engine) -> bool:
    with transaction(engine) as connection:
        return connection.execute(sa.text("SELECT 1 FROM OFFENDER LIMIT 1")).first() is not None


def undo(workspace: Workspace, company: str) -> str:
    """Take the company's load of the cycle out again and prove it; says what that came to.

    Raises:
        ConfigError: the snapshot that the proof stands on is not in this workspace.
        TargetError: records of the load are missing, or something is not as it was before the load; nothing
            was undone then.
    """
    engine = connect(workspace.target_url)
    with write_alone(engine, "undo"), transaction(engine) as connection:
        require_load(connection, company, workspace.cycle)
        snapshot = Snapshot.open(snapshot_folder(workspace))
        require_records(connection, company, workspace.cycle, snapshot)
        values = count_changed(connection, company, workspace.cycle)
        rows = take_out(connection, company, workspace.cycle).height
        if found := find_left_over(connection, snapshot, workspace.cycle):
            raise TargetError("The undo was rolled back:\n  " + "\n  ".join(found))
        for stage in (
            "reconcile",
            EDITED,
            "load",
        ):  # before it is kept: nothing may tell of a load that is gone
            forget_stage(workspace.stage_folder(company, stage))
    return (
        f"{rows:,} rows taken out, {values:,} rows put back. Every row of the target was compared with the "
        "snapshot taken before the load: it is as it was before."
    )


def require_replaceable(workspace: Workspace, connection: sa.Connection, company: str, inputs: str) -> None:
    """An earlier load of the company and cycle, made from other inputs, can be taken out whole.

    Raises:
        TargetError: its records are not as it left them. ConfigError: its snapshot is not here.
    """
    held = read(connection, LEDGER, ["INPUT_HASH"], of_load(LEDGER, company, workspace.cycle))
    if held.height and held["INPUT_HASH"][0] != inputs:
        snapshot = Snapshot.open(snapshot_folder(workspace))
        require_records(connection, company, workspace.cycle, snapshot)


def _insert(workspace: Workspace, engine: sa.Engine) -> int:
    """The baseline in one transaction, then the receiving teams that it lacks."""
    frames = scan_nation(workspace)
    received = required_account(workspace, BASELINE_COMPANY, "receive")
    if _has_baseline(engine):
        raise TargetError("The target holds a baseline already. Use a new target, or go on with `day1 run`.")
    with bulk_transaction(engine) as connection:
        insert_baseline(connection, frames, _labels(all_reference_codes()))
        add_teams(Resolver(connection), receiving_teams())
        add_teams(Resolver(connection), company_teams(frames["team"].collect()))
        enter_baseline(connection, workspace.cycle, str(received["content"]))
    return sum(map(count_rows, frames.values()))


def company_teams(teams: pl.DataFrame) -> pl.DataFrame:
    """code, name, area, pdu, is_unpaid_work_team of the companies' teams that nDelius has.

    Their past sessions and contacts fall to the team's unallocated officer where none is known: every team
    has one (dictionary rules 8 and 9), but a baseline need not deliver them all.
    """
    words = ["code", "name", "area", "pdu", "is_unpaid_work_team"]
    own = teams.filter(pl.col("area").is_in(list(companies()))).select(words)
    unallocated = (
        _routing("teams")
        .filter(pl.col("kind") == "UAT")
        .select(
            pl.col("crc_team").alias("code"),
            pl.col("crc_team_name").alias("name"),
            pl.col("company").alias("area"),
            pl.lit(None, pl.String).alias("pdu"),
            pl.lit(False).alias("is_unpaid_work_team"),
        )
    )
    return pl.concat([own, unallocated]).unique("code", keep="first", maintain_order=True)


def receiving_teams() -> pl.DataFrame:
    """code, name, area, pdu, is_unpaid_work_team of every team that the routing names as a receiver.

    A team of unpaid work or programmes stands under the region's cluster for it, not under the PDU it serves.
    """
    pdus = _routing("pdus")
    labels = {"sm": "sentence management", "upw": "unpaid work", "programmes": "programmes"}
    above = {"sm": pl.col("pdu_code"), "upw": _cluster("UPW"), "programmes": _cluster("AP")}
    teams = [
        pdus.select(
            pl.col(f"{prefix}_team").alias("code"),
            pl.concat_str(pl.col("pdu_name").str.head(25), pl.lit(f" {label}")).alias("name"),
            pl.col("region").alias("area"),
            above[prefix].alias("pdu"),
            pl.lit(prefix == "upw").alias("is_unpaid_work_team"),
        )
        for prefix, label in labels.items()
    ]
    unallocated = _routing("regions").select(
        pl.col("unallocated_team").alias("code"),
        pl.lit("Unallocated").alias("name"),
        pl.col("region").alias("area"),
        pl.lit(None, pl.String).alias("pdu"),
        pl.lit(False).alias("is_unpaid_work_team"),
    )
    return pl.concat([*teams, unallocated]).unique("code", keep="first", maintain_order=True)


def _units() -> pl.DataFrame:
    """region, code, name of everything that is a BOROUGH: the PDUs, and the regional clusters."""
    pdus = _routing("pdus").select(
        "region", pl.col("pdu_code").alias("code"), pl.col("pdu_name").alias("name")
    )
    clusters = _routing("clusters").select("region", "code", "name")
    return pl.concat([pdus, clusters]).unique("code", keep="first", maintain_order=True)


def _cluster(kind: str) -> pl.Expr:
    """The code of the region's cluster for `kind` of work."""
    of_kind = _routing("clusters").filter(kind=kind)
    return pl.col("region").replace_strict(of_kind["region"], of_kind["code"])


def _labels(codes: pl.DataFrame) -> pl.DataFrame:
    return codes.select(pl.col("target_list").alias("list_name"), "code", "description")


def _routing(name: str) -> pl.DataFrame:
    return text_table("mappings", "routing", f"{name}.csv")


def export_loads(workspace: Workspace, folder: Path) -> list[ExportedFile]:
    """What the loads of the workspace's companies and cycle wrote, as files for SQL*Loader in `folder`.

    Raises:
        TargetError: a company is not loaded. UsageError: there is something in `folder`.
    """
    codes = workspace.company_codes
    told = f"cycle {workspace.cycle}, companies {', '.join(codes)}"
    with transaction(connect(workspace.target_url)) as connection:
        return write_export(find_loads(connection, codes, workspace.cycle), folder, told)
