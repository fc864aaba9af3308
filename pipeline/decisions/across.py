"""Questions about what two companies deliver that there is only one of (M09, H02)."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pipeline.decisions.persons import who
from pipeline.decisions.rows_below import rows_waiting
from pipeline.stages.across import PLACES, ROW, SHARED, TWICE, row_of_several
from pipeline.storage.batches import mapped_batch
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.companies import company as known_company
from vocabulary.decisions import ACROSS, ALL_OF_THEM, NONE_OF_THEM

WHAT = {
    "M09": "new persons who have a PNC, prison or CRO number in common, or look like one by all they say",
    "H02": "one Alfresco id in two companies",
}


def across_questions(workspace: Workspace, companies: Sequence[str]) -> list[Question]:
    """One question for what several companies deliver, with the rows of all of them; `companies`: of any."""
    folder = workspace.root / "work" / workspace.cycle
    if not (folder / f"{SHARED}.parquet").exists():
        return []
    shared = read_frame(folder, SHARED)
    open_ones = shared.filter(pl.col("is_held") & pl.col("company").is_in(companies))
    asked = shared.join(open_ones, on=["rule", "shared"], how="semi", maintain_order="left")
    return [
        _question(workspace, str(rule), str(name), rows)
        for (rule, name), rows in asked.group_by("rule", "shared", maintain_order=True)
    ]


def _question(workspace: Workspace, rule: str, name: str, rows: pl.DataFrame) -> Question:
    export, entity = PLACES[rule]
    waiting, told = 0, []
    for (code,), own in rows.group_by("company", maintain_order=True):
        frames = mapped_batch(workspace, str(code)).frames[export]
        held = own.filter("is_held").select(pl.lit(name).alias("question"), *ROW)
        waiting += rows_waiting(frames, export, entity, held).get(name, 0)
        told.append(f"{code}: {who(frames[entity].join(own.select(ROW), on=ROW, how='semi'))}")
    counted = rows.with_columns(row_of_several().alias("one"), pl.len().over("company").alias("rows"))
    places = [f"{code}, {file}, row {row}" for code, file, row in rows.select("company", *ROW).iter_rows()]
    beside = [Choice(ALL_OF_THEM, "different persons")] if rule == TWICE else []
    return Question(
        kind=ACROSS,
        key=(rule, name),
        rows=waiting,
        context=f"{rule}: {WHAT[rule]}; {'; '.join(places)}",
        choices=(
            *(_choice(one) for one in counted.iter_rows(named=True)),
            *beside,
            Choice(NONE_OF_THEM, "no row counts"),
        ),
        personal="; ".join(told),
        places=frozenset(rows.select("company", *ROW).iter_rows()),
    )


def _choice(row: dict[str, Any]) -> Choice:
    """The company, or where it has several rows in the question one of them."""
    name = known_company(row["company"]).name
    if row["rows"] == 1:
        return Choice(row["company"], name)
    return Choice(row["one"], f"{name}, row {row['source_row']}")
