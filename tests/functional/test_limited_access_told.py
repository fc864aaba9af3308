"""Whom not everybody may see is named by no command, revealed or not; their questions stand by themselves.

Numbers of nDelius are those of several tables, so a key is looked for where a person's key stands.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from changed_baseline import change
from limited_many import LIMITED, PERSONS, make_many
from openpyxl import load_workbook
from operator_answers import answer, apart
from sample_runs import day1, rows_of

pytestmark = pytest.mark.runs

NO_TEAM = "N51Z99"
ASK = "limited access: ask the owner"
OPEN, APART = "decisions-day-1.xlsx", "decisions-day-1-limited-access.xlsx"
CAME = """
    SELECT w.COMPANY, w.SOURCE_FILE, w.SOURCE_ROW, w.TABLE_NAME, CAST(w.TARGET_ID AS TEXT)
    FROM DAY1_CROSSWALK w JOIN CONTACT t ON t.CONTACT_ID = w.TARGET_ID
    WHERE w.TABLE_NAME = 'CONTACT' AND w.SOURCE_FILE LIKE w.COMPANY || '%'
    AND CAST(t.OFFENDER_ID AS TEXT) {} ({}) LIMIT 3
"""


@dataclass(frozen=True)
class Told:
    """`names`: CRNs and surnames of whom not everybody may see; `keys`: nDelius's numbers of them."""

    workspace: Path
    names: frozenset[str]
    keys: tuple[str, ...]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A damaged run in which many have limited access. Not to be changed, but for workbooks in reports/."""
    workspace = tmp_path_factory.mktemp("limited_told") / "w"
    one = make_many(workspace)
    change(workspace / "deliveries/day-1/baseline", "OFFENDER_MANAGER", of_no_team)
    assert day1(workspace, "run").returncode == 1
    keys = {str(key) for (key,) in rows_of(workspace / "target.db", LIMITED)} | {one}
    persons = rows_of(workspace / "target.db", PERSONS)
    others = {word for key, *words in persons if key not in keys for word in words}
    names = {word for key, *words in persons if key in keys for word in words} - others
    return Told(workspace, frozenset(names), tuple(sorted(keys)))


def of_no_team(rows: list[dict[str, str]]) -> None:
    """The first managers are of a team that nobody has (X02): the rows are told and taken out."""
    for row in rows[:9]:
        row["TEAM_CODE"] = NO_TEAM


def named(told: Told, text: str) -> set[str]:
    """Whom `text` names of those that not everybody may see."""
    return told.names & {*re.findall(r"\w+", text)}


def cells(path: Path) -> str:
    """Every text of a workbook."""
    book = load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def guide(path: Path) -> dict[str, list[object]]:
    """Sheet to its numbers on the first page."""
    lines = load_workbook(path)["How to answer"].iter_rows(min_row=11, max_col=3, values_only=True)
    return {str(sheet): counts for sheet, *counts in lines}


def traced(told: Told, how: str) -> list[tuple[str, ...]]:
    """Loaded contacts of persons who are, or are not, of limited access: source and target of each."""
    marks = ", ".join("?" * len(told.keys))
    return rows_of(told.workspace / "target.db", CAME.format(how, marks), *told.keys)


@pytest.mark.parametrize("reveal", [(), ("--reveal",)], ids=["masked", "revealed"])
@pytest.mark.parametrize(
    "words",
    [
        *(("findings", "--format", form) for form in ("table", "json", "csv")),
        *(("reconcile", "--format", form) for form in ("table", "json", "csv")),
        ("run", "--format", "json"),
        ("run", "--dry-run", "--format", "json"),
        ("status", "--format", "json"),
        ("signoff", "--format", "json"),
        ("compare", "1", "day-1", "--format", "json"),
        ("rule", "P01", "--format", "json"),
    ],
    ids=" ".join,
)
def test_no_command_names_them(told: Told, words: tuple[str, ...], reveal: tuple[str, ...]) -> None:
    result = day1(told.workspace, *words, *reveal)
    assert result.stdout or "compare" in words
    assert named(told, result.stdout + result.stderr) == set()


def test_what_a_run_keeps_of_itself_does_not_name_them(told: Told) -> None:
    kept = sorted((told.workspace / "runs").rglob("*.json"))
    assert any(path.name == "reconciliation.json" for path in kept)
    assert [path.name for path in kept if named(told, path.read_text("utf-8"))] == []


def test_lines_about_them_stay_so_that_counts_are_right(told: Told) -> None:
    document = json.loads(day1(told.workspace, "reconcile", "--format", "json").stdout)
    parts = ("left", "undelivered", "linked", "unattended")
    assert not [
        one
        for company in document["companies"]
        for part in parts
        for one in company[part]
        if one["person"] in told.keys
    ]
    lines = [one for company in document["companies"] for one in company["left"] + company["undelivered"]]
    hidden = [one for one in lines if one["person"] == ASK]
    assert hidden
    assert len(hidden) < len(lines)
    assert {one["key"] for one in hidden} == {""}


def test_a_revealed_finding_keeps_its_row_and_shows_no_value(told: Told) -> None:
    masked, shown = (
        list(csv.DictReader(io.StringIO(day1(told.workspace, "findings", "--format", "csv", *more).stdout)))
        for more in ((), ("--reveal",))
    )
    asked = [line for line in shown if line["value"] == ASK]
    assert len(asked) > 20
    assert [{**line, "value": ""} for line in shown] == [{**line, "value": ""} for line in masked]
    assert {line["value"] for line in shown} - {ASK, ""}
    ours = [line["value"] for line in shown if line["company"] == "N00" and line["rule"] == "X02"]
    assert {*ours} == {ASK, NO_TEAM}


def test_trace_says_of_their_rows_whom_to_ask(told: Told) -> None:
    rows = traced(told, "IN")
    assert rows
    for company, file, row, table, key in rows:
        there = json.loads(day1(told.workspace, "trace", company, file, row, "--format", "json").stdout)
        assert [line for line in there if line["table"] or line["id"]] == []
        assert ASK in {line["what"] for line in there}
        back = json.loads(day1(told.workspace, "trace", "--target", table, key, "--format", "json").stdout)
        assert [(line["company"], line["file"], line["row"], line["what"]) for line in back] == [
            ("", "", "", ASK)
        ]


def test_trace_follows_the_rows_of_others(told: Told) -> None:
    rows = traced(told, "NOT IN")
    assert rows
    for company, file, row, table, key in rows:
        there = json.loads(day1(told.workspace, "trace", company, file, row, "--format", "json").stdout)
        assert (table, key) in {(line["table"], line["id"]) for line in there}


@pytest.mark.parametrize("reveal", [False, True])
def test_their_questions_are_in_a_workbook_of_their_own(told: Told, *, reveal: bool) -> None:
    folder = told.workspace / "reports" / ("day-1-revealed" if reveal else "day-1")
    assert day1(told.workspace, "decisions", "export", *(["--reveal"] if reveal else [])).returncode == 0
    assert named(told, cells(folder / OPEN)) == set()
    apart = load_workbook(folder / APART)
    assert {str(sheet["A2"].value) for sheet in apart if sheet.sheet_state == "visible"} == {
        "OFFICIAL-SENSITIVE, limited access"
    }
    assert bool(named(told, cells(folder / APART))) is reveal
    assert all((folder / name).stat().st_mode & 0o777 == 0o600 for name in (OPEN, APART))


def test_both_workbooks_together_ask_every_question(told: Told) -> None:
    assert day1(told.workspace, "decisions", "export").returncode == 0
    whole, own = (guide(told.workspace / "reports/day-1" / name) for name in (OPEN, APART))
    assert {sheet: counts[1] for sheet, counts in whole.items()} == {
        sheet: counts[0] for sheet, counts in own.items()
    }
    assert {"Persons", "Limited access"} <= {sheet for sheet, counts in own.items() if counts[0]}


def test_who_is_entitled_answers_there(told: Told) -> None:
    assert day1(told.workspace, "decisions", "export").returncode == 0
    path = apart(told.workspace / "reports/day-1" / OPEN)
    given = answer(path, "answered.xlsx", {"Persons": lambda _: "none"})
    result = day1(told.workspace, "decisions", "import", str(given), "--format", "json")
    lines = json.loads(result.stdout)
    assert "taken" in {line["outcome"] for line in lines}
    assert {line["question"] for line in lines} == {ASK}
    assert named(told, result.stdout + result.stderr) == set()


def test_what_is_revealed_is_not_written_over_a_file_that_is_there(told: Told) -> None:
    (told.workspace / "mine.xlsx").write_text("mine", encoding="utf-8")
    result = day1(told.workspace, "decisions", "export", "mine.xlsx", "--reveal")
    assert result.returncode == 2
    assert (told.workspace / "mine.xlsx").read_text("utf-8") == "mine"
