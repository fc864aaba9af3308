"""nDelius moved on between extract and cutover: what it says on the evening before decides, and is told."""

import csv
from pathlib import Path

import pytest
from changed_baseline import Row, change
from planted_defects import Damaged, Line, planted_in
from sample_runs import assert_clear, by_company, day1, findings, printed, reconciled, rows_of

pytestmark = pytest.mark.runs


MARRIED = "Zzmarried"
OF_DAY_1 = "SELECT COUNT(*) FROM {0} WHERE {1} = ? AND ALLOCATION_DATE LIKE '2021-06-26%'"
IN_REGION = """
    SELECT a.CODE LIKE 'N%' FROM OFFENDER_MANAGER JOIN PROBATION_AREA a USING (PROBATION_AREA_ID)
    WHERE OFFENDER_ID = ? AND ACTIVE_FLAG = 1
"""


PLACED = "SELECT COUNT(*) FROM UPW_ALLOCATION JOIN UPW_DETAILS USING (UPW_DETAILS_ID) WHERE OFFENDER_ID = ?"


def keys_of(damaged: Damaged, defect: str, rule: str, table: str) -> list[str]:
    """Keys of the rows of C06 and of the baseline in a table of nDelius that a planted defect is told of."""
    lines = [line for line, planted in planted_in(damaged[0]).items() if planted == defect]
    found = [_key(damaged[0], line) for line in lines if line[0] == "C06" and _is_of(line, rule, table)]
    assert found
    return found


def _is_of(line: Line, rule: str, table: str) -> bool:
    return line[4] == rule and line[2].endswith(f"_delius_{table}.txt")


def _key(workspace: Path, line: Line) -> str:
    (path,) = workspace.glob(f"deliveries/day-1/*/{line[2]}")
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.reader(file, delimiter="|", quoting=csv.QUOTE_NONE))[int(line[3]) - 1][0]


@pytest.mark.parametrize(
    ("table", "managers", "column"),
    [("RQMNT", "RQMNT_MANAGER", "RQMNT_ID"), ("COURT_REPORT", "REPORT_MANAGER", "COURT_REPORT_ID")],
)
def test_what_ended_in_the_evening_goes_to_nobody(
    damaged_run: Damaged, table: str, managers: str, column: str
) -> None:
    (key,) = keys_of(damaged_run, "D62", "X07", table)
    assert rows_of(damaged_run[0] / "target.db", OF_DAY_1.format(managers, column), int(key)) == [(0,)]


def test_what_the_company_alone_has_closed_moves(damaged_run: Damaged) -> None:
    (key,) = keys_of(damaged_run, "D63", "X04", "RQMNT")
    opened = OF_DAY_1.format("RQMNT_MANAGER", "RQMNT_ID")
    assert rows_of(damaged_run[0] / "target.db", opened, int(key)) == [(1,)]


@pytest.mark.parametrize(("table", "rows"), [("OFFENDER_MANAGER", 1), ("RQMNT_MANAGER", 2)])
def test_what_changed_hands_in_the_evening_moves_and_is_named(
    damaged_run: Damaged, table: str, rows: int
) -> None:
    """A case and a requirement went to a colleague; of another requirement the manager was not delivered."""
    keys = keys_of(damaged_run, "D61", "X05", table)
    ended = f"SELECT 1 FROM {table} WHERE {table}_ID = ? AND ACTIVE_FLAG = 0 AND END_DATE LIKE '2021-06-26%'"
    assert [rows_of(damaged_run[0] / "target.db", ended, int(key)) for key in keys] == [[(1,)]] * rows
    told = by_company(printed(damaged_run[0]))["C06"]["undelivered"]
    assert {row["key"] for row in told if row["table"] == table} == set(keys)


def changed_name(baseline: Path, company: str) -> str:
    """Give a person of the company whom it places at unpaid work another surname in nDelius; their key."""
    ordered: set[str] = set()
    change(baseline, "UPW_DETAILS", lambda rows: ordered.update(row["OFFENDER_ID"] for row in rows))
    managed: list[str] = []

    def own(rows: list[Row]) -> None:
        managed.extend(
            row["OFFENDER_ID"]
            for row in rows
            if row["PROBATION_AREA_CODE"].strip() == company and row["ACTIVE_FLAG"] == "1"
        )

    change(baseline, "OFFENDER_MANAGER", own)
    person = next(key for key in managed if key in ordered)

    def marry(rows: list[Row]) -> None:
        next(row for row in rows if row["OFFENDER_ID"] == person)["SURNAME"] = MARRIED

    change(baseline, "OFFENDER", marry)
    return person


def test_a_surname_changed_in_the_evening_is_told_and_everything_of_the_person_moves(fresh: Path) -> None:
    persons = [changed_name(fresh / "deliveries/day-1/baseline", code) for code in ("C06", "C17")]
    assert_clear(day1(fresh, "run"), 0)
    document = reconciled(fresh)
    assert document["verdict"] == "clean"
    told = [
        (row["company"], row["entity"], row["column"], row["rule"])
        for row in findings(fresh)
        if row["severity"] != "info"
    ]
    assert told == [("C06", "offender", "surname", "X04")]
    differing = [row for row in by_company(document)["C17"]["waiting"] if row["kind"] == "difference"]
    assert [(row["subject"], row["rows"]) for row in differing] == [("offender.surname", 1)]
    target = fresh / "target.db"
    for person in map(int, persons):
        assert rows_of(target, "SELECT SURNAME FROM OFFENDER WHERE OFFENDER_ID = ?", person) == [(MARRIED,)]
        assert rows_of(target, IN_REGION, person) == [(1,)]
        assert rows_of(target, PLACED, person) == [(1,)]
