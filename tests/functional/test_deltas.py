"""Deltas on top of day-1: loaded, proved, refused, taken out again."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sample_runs import assert_clear, by_company, changed_tables, day1, dump_of, rows_of

from samples.deltas import Edit, having, make_delta
from samples.late_hours import late_hours
from samples.make import make

pytestmark = pytest.mark.runs

DAY, FIRST, SECOND = "day-1", "delta-01", "delta-02"
C06, C17 = "C06", "C17"


def deliver(workspace: Path, company: str, cycle: str, previous: str, edits: list[Edit]) -> None:
    """A delta of `company` to the deliveries of `workspace`."""
    there = workspace / "deliveries"
    shutil.rmtree(there / cycle / company, ignore_errors=True)
    make_delta(there / DAY / company, there / cycle / company, cycle, edits, previous)


def known_address(row: dict[str, Any]) -> bool:
    """A message about an address that nDelius has."""
    return "<OffenderAddressID>25" in row.get("text", "")


def hours(workspace: Path, company: str, number: int = 1, *, damaged: bool = False) -> list[Edit]:
    """Hours entered late."""
    return late_hours(workspace / "deliveries" / DAY / company, number, damaged=damaged)


def run(workspace: Path, cycle: str, code: int, *words: str) -> dict[str, Any]:
    """The figures of each company of a run that ends with `code`."""
    result = day1(workspace, "run", "--cycle", cycle, "--format", "json", *words)
    assert_clear(result, code)
    return by_company(json.loads(result.stdout))


def account(figures: dict[str, Any]) -> list[int]:
    """Delivered, carried, set aside and not in scope of all files of a company."""
    names = ("delivered", "carried", "set_aside", "not_in_scope")
    return [sum(file[name] for file in figures["files"]) for name in names]


def rules(workspace: Path, cycle: str) -> list[tuple[str, str]]:
    """Rule and row of what is set aside of a delta's own rows."""
    found = day1(workspace, "findings", "--cycle", cycle, "--format", "csv").stdout.splitlines()[1:]
    rows = [line.split(",") for line in found]
    return sorted((row[6], row[3]) for row in rows if row[7] == "set_aside" and "/" not in row[2])


@pytest.fixture(scope="module")
def loaded_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two companies, day-1 loaded. Not to be changed."""
    workspace = tmp_path_factory.mktemp("deltas") / "w"
    make(workspace / "deliveries", companies=(C06, C17), people=16)
    assert {each["verdict"] for each in run(workspace, DAY, 0).values()} == {"clean"}
    return workspace


@pytest.fixture
def workspace(loaded_day: Path, tmp_path: Path) -> Path:
    """The same of one's own."""
    return Path(shutil.copytree(loaded_day, tmp_path / "w", symlinks=True))


def test_two_deltas_are_loaded_proved_and_taken_out_again(workspace: Path) -> None:
    target = workspace / "target.db"
    before = dump_of(target)
    deliver(workspace, C06, FIRST, DAY, hours(workspace, C06))
    deliver(workspace, C17, FIRST, DAY, hours(workspace, C17))
    first = run(workspace, FIRST, 0)
    assert {code: (account(each), each["verdict"]) for code, each in first.items()} == {
        C06: ([3, 3, 0, 0], "clean"),
        C17: ([3, 3, 0, 0], "clean"),
    }
    written = "SELECT COUNT(*) FROM UPW_APPOINTMENT WHERE "
    assert rows_of(target, f"{written} SOFT_DELETED = 1") == [(2,)]
    assert rows_of(target, f"{written} MINUTES_CREDITED = 300 AND ROW_VERSION = 1") == [(2,)]
    after_first = dump_of(target)

    # The second is one company's alone, and some of its rows say what cannot be.
    deliver(workspace, C17, SECOND, FIRST, hours(workspace, C17, 2, damaged=True))
    second = run(workspace, SECOND, 1)
    assert (account(second[C17]), second[C17]["differences"]) == ([6, 3, 3, 0], [])
    assert rules(workspace, SECOND) == [("T08", "5"), ("T08", "6"), ("T08", "7")]
    after_second = dump_of(target)
    run(workspace, SECOND, 1)
    assert changed_tables(dump_of(target), after_second) == []

    # What lies below a delta is neither loaded again nor taken out.
    assert_clear(day1(workspace, "undo", "--company", C17, "--cycle", DAY), 5)
    refused = day1(workspace, "run", "--cycle", DAY)
    assert_clear(refused, 5)
    assert "day1 undo --cycle delta-02 --company C17" in refused.stderr
    assert changed_tables(dump_of(target), after_second) == []

    for cycle, company, expected in (
        (SECOND, C17, after_first),
        (FIRST, C17, None),
        (FIRST, C06, before),
    ):
        assert_clear(day1(workspace, "undo", "--company", company, "--cycle", cycle), 0)
        if expected is not None:
            assert changed_tables(dump_of(target), expected) == []


def test_a_corrected_delta_replaces_the_one_before(workspace: Path) -> None:
    target = workspace / "target.db"
    before = dump_of(target)
    for number in (1, 2):
        deliver(workspace, C17, FIRST, DAY, hours(workspace, C17, number))
        assert run(workspace, FIRST, 0)[C17]["verdict"] == "clean"
    assert rows_of(target, "SELECT COUNT(*) FROM UPW_APPOINTMENT WHERE SOFT_DELETED = 1") == [(1,)]
    assert rows_of(target, "SELECT CYCLE FROM DAY1_LEDGER WHERE COMPANY = 'C17'") == [(DAY,), (FIRST,)]
    assert_clear(day1(workspace, "undo", "--company", C17, "--cycle", FIRST), 0)
    assert changed_tables(dump_of(target), before) == []


def test_a_change_that_is_set_aside_leaves_the_earlier_row(workspace: Path) -> None:
    target = workspace / "target.db"
    before = dump_of(target)
    (_, changed, _) = hours(workspace, C17)
    unreadable = Edit(changed.file, "C", changed.take, {"session_date": "#REF!"})
    deliver(workspace, C17, FIRST, DAY, [unreadable])
    assert account(run(workspace, FIRST, 1)[C17]) == [1, 0, 1, 0]
    assert changed_tables(dump_of(target), before) == ["DAY1_CROSSWALK", "DAY1_LEDGER"]


def test_what_users_changed_since_is_left_alone(workspace: Path) -> None:
    target = workspace / "target.db"
    edits = hours(workspace, C17)
    with closing(sqlite3.connect(target)) as connection:
        named = "SELECT TARGET_ID FROM DAY1_CROSSWALK WHERE TABLE_NAME = 'UPW_APPOINTMENT' AND SOURCE_ROW = ?"
        lines = (workspace / "deliveries" / DAY / C17 / edits[1].file).read_text("utf-8").splitlines()
        head = lines[0].split(",")
        (place,) = [
            number
            for number, line in enumerate(lines[1:], start=2)
            if edits[1].take(dict(zip(head, line.split(","), strict=False)))
        ]
        ((row,),) = connection.execute(named, (str(place),)).fetchall()
        connection.execute(
            "UPDATE UPW_APPOINTMENT SET MINUTES_CREDITED = 111 WHERE UPW_APPOINTMENT_ID = ?", (row,)
        )
        connection.execute(
            "UPDATE CONTACT SET NOTES = 'Zz' WHERE CONTACT_ID = (SELECT MIN(CONTACT_ID) FROM CONTACT)"
        )
        connection.commit()
    before = dump_of(target)
    deliver(workspace, C17, FIRST, DAY, edits)
    figures = run(workspace, FIRST, 1)[C17]
    assert (account(figures), figures["differences"]) == ([3, 2, 1, 0], [])
    assert rules(workspace, FIRST) == [("T14", "3")]
    assert [one["subject"] for one in figures["waiting"] if one["kind"] == "edited since"] == [
        f"UPW_APPOINTMENT {row}"
    ]
    assert rows_of(
        target, "SELECT MINUTES_CREDITED FROM UPW_APPOINTMENT WHERE UPW_APPOINTMENT_ID = ?", row
    ) == [(111,)]
    assert_clear(day1(workspace, "undo", "--company", C17, "--cycle", FIRST), 0)
    assert changed_tables(dump_of(target), before) == []


def test_every_export_can_be_changed(workspace: Path) -> None:
    target = workspace / "target.db"
    before = dump_of(target)
    deliver(
        workspace,
        C17,
        FIRST,
        DAY,
        [
            Edit(
                "C17_documents.csv", "C", having("document_ref", "DOC-0000001"), {"document_name": "s_9.pdf"}
            ),
            Edit("C17_documents.csv", "D", having("document_ref", "DOC-0000002")),
            Edit("C17_programmes_rar.csv", "C", having("activity_id", "RAR-000001"), {"days_planned": "12"}),
            Edit("C17_programmes_rar.csv", "D", having("activity_id", "RAR-000002")),
            Edit("C17_referrals.csv", "D", having("referral_ref", "SR-0000001")),
            Edit(
                "C17_upw_projects.csv", "C", having("project_code", "C17P001"), {"project_name": "Sample 9"}
            ),
            Edit("C17_staff.xlsx", "C", having("employee_no", "P0000003"), {"workplace": "Sample House 2"}),
            Edit("C17_estates.xlsx", "D", having("asset_ref", "AS-00004")),
            Edit("C17_spg_001.xml", "C", known_address, {"HouseNumber": "58"}),
        ],
    )
    deliver(
        workspace,
        C06,
        FIRST,
        DAY,
        [
            Edit(
                "C06_eoc.jsonl",
                "C",
                having("assessment_ref", "EOC-C06-000001"),
                {"assessor_name": "Qx Zz"},
            ),
            Edit("C06_delius_CONTACT.txt", "D", having("CONTACT_ID", "2500000554")),
        ],
    )  # fmt: skip
    figures = run(workspace, FIRST, 0)
    assert {code: account(each)[:3] for code, each in figures.items()} == {C06: [2, 2, 0], C17: [9, 9, 0]}
    for company in (C17, C06):
        assert_clear(day1(workspace, "undo", "--company", company, "--cycle", FIRST), 0)
    assert changed_tables(dump_of(target), before) == []


@pytest.mark.parametrize(
    ("cycle", "previous", "told"),
    [
        (SECOND, FIRST, "Receive and load delta-01 first"),
        (FIRST, "rehearsal-1", "Ask C17 for the changes since day-1"),
        (FIRST, FIRST, "the last accepted delivery is day-1"),
    ],
)
def test_a_delta_out_of_order_is_refused(workspace: Path, cycle: str, previous: str, told: str) -> None:
    before = dump_of(workspace / "target.db")
    deliver(workspace, C17, cycle, previous, hours(workspace, C17))
    result = day1(workspace, "run", "--cycle", cycle)
    assert_clear(result, 4)
    assert told in result.stdout + result.stderr
    assert changed_tables(dump_of(workspace / "target.db"), before) == []


def test_a_delta_on_a_target_without_its_cycle_is_refused(workspace: Path) -> None:
    assert_clear(day1(workspace, "undo", "--company", C17, "--cycle", DAY), 0)
    before = dump_of(workspace / "target.db")
    deliver(workspace, C17, FIRST, DAY, hours(workspace, C17))
    result = day1(workspace, "run", "--cycle", FIRST)
    assert_clear(result, 4)
    assert "Load day-1 of C17 there first" in result.stdout + result.stderr
    assert changed_tables(dump_of(workspace / "target.db"), before) == []
