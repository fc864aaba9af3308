"""A decision about a person is reversed: exactly that person's rows move, and back again."""

from pathlib import Path

import pytest
from operator_answers import answer, export, questions, taken
from sample_runs import day1, opened

from samples.make import make

pytestmark = pytest.mark.runs

COMPANY = "C17"
Written = set[tuple[str, str, str]]


def written(workspace: Path) -> Written:
    """Table and source row of everything that the load added."""
    with opened(workspace / "target.db") as target:
        query = "SELECT TABLE_NAME, SOURCE_FILE, SOURCE_ROW FROM DAY1_CROSSWALK"
        return {(str(table), str(file), str(row)) for table, file, row in target.execute(query)}


def reverse(workspace: Path, becomes: str) -> None:
    """The clerk's answer is another from now on."""
    path = workspace / "decisions" / "matches.csv"
    header, line = path.read_text("utf-8").splitlines()
    cells = dict(zip(header.split(","), line.split(","), strict=True)) | {"answer": becomes}
    path.write_text(f"{header}\n{','.join(cells.values())}\n", encoding="utf-8")


def test_exactly_that_persons_rows_move(tmp_path: Path) -> None:
    exports = ("spg", "delius")
    make(tmp_path / "deliveries", companies=(COMPANY,), people=40, defects=("D34",), exports=exports)
    assert day1(tmp_path, "run").returncode == 1
    (question,) = questions(export(tmp_path))["Persons"]
    done = answer(tmp_path / "asked.xlsx", "done.xlsx", {"Persons": lambda _: "new"})
    assert {one["outcome"] for one in taken(tmp_path, done)} == {"taken"}
    as_new = after_run(tmp_path)
    candidate = question["suggested"].partition(":")[0]
    reverse(tmp_path, candidate)
    as_known = after_run(tmp_path)
    told = day1(tmp_path, "case", candidate).stdout
    assert f"persons: {candidate}, by A. Manager on 2021-06-20" in told
    moved = {(file, row) for _, file, row in as_new ^ as_known}
    assert moved
    assert [place for place in moved if f"{place[0]} row {place[1]}:" not in told] == []
    added = [any(table == "OFFENDER" for table, *_ in each) for each in (as_new, as_known)]
    assert added == [True, False]
    reverse(tmp_path, "new")
    assert after_run(tmp_path) == as_new


def after_run(workspace: Path) -> Written:
    """What is written once the answers that stand are obeyed."""
    assert day1(workspace, "run").returncode in (0, 1)
    return written(workspace)
