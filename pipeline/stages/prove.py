"""Gives the proofs what they look at: deliveries and baseline as extract read them, outcomes, and the
target."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import sqlalchemy as sa

from pipeline.decisions.answers import staff_answers
from pipeline.decisions.files import decided
from pipeline.stages.across import called_different
from pipeline.stages.line_text import LineText, line_before
from pipeline.stages.match import ANSWERED, PEOPLE
from pipeline.stages.plan import PLAN, is_judged
from pipeline.storage.batches import DECIDED, DECIDED_KINDS, findings_until, judged_rows
from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.stood import read_stood
from pipeline.storage.store import read_frame, read_manifest
from pipeline.workspace import Workspace
from reconcile.allocation.account_claims import Claimed, all_claims
from reconcile.allocation.staff import ENTITY as EMPLOYEE
from reconcile.allocation.staff import EXPORT as STAFF
from reconcile.people.merged import Survivors, read_survivors
from reconcile.prove import Apart, Look, Proved, prove_all
from reconcile.sources.baseline import Baseline, read_baseline, read_dangling
from reconcile.sources.cases import NationalCases, kinds, national_cases
from reconcile.sources.delivery import Delivery, Frames, read_frames
from reconcile.sources.evidence import Country, Delta
from reconcile.target.code_names import Lists
from reconcile.target.snapshot import Snapshot, compare_with
from reconcile.target.trail import read_trail
from target.holding import read_holding
from vocabulary.batch import Batch
from vocabulary.companies import BASELINE_COMPANY, companies
from vocabulary.decisions import ACROSS, MATCHES
from vocabulary.source import satellites

ROW = ["source_file", "source_row"]
SCRATCH = "proofs-"
"""How the folder begins in which the proofs lay down their frames, beside the stages of the baseline; the
number of the process follows."""


@dataclass(frozen=True)
class Sources:
    """The sources' side of the proofs, which no target changes: proved as often as one likes.

    `claimed`: the accounts that employees of all companies claim, not those of `codes` alone. `scratch` holds
    what is too much for memory, and goes with this object. `held`: the deliveries of `codes`, kept where they
    are asked for again and again; else read one by one.
    """

    workspace: Workspace
    codes: tuple[str, ...]
    baseline: Baseline
    survivors: Survivors
    cases: NationalCases
    snapshot: Snapshot
    claimed: Claimed
    scratch: TemporaryDirectory[str]
    held: tuple[Delivery, ...] = ()
    since: Snapshot | None = None
    """Of a delta: the target before it. `snapshot` is then that of the full load of its line."""
    is_whole: bool = False
    """Every difference of a delta is told, also those that stood before it."""

    @classmethod
    def of(cls, workspace: Workspace, codes: Sequence[str], snapshot: Path | None = None) -> "Sources":
        """The sources of the companies `codes`; `snapshot` in the place of the cycle's own."""
        text = workspace.stage_folder(BASELINE_COMPANY, "extract")
        own = Snapshot.open(snapshot or snapshot_folder(workspace))
        before = Snapshot.open(snapshot_folder(workspace.of_baseline)) if workspace.is_delta else own
        _clear_scratch(text.parent)
        scratch = TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-", dir=text.parent)
        place = Path(scratch.name)
        baseline = read_baseline(text, place / "baseline")
        lost = read_dangling(text, {kind.manager for kind in kinds().values()})
        cases = national_cases(baseline, lost, place / "cases")
        claimed = all_claims(_staff_returns(workspace), baseline)
        survivors = read_survivors(text)
        since = own if workspace.is_delta else None
        return cls(workspace, tuple(codes), baseline, survivors, cases, before, claimed, scratch, since=since)

    def hold(self) -> "Sources":
        """The same with every delivery in memory."""
        return replace(self, held=tuple(delivery.in_memory() for delivery in self._read()))

    def prove(
        self, connection: sa.Connection, look: Look = lambda *_: None, apart: Apart = nullcontext
    ) -> Proved:
        """All proofs, of the target as `connection` sees it. Writes nothing but `scratch`."""
        with TemporaryDirectory(dir=self.scratch.name) as place:
            return self._prove(connection, look, apart, Path(place))

    def _prove(self, connection: sa.Connection, look: Look, apart: Apart, place: Path) -> Proved:
        holding = read_holding(connection)
        line = line_before(self.workspace, holding.loads) if self.workspace.is_delta else {}
        country = Country(
            baseline=self.baseline,
            cases=self.cases,
            snapshot=self.snapshot,
            changes=compare_with(self.snapshot, connection, place / "changes"),
            trail=read_trail(connection, self.workspace.cycle, place / "crosswalk", line),
            lists=Lists(connection),
            connection=connection,
            survivors=self.survivors,
            claimed=self.claimed,
            place=place,
            delta=self._delta(connection, place) if line else None,
        )
        return prove_all(country, self.held or self._read(), self.workspace.cycle, look, apart)

    def _delta(self, connection: sa.Connection, place: Path) -> Delta | None:
        workspace = self.workspace
        if self.since is None:
            return None
        told = [LineText(workspace, code).told(_exports(workspace, code)) for code in self.codes]
        stood = None if self.is_whole else read_stood(workspace)
        changes = compare_with(self.since, connection, place / "since")
        return Delta(workspace.line[:-1], self.since, changes, stood, pl.concat(told))

    def _read(self) -> Iterator[Delivery]:
        for code in self.codes:
            yield _delivery(self.workspace, judged_rows(self.workspace, code))


def _clear_scratch(place: Path) -> None:
    """What a process left that was killed: persons' rows that no stage knows of."""
    for folder in place.glob(f"{SCRATCH}*"):
        process = folder.name.removeprefix(SCRATCH).split("-")[0]
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (PermissionError, ValueError):
            continue  # somebody else's process works on it, or it is none of ours


def prove(workspace: Workspace, codes: Sequence[str], connection: sa.Connection) -> Proved:
    """All proofs of the companies `codes`, whose rows are in the target that `connection` sees."""
    return Sources.of(workspace, codes).prove(connection)


def _exports(workspace: Workspace, company: str) -> list[str]:
    return list((read_manifest(workspace.stage_folder(company, "extract")) or {})["exports"])


def _delivery(workspace: Workspace, batch: Batch) -> Delivery:
    company, exports = batch.company, list(batch.frames)
    line = LineText(workspace, company)
    outcomes: dict[str, Frames] = dict(batch.frames)
    people = _people(workspace, company, exports)
    if line.held.height:
        outcomes = _with_held(line, outcomes, judged_rows(line.before, company).frames)
        people = _with_held(line, people, _people(line.before, company, exports))
    return Delivery(
        company=company,
        cycle=workspace.cycle,
        frames=read_frames(
            line.text_of,
            exports,
            outcomes,
            people,
        ),
        findings=findings_until(workspace, company, PLAN),
        decided={
            **batch.decided,
            ACROSS: decided(workspace, ACROSS),
            MATCHES: read_frame(workspace.stage_folder(company, "match"), ANSWERED),
        },
        staff_answers=staff_answers(workspace, company),
        assign_min=str(workspace.settings.assign_min),
        called_different=called_different(workspace, company),
    )


def _with_held(line: LineText, now: Mapping[str, Frames], before: Mapping[str, Frames]) -> dict[str, Frames]:
    """Frames with the earlier rows that stand because what the delta says of them is held."""
    return {
        export: {
            entity: line.also(export, entity, rows, before.get(export, {}).get(entity, rows.clear()))
            for entity, rows in frames.items()
        }
        for export, frames in now.items()
    }


def _staff_returns(workspace: Workspace) -> Iterator[Delivery]:
    """The staff return of every company that has been judged, and nothing else of its delivery."""
    for company in companies():
        folder = workspace.stage_folder(company, "validate")
        if not is_judged(workspace, company) or not (folder / STAFF).is_dir():
            continue
        rows = read_frame(workspace.stage_folder(company, "map") / STAFF, EMPLOYEE).select(ROW)
        outcomes = rows.with_columns(read_frame(folder / "outcomes" / STAFF, EMPLOYEE)["row_outcome"])
        yield Delivery(
            company=company,
            cycle=workspace.cycle,
            frames=read_frames(
                LineText(workspace, company).text_of, [STAFF], {STAFF: {EMPLOYEE: outcomes}}, {}
            ),
            findings=findings_until(workspace, company, "validate"),
            decided={kind: read_frame(folder / DECIDED, kind) for kind in DECIDED_KINDS},
            staff_answers=staff_answers(workspace, company),
            assign_min=str(workspace.settings.assign_min),
        )


def _people(workspace: Workspace, company: str, exports: list[str]) -> dict[str, Frames]:
    """Who each row is about: nDelius's key, null of a new person, whose number is `matched_ref`."""
    folder = workspace.stage_folder(company, "match")
    known = pl.when(pl.col("person_id").str.contains(r"^\d+$")).then("person_id").alias("person_id")
    found: dict[str, dict[str, pl.DataFrame]] = {}
    if "spg" in exports and read_manifest(folder) is not None:
        persons = read_frame(folder, "persons")
        found["spg"] = {"offender": persons.select(*ROW, known, "is_new_person", "answer")}
    for export in exports:
        for entity in satellites(export):
            people = read_frame(folder / PEOPLE / export, entity)
            found.setdefault(export, {})[entity] = people.select(
                *ROW, known, pl.col("person_ref").alias("matched_ref"), "answer"
            )
    return dict(found)
