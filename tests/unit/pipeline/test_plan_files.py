"""A plan on disk."""

from pathlib import Path

import polars as pl

from pipeline.storage.plans import read_plan, write_plan
from target.plan import Change, Plan

ROW = {"natural_key": ["k"], "export": ["spg"], "source_file": ["f"], "source_row": ["2"]}
PLAN = Plan(
    company="C06",
    cycle="day-1",
    inserts={"EVENT": pl.DataFrame(ROW), "NSI": pl.DataFrame(ROW)},
    changes=(
        Change("EVENT", "withdraw", pl.DataFrame({"key": [1]})),
        Change("EVENT", "close", pl.DataFrame({"key": [2]})),
    ),
    provisional=pl.DataFrame({"list_name": ["GENDER"], "code": ["M"], "description": ["Male"]}),
)


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_plan(tmp_path, PLAN)
    read = read_plan(tmp_path)
    assert (read.company, read.cycle) == ("C06", "day-1")
    assert {table: rows.rows() for table, rows in read.inserts.items()} == {
        table: rows.rows() for table, rows in PLAN.inserts.items()
    }
    assert [(one.table, one.kind, one.rows.rows()) for one in read.changes] == [
        ("EVENT", "withdraw", [(1,)]),
        ("EVENT", "close", [(2,)]),
    ]
    assert read.provisional.equals(PLAN.provisional)
