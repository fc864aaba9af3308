"""`day1 case`: one person from end to end, masked; whom nobody knows, and whom not everybody may see."""

import json
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from planted_defects import Damaged
from sample_runs import SURNAMES, assert_clear, day1, opened, rows_of

from cli.commands.cases import case_text
from pipeline.cases.case import Case
from pipeline.cases.find import Person
from pipeline.cases.line import EVIDENCE, ROWS, CaseLine
from pipeline.cases.told import TOLD_SCHEMA

Lines = list[dict[str, str]]

MANAGED = """
    SELECT o.CRN, o.OFFENDER_ID FROM OFFENDER o JOIN DAY1_CROSSWALK c
    ON c.TABLE_NAME = 'MASTER_TRANSFER' AND c.NATURAL_KEY = 'person:' || o.OFFENDER_ID
    WHERE c.COMPANY = ? AND o.CURRENT_RESTRICTION = 0 AND o.CURRENT_EXCLUSION = 0 ORDER BY o.OFFENDER_ID
"""
LIMITED = "SELECT CRN FROM OFFENDER JOIN RESTRICTION USING (OFFENDER_ID) ORDER BY CRN"


def cases(workspace: Path, number: str, *words: str) -> list[dict[str, Any]]:
    """What `case` says as JSON."""
    result = day1(workspace, "case", number, "--format", "json", *words)
    assert_clear(result, 0) if "--reveal" not in words else None
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def lines(workspace: Path, number: str, about: str, *words: str) -> Lines:
    """The lines about one thing of the one person whom `number` names."""
    (case,) = cases(workspace, number, *words)
    return [line for line in case["lines"] if line["about"] == about]


def persons_of(workspace: Path, company: str) -> list[tuple[str, int]]:
    """CRN and OFFENDER_ID of persons whom the company's load moved and everybody may see."""
    return rows_of(workspace / "target.db", MANAGED, company)


def with_person(target: sqlite3.Connection) -> list[str]:
    """Tables whose rows name a person, and have one key."""
    names = target.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    columns = {name: target.execute(f'PRAGMA table_info("{name}")').fetchall() for (name,) in names}
    return [
        name
        for name, found in columns.items()
        if "OFFENDER_ID" in [one[1] for one in found] and sum(bool(one[5]) for one in found) == 1
    ]


@pytest.mark.parametrize("company", ["C06", "C17"])
def test_rows_before_and_now_are_those_of_the_target(damaged_run: Damaged, company: str) -> None:
    workspace = damaged_run[0]
    crn, person = persons_of(workspace, company)[0]
    told = {line["table"]: line["what"] for line in lines(workspace, crn, "target") if not line["id"]}
    with opened(workspace / "target.db") as target:
        for table in with_person(target):
            (now,) = target.execute(
                f"SELECT COUNT(*) FROM {table} WHERE OFFENDER_ID = ?", (person,)
            ).fetchone()
            assert (f", {now} now" in told[table]) if now else (table not in told), table


@pytest.mark.parametrize("company", ["C06", "C17"])
def test_what_a_load_wrote_for_a_persons_rows_is_told_row_by_row(damaged_run: Damaged, company: str) -> None:
    workspace = damaged_run[0]
    crn, _ = persons_of(workspace, company)[0]
    sources = {
        (line["file"], line["row"]) for line in lines(workspace, crn, ROWS) if line["company"] == company
    }
    added = {
        (line["table"], line["id"]) for line in lines(workspace, crn, "target") if "added" in line["what"]
    }
    query = "SELECT TABLE_NAME, TARGET_ID, SOURCE_FILE, SOURCE_ROW FROM DAY1_CROSSWALK WHERE COMPANY = ?"
    written = rows_of(workspace / "target.db", query, company)
    assert sources
    assert {(table, str(key)) for table, key, *place in written if tuple(place) in sources} <= added
    assert lines(workspace, crn, "closed")


def test_every_row_that_gives_the_number_is_told_with_its_outcome(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    crn, _ = persons_of(workspace, "C17")[0]
    (path,) = (workspace / "deliveries/day-1/C17").glob("*_upw_placements.csv")
    there = [str(place) for place, line in enumerate(path.read_text("utf-8").splitlines(), 1) if crn in line]
    told = {line["row"]: line["what"] for line in lines(workspace, crn, ROWS) if line["file"] == path.name}
    assert there
    assert there == list(told)
    assert all(
        ": carried" in what or ": set_aside" in what or ": not_in_scope" in what for what in told.values()
    )


def test_a_companys_own_number_names_the_same_person(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    crn, person = persons_of(workspace, "C17")[0]
    (own,) = {
        line["what"].partition("own number ")[2].partition(":")[0]
        for line in lines(workspace, crn, "matched")
        if line["what"].startswith("spg offender")
    }
    assert [case["offender_id"] for case in cases(workspace, own)] == [str(person)]
    assert [case["offender_id"] for case in cases(workspace, str(person))] == [str(person)]
    assert_clear(day1(workspace, "case", own, "--company", "C06"), 2)


def test_the_crn_that_a_load_gave_leads_to_the_new_person(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    query = "SELECT CRN, OFFENDER_ID FROM OFFENDER JOIN DAY1_CROSSWALK ON TARGET_ID = OFFENDER_ID"
    ((crn, person),) = rows_of(workspace / "target.db", f"{query} WHERE TABLE_NAME = 'OFFENDER'")
    (line,) = lines(workspace, crn, "person")
    assert (line["id"], line["company"]) == (str(person), "C17")
    assert "new" in line["what"]


def test_a_number_that_was_merged_leads_to_who_is_left(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    query = """
        SELECT a.IDENTIFIER, a.OFFENDER_ID FROM ADDITIONAL_IDENTIFIER a JOIN DAY1_CROSSWALK c
        ON c.NATURAL_KEY = 'person:' || a.OFFENDER_ID WHERE a.IDENTIFIER GLOB 'X[0-9]*' LIMIT 1
    """
    ((former, person),) = rows_of(workspace / "target.db", query)
    (line,) = lines(workspace, former, "person")
    assert line["id"] == str(person)
    assert "merged" in line["what"]


def test_who_waits_for_a_clerk_is_told_with_what_is_asked(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    held = pl.read_parquet(workspace / "work/day-1/C17/match/held.parquet").filter(rule="M02", export="spg")
    assert held.height
    for person, row in held.select("offender_id", "source_row").iter_rows():
        waiting = [line for line in lines(workspace, str(person), "decided") if "waits" in line["what"]]
        assert [(line["company"], line["row"]) for line in waiting] == [("C17", row)]
        assert "M02" in waiting[0]["what"]
        assert "day1 decisions export" in waiting[0]["what"]


@pytest.mark.parametrize("number", ["X999999", "OM-none", "C17", "", "99999999999999999999999", "x' OR 1=1"])
def test_who_is_not_there_is_said(damaged_run: Damaged, number: str) -> None:
    result = day1(damaged_run[0], "case", number)
    assert_clear(result, 2)
    assert result.stdout == ""
    assert "Nobody bears" in result.stderr


def test_of_limited_access_it_says_whom_to_ask_and_nothing_else(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    for (crn,) in rows_of(workspace / "target.db", LIMITED):
        for case in (*cases(workspace, crn), *cases(workspace, crn, "--reveal")):
            assert {line["about"] for line in case["lines"]} == {"access"}
            assert case["offender_id"] == ""
            for line in case["lines"]:
                assert line["what"].startswith(
                    "limited access: ask the owner (the keeper of limited_access.xlsx"
                )
                assert {line[word] for word in ("file", "row", "table", "id")} == {""}


def test_names_are_shown_to_who_asks_and_the_audit_counts_the_lines(
    damaged_run: Damaged, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(damaged_run[0], tmp_path / "w", symlinks=True))
    limited = {crn for (crn,) in rows_of(workspace / "target.db", LIMITED)}
    crn = next(crn for crn, *_ in persons_of(workspace, "C17") if crn not in limited)
    result = day1(workspace, "case", crn, "--reveal")
    assert any(name in result.stdout for name in SURNAMES)
    told = sum(len(case["lines"]) for case in cases(workspace, crn, "--reveal"))
    *_, audit = (workspace / "work/audit.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(audit)["command"], json.loads(audit)["rows"]) == ("case", told)


def test_nobodys_name_is_in_any_case(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    for crn, _ in [*persons_of(workspace, "C06")[:2], *persons_of(workspace, "C17")[:2]]:
        assert_clear(day1(workspace, "case", crn), 0)


def test_in_eighty_columns_nothing_is_cut() -> None:
    long = CaseLine(ROWS, "C06", "day-1", "C06_delius_INSTITUTIONAL_REPORT.txt", "1234", what="a word " * 40)
    aside = CaseLine(EVIDENCE, what="b word " * 30)
    nobody = Person("", "C06", "nobody", pl.DataFrame(schema=TOLD_SCHEMA))
    case = Case("X000001", nobody, False, (long, aside))
    broken, whole = case_text(case, 80), case_text(case, None)
    assert max(map(len, broken.splitlines())) <= 80
    assert Counter(broken.split()) == Counter(whole.split())
    assert len(whole.splitlines()) == 5
