"""nDelius merged two persons of a company that records there after the extract was taken, or parted them
again: what nDelius says on the evening counts, nothing is written for who is gone."""

from pathlib import Path

import pytest
from changed_baseline import Row, change
from sample_runs import by_company, day1, findings, reconciled, rows_of

from samples.make import make

pytestmark = pytest.mark.runs

COMPANY = "C06"
OF_DAY_1 = (
    "SELECT COUNT(*) FROM OFFENDER_MANAGER WHERE OFFENDER_ID = ? AND ALLOCATION_DATE LIKE '2021-06-26%'"
)
STAYS = ("OFFENDER", "OFFENDER_MANAGER", "RESPONSIBLE_OFFICER")
"""Tables whose rows about the person who is gone stay what they were."""


def two_of(folder: Path) -> tuple[str, str]:
    """Two persons of the company whom nobody may not see."""
    found: list[str] = []
    limited: set[str] = set()
    for table in ("RESTRICTION", "EXCLUSION"):
        change(folder, table, lambda rows: limited.update(row["OFFENDER_ID"] for row in rows))

    def own(rows: list[Row]) -> None:
        found.extend(
            row["OFFENDER_ID"]
            for row in rows
            if row["PROBATION_AREA_CODE"].strip() == COMPANY and row["ACTIVE_FLAG"] == "1"
        )

    change(folder, "OFFENDER_MANAGER", own)
    first, second, *_ = [person for person in found if person not in limited]
    return first, second


def merge(folder: Path, gone: str, left: str) -> str:
    """`gone` is deleted, its CRN an identifier of `left`, and what it had is of `left`; gives the CRN."""
    crns: list[str] = []

    def delete(rows: list[Row]) -> None:
        row = next(row for row in rows if row["OFFENDER_ID"] == gone)
        row["SOFT_DELETED"] = "1"
        crns.append(row["CRN"])

    def repoint(rows: list[Row]) -> None:
        for row in rows:
            if row["OFFENDER_ID"] == gone:
                row["OFFENDER_ID"] = left

    def list_former(rows: list[Row]) -> None:
        model = next(row for row in rows if "PCRN" in row.values())
        key = max(int(row["ADDITIONAL_IDENTIFIER_ID"]) for row in rows) + 1
        new = {"ADDITIONAL_IDENTIFIER_ID": str(key), "OFFENDER_ID": left, "IDENTIFIER": crns[0]}
        rows.append(model | new)

    change(folder, "OFFENDER", delete)
    for path in sorted(folder.glob("*_delius_*.txt")):
        table = path.stem.partition("_delius_")[2]
        if table not in STAYS and "OFFENDER_ID" in path.read_text("cp1252").splitlines()[0].split("|"):
            change(folder, table, repoint)
    change(folder, "ADDITIONAL_IDENTIFIER", list_former)
    return crns[0]


def test_merged_since_the_extract_the_survivor_has_everything(tmp_path: Path) -> None:
    make(tmp_path / "deliveries", companies=(COMPANY,), people=24)
    gone, left = two_of(tmp_path / "deliveries/day-1/baseline")
    crn = merge(tmp_path / "deliveries/day-1/baseline", gone, left)
    result = day1(tmp_path, "run")
    assert "Traceback" not in result.stderr
    target = tmp_path / "target.db"
    assert by_company(reconciled(tmp_path))[COMPANY]["differences"] == []
    assert (rows_of(target, OF_DAY_1, int(gone)), rows_of(target, OF_DAY_1, int(left))) == ([(0,)], [(1,)])
    told = [
        row["rule"] for row in findings(tmp_path) if row["entity"] == "offender" and row["severity"] != "info"
    ]
    assert "X04" in told
    assert "merged into this person" in day1(tmp_path, "case", crn).stdout


def test_parted_again_since_the_extract_both_move(tmp_path: Path) -> None:
    """The extract has one of them deleted, nDelius on the evening has both."""
    make(tmp_path / "deliveries", companies=(COMPANY,), people=24)
    gone, left = two_of(tmp_path / "deliveries/day-1/baseline")
    merge(tmp_path / "deliveries/day-1" / COMPANY, gone, left)
    result = day1(tmp_path, "run")
    assert "Traceback" not in result.stderr
    target = tmp_path / "target.db"
    assert by_company(reconciled(tmp_path))[COMPANY]["differences"] == []
    assert (rows_of(target, OF_DAY_1, int(gone)), rows_of(target, OF_DAY_1, int(left))) == ([(1,)], [(1,)])
