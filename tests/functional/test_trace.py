"""`day1 trace`: both ways with closings, decisions and run; what is not there is said with the nearest."""

import json
from pathlib import Path

import pytest
from planted_defects import Damaged
from sample_runs import assert_clear, day1, rows_of

CLOSED = """
    SELECT new.COMPANY, c.SOURCE_FILE, c.SOURCE_ROW, new.OFFENDER_MANAGER_ID, old.OFFENDER_MANAGER_ID
    FROM (SELECT OFFENDER_MANAGER.*, COMPANY FROM OFFENDER_MANAGER JOIN DAY1_CROSSWALK
          ON TABLE_NAME = 'OFFENDER_MANAGER' AND TARGET_ID = OFFENDER_MANAGER_ID) new
    JOIN OFFENDER_MANAGER old USING (OFFENDER_ID)
    JOIN DAY1_CROSSWALK c ON c.TABLE_NAME = 'OFFENDER_MANAGER' AND c.TARGET_ID = new.OFFENDER_MANAGER_ID
    JOIN DAY1_BEFORE_IMAGE b ON b.TABLE_NAME = 'OFFENDER_MANAGER' AND b.TARGET_ID = old.OFFENDER_MANAGER_ID
    WHERE new.COMPANY = ? AND c.SOURCE_FILE NOT LIKE 'N00%' ORDER BY 4
"""
"""A manager row that a load opened for a source row, and the one that it closed of the same person."""


def traced(workspace: Path, *words: str) -> list[dict[str, str]]:
    """What `trace` says, as JSON."""
    result = day1(workspace, "trace", *words, "--format", "json")
    assert_clear(result, 0)
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("company", ["C06", "C17"])
def test_closings_and_the_run_are_told_both_ways(damaged_run: Damaged, company: str) -> None:
    workspace = damaged_run[0]
    pairs = rows_of(workspace / "target.db", CLOSED, company)
    (code, file, row, new, old) = pairs[0]
    olds = sorted(str(pair[4]) for pair in pairs if pair[3] == new)
    there = traced(workspace, code, file, row)
    assert {("OFFENDER_MANAGER", str(new), "inserted")} <= {
        (line["table"], line["id"], line["what"]) for line in there
    }
    for way in (there, traced(workspace, "--target", "OFFENDER_MANAGER", str(new))):
        closed = [line for line in way if line["what"].startswith("closed: END_DATE")]
        assert [line["id"] for line in closed if line["table"] == "OFFENDER_MANAGER"] == olds
        assert [line["company"] for line in way if "loaded by 0001-day-1" in line["what"]] == [code]
    back = traced(workspace, "--target", "offender_manager", str(old))
    assert ["closed" in line["what"] for line in back] == [True, False]


NOT_THERE = [
    (("C71", "C17_referrals.csv", "2"), "There is no company C71. Did you mean C"),
    (("C01", "C01_referrals.csv", "2"), "C01 was not received"),
    (("C17", "C17_referal.csv", "2"), "Did you mean C17_referrals.csv"),
    (("C17", "C17_referrals.csv", "9999"), "The nearest is "),
    (("C06", "C06_upw.xlsx", "PLACEMENT LIST!9999"), "Did you mean PLACEMENT LIST!"),
    (("C06", "C06_upw.xlsx", "nothing of the kind"), "It has rows such as "),
    (("--target", "OFENDER", "1"), "Did you mean OFFENDER"),
    (("--target", "CONTACT", "1"), "The nearest keys there are 25"),
    (("--target", "CONTACT", "one"), "is no number"),
    (("--target", "CONTACT", "9" * 30), "is no number of at most 18 digits"),
]


@pytest.mark.parametrize(
    ("words", "told"), NOT_THERE, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_what_is_not_there_is_said_with_the_nearest(
    damaged_run: Damaged, words: tuple[str, ...], told: str
) -> None:
    result = day1(damaged_run[0], "trace", *words)
    assert_clear(result, 2)
    assert result.stdout == ""
    assert told in result.stderr
