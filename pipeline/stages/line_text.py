"""Gives the proofs the text of every delivery of a company's line, and which rows of deltas were not used."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from pipeline.line import is_delta
from pipeline.stages.deltas import CHANGES, REPLACED, ROW, TEXTS, in_cycle
from pipeline.stages.edited import RULE as HELD
from pipeline.storage.batches import EDITED, findings_until
from pipeline.storage.store import read_findings, read_frame, read_manifest
from pipeline.workspace import Workspace
from reconcile.sources.deltas import Delivered, state_after, wrongly_told
from validators.delta_rows import KEY
from vocabulary.links import parents_first

WRONG = "T08"
PLACE = ["export", *ROW]


@dataclass(frozen=True)
class LineText:
    """One company in the cycle that says how it stands."""

    workspace: Workspace
    company: str

    @cached_property
    def cycles(self) -> tuple[str, ...]:
        """The cycles of its deliveries, in order: the full one, then its deltas."""
        found = [self.workspace.cycle_of(self.company)]
        while is_delta(found[0]):
            account = read_manifest(self._folder(found[0], "receive")) or {}
            if not account.get("previous"):
                break
            found.insert(0, str(account["previous"]))
        return tuple(found)

    @cached_property
    def deliveries(self) -> tuple[Delivered, ...]:
        """What was delivered, each with the rows of a delta that change nothing."""
        return tuple(
            Delivered(
                cycle,
                self._folder(cycle, "receive") / TEXTS if is_delta(cycle) else self._folder(cycle, "extract"),
                self._aside(cycle),
                is_delta(cycle),
                cycle == self.cycles[-1],
            )
            for cycle in self.cycles
        )

    def text_of(self, export: str, entity: str) -> pl.LazyFrame:
        """The rows of an entity as they stand after the line."""
        return state_after(self.deliveries, export, entity)

    def told(self, exports: list[str]) -> pl.DataFrame:
        """company, export, ROW, is_wrong of rows of the last delta that their keys alone can judge."""
        schema = {**dict.fromkeys(("company", *PLACE), pl.String), "is_wrong": pl.Boolean}
        found = [pl.DataFrame(schema=schema)]
        if not self.deliveries[-1].is_delta:
            return found[0]
        for export in exports:
            for entity in parents_first(export):
                rows = wrongly_told(self.deliveries, export, entity)
                where = pl.lit(self.company).alias("company"), pl.lit(export).alias("export")
                found.append(rows.select(*where, *ROW, "is_wrong"))
        findings = findings_until(self.workspace.of_cycle(self.cycles[-1]), self.company, "validate")
        refused = findings.filter(rule=WRONG).select(PLACE)
        others = self._unused(self.cycles[-1]).join(refused, on=PLACE, how="anti")
        return pl.concat(found).join(others, on=PLACE, how="anti", maintain_order="left")

    @cached_property
    def held(self) -> pl.DataFrame:
        """export, entity, ROW of earlier rows that stand because what the last delta says of them is held."""
        last = self.cycles[-1]
        schema = dict.fromkeys(("export", "entity", *ROW), pl.String)
        if not is_delta(last):
            return pl.DataFrame(schema=schema)
        folder = self._folder(last, "extract")
        own = read_frame(folder, CHANGES).join(self._held(last), on=PLACE, how="semi")
        return (
            read_frame(folder, REPLACED)
            .join(own, on=["export", "entity", KEY], how="semi")
            .select(list(schema))
        )

    def also(self, export: str, entity: str, rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
        """`rows` and those of `earlier`, of the delivery before, that stand because of `held`."""
        held = self.held.filter((pl.col("export") == export) & (pl.col("entity") == entity))
        if held.is_empty():
            return rows
        named = earlier.with_columns(in_cycle(self.cycles[-2]))
        stands = named.join(held.select(ROW), on=ROW, how="semi")
        return pl.concat([rows, stands.select(rows.columns)])

    @property
    def before(self) -> Workspace:
        """The workspace in the cycle of the delivery before the last."""
        return self.workspace.of_cycle(self.cycles[-2])

    def _folder(self, cycle: str, stage: str) -> Path:
        return self.workspace.root / "work" / cycle / self.company / stage

    def _aside(self, cycle: str) -> pl.DataFrame:
        if not is_delta(cycle):
            return pl.DataFrame(schema=dict.fromkeys(PLACE, pl.String))
        return pl.concat([self._unused(cycle), self._held(cycle)])

    def _unused(self, cycle: str) -> pl.DataFrame:
        return read_frame(self._folder(cycle, "extract"), CHANGES).filter(~pl.col("is_used")).select(PLACE)

    def _held(self, cycle: str) -> pl.DataFrame:
        return read_findings(self._folder(cycle, EDITED)).filter(rule=HELD).select(PLACE)


def line_before(workspace: Workspace, loaded: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Company to the cycles of its line that the target holds, in order. `loaded`: cycle to companies."""
    line = [cycle for cycle in workspace.line if cycle in loaded]
    codes = {code for cycle in line for code in loaded[cycle]}
    return {code: tuple(cycle for cycle in line if code in loaded[cycle]) for code in codes}
