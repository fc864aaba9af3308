"""What a run stands on: the marks of our tables, and which sample figures a company's results rest on."""

import polars as pl

from mappings.basis import PAY, ROUTING, SAMPLE, basis, pay_marks, team_marks
from pipeline.stages.plan import PLAN
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Basis, SampleInUse
from vocabulary.batch import Batch

REHEARSAL = "rehearsal-"
"""How the cycles begin that may be signed off with sample figures."""

TEAMS, PAID = "receiving teams under sample codes", "employees at sample pay points"


def whole_basis() -> tuple[Basis, ...]:
    """Every part of our tables with its mark."""
    return tuple(Basis(**line) for line in basis().iter_rows(named=True))


def samples_in_use(workspace: Workspace, batch: Batch) -> tuple[SampleInUse, ...]:
    """The sample figures that the company's results rest on; none that no row came to."""
    moving = read_frame(workspace.stage_folder(batch.company, PLAN), "moving")
    used = [(ROUTING, TEAMS, _sample_rows(moving["n_team"].unique(), team_marks()))]
    if batch.has("staff"):
        assigned = read_frame(workspace.stage_folder(batch.company, "validate") / "staff", "assigned")
        used.append((PAY, PAID, _sample_rows(assigned["new_point"], pay_marks())))
    holds = not workspace.cycle.startswith(REHEARSAL)
    return tuple(SampleInUse(subject, what, count, holds) for subject, what, count in used if count)


def _sample_rows(values: pl.Series, marks: pl.DataFrame) -> int:
    """How many of `values` bear the mark sample; `marks`: the value, its mark."""
    invented = marks.filter(pl.col("mark") == SAMPLE).to_series()
    return int(values.is_in(invented.implode()).sum())
