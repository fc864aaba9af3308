"""Whom not everybody may see is in no book, list or page of a region's pack but the one of their own.

A third of all persons has limited access here, so that nearly every list has some of them. What the lists
held of them is known from a report that is made as if there were none.
"""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from limited_many import LIMITED, PERSONS, make_many
from openpyxl import load_workbook
from sample_runs import day1, rows_of

from pipeline import limited
from pipeline.stages import report
from pipeline.stages.limited_persons import LimitedPersons, limited_persons

pytestmark = pytest.mark.runs

ASK = "limited access: ask the owner"
BOOK = "limited_access.xlsx"
MARKING = "OFFICIAL-SENSITIVE, limited access"
PACKS = {"masked": "reports/day-1/regions", "revealed": "reports/day-1-revealed/regions"}
PLACES = {"region", "pdu", "team", "programmes_team"}
COUNTED = {
    ("interventions", "sessions"): {
        *("date", "start_time", "end_time", "programme", "group_ref", "session_number", "venue")
    },
    ("unpaid_work", "sessions"): {"date", "day", "from", "to", "project_code", "project"},
    ("unpaid_work", "placements"): {"project_code", "project"},
}
"""What makes a place count: the only words beside PLACES that may stay."""

OPENED = """
    SELECT a.CODE, o.CRN FROM OFFENDER_MANAGER m JOIN OFFENDER o USING (OFFENDER_ID)
    JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = m.PROBATION_AREA_ID
    WHERE m.ACTIVE_FLAG = 1 AND m.ALLOCATION_DATE LIKE '2021-06-26%'
"""
AREAS = """
    SELECT CAST(USER_ID AS TEXT), a.CODE FROM USER_ JOIN STAFF s USING (STAFF_ID)
    JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = s.PROBATION_AREA_ID
"""

Lines = list[dict[str, str]]


@dataclass(frozen=True)
class Told:
    """`people`: CRN to key and surname of whom not everybody may see; `delivered`: CRN of one whom only the
    company says it of. `before`: the revealed packs as they would be if everybody might."""

    workspace: Path
    people: dict[str, tuple[str, str]]
    delivered: str
    before: Path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A damaged run in which many have limited access. Not to be changed."""
    workspace = tmp_path_factory.mktemp("limited") / "w"
    one = make_many(workspace)
    assert day1(workspace, "run").returncode == 1
    with patch.object(limited, "limited_persons", nobody):
        assert day1(workspace, "report", "--reveal").returncode in (0, 1)
    before = Path(shutil.copytree(workspace / PACKS["revealed"], workspace / "before"))
    shutil.rmtree(workspace / "reports/day-1-revealed")
    assert day1(workspace, "report", "--reveal").returncode in (0, 1)
    keys = {str(key) for (key,) in rows_of(workspace / "target.db", LIMITED)} | {one}
    persons = [row for row in rows_of(workspace / "target.db", PERSONS) if row[0] in keys]
    delivered = next(crn for key, crn, _ in persons if key == one)
    return Told(workspace, {crn: (key, surname) for key, crn, surname in persons}, delivered, before)


def nobody(workspace: object) -> LimitedPersons:
    """As if everybody might see everybody."""
    found = limited_persons(workspace)  # type: ignore[arg-type]
    return LimitedPersons(found.persons.clear(), found.users.clear())


def declared() -> dict[tuple[str, str], tuple[str, set[str]]]:
    """Book and list to the column that names a person, and what stays."""
    with (Path(report.__file__).parents[2] / "reports/region_lists.csv").open(encoding="utf-8") as file:
        return {
            (line["book"], line["list"]): (line["person"], {*line["stays"].split(";")} - {""})
            for line in csv.DictReader(file)
        }


def lists(packs: Path) -> Iterator[tuple[str, tuple[str, str], Lines]]:
    """Region, book and list, and its lines."""
    for path in sorted(packs.glob("*/csv/*.csv")):
        book, _, name = path.stem.partition("-")
        with path.open(encoding="utf-8", newline="") as file:
            yield path.parents[1].name, (book, name), list(csv.DictReader(file))


def cells(packs: Path) -> Iterator[tuple[Path, str]]:
    """Every text of every file but the book of limited access."""
    for path in sorted(one for one in packs.rglob("*") if one.is_file() and one.name != BOOK):
        if path.suffix == ".xlsx":
            book = load_workbook(path, read_only=True)
            for sheet in book.worksheets:
                for row in sheet.iter_rows(values_only=True):
                    yield from ((path, str(cell)) for cell in row if cell is not None)
        else:
            yield path, path.read_text("utf-8")


def persons_of(packs: Path, region: str) -> list[str]:
    """The CRNs on the first sheet of a region's book."""
    header, *lines = load_workbook(packs / region / BOOK)["Persons"].iter_rows(min_row=3, values_only=True)
    return [str(line[header.index("crn")]) for line in lines]


@pytest.mark.parametrize("packs", PACKS.values(), ids=PACKS)
def test_no_file_but_their_own_book_names_them(told: Told, packs: str) -> None:
    names = {*told.people, *(surname for _, surname in told.people.values())}
    word = re.compile(r"\w+")
    files: Counter[str] = Counter()
    found = set()
    for path, text in cells(told.workspace / packs):
        files[path.suffix] += 1
        if names & {*word.findall(text)}:
            found.add(path.relative_to(told.workspace / packs).as_posix())
    assert found == set()
    assert files[".csv"] > 40
    assert files[".xlsx"] > 1_000


def test_as_if_everybody_might_see_them_they_are_in_nearly_every_list(told: Told) -> None:
    named = {
        name
        for _, name, lines in lists(told.before)
        if any(line[column] in told.people for line in lines if (column := declared()[name][0]))
    }
    rare = {name for name, (column, _) in declared().items() if column} - named
    assert len(named) >= 20, rare
    with pytest.raises(AssertionError):
        assert not any(crn in text for _, text in cells(told.before) for crn in told.people)


@pytest.mark.parametrize("packs", PACKS.values(), ids=PACKS)
def test_each_list_keeps_its_rows_and_of_theirs_only_the_place(told: Told, packs: str) -> None:
    now = {(region, name): lines for region, name, lines in lists(told.workspace / packs)}
    before = {(region, name): lines for region, name, lines in lists(told.before)}
    assert now.keys() == before.keys()
    wrong = [place for place, lines in before.items() if len(now[place]) != len(lines)]
    assert wrong == []
    for (region, name), lines in before.items():
        column, stays = declared()[name]
        if column:
            asked = [line for line in now[region, name] if line[column] == ASK]
            expected = Counter(
                tuple(line[word] for word in sorted(stays & {*line}))
                for line in lines
                if line[column] in told.people
            )
            assert (
                Counter(tuple(line[word] for word in sorted(stays & {*line})) for line in asked) == expected
            ), (region, name)
            assert not [
                word
                for line in asked
                for word, value in line.items()
                if value and word not in {column, "basis", *stays}
            ], (region, name)


def test_rows_of_others_are_as_they_would_be_and_in_their_order(told: Told) -> None:
    now = {(region, name): lines for region, name, lines in lists(told.workspace / PACKS["revealed"])}
    for region, name, lines in lists(told.before):
        column = declared()[name][0]
        others = [line for line in lines if line.get(column) not in told.people]
        assert [line for line in now[region, name] if line.get(column) != ASK] == others, (region, name)


def test_what_stays_is_a_place_and_no_detail() -> None:
    wrong = {
        name: told
        for name, (column, stays) in declared().items()
        if (told := stays - PLACES - COUNTED.get(name, set())) or (stays and not column)
    }
    assert wrong == {}


def test_every_column_that_holds_a_crn_is_declared(told: Told) -> None:
    known = {crn for _, crn, _ in rows_of(told.workspace / "target.db", PERSONS)}
    wrong = {
        (name, column)
        for _, name, lines in lists(told.before)
        for line in lines
        for column, value in line.items()
        if value in known and column != declared()[name][0]
    }
    assert wrong == set()


@pytest.mark.parametrize("packs", PACKS.values(), ids=PACKS)
def test_their_book_names_each_once_in_every_region_that_has_them(told: Told, packs: str) -> None:
    wanted: dict[str, set[str]] = {}
    for region, crn in rows_of(told.workspace / "target.db", OPENED):
        if crn in told.people:
            wanted.setdefault(region, set()).add(crn)
    for region, name, lines in lists(told.before):
        if column := declared()[name][0]:
            here = {line[column] for line in lines} & told.people.keys()
            wanted.setdefault(region, set()).update(here)
    assert told.delivered in wanted["N51"]
    assert {*wanted} >= {"N07", "N51"}
    for region, people in wanted.items():
        if people:
            listed = persons_of(told.workspace / packs, region)
            assert sorted(set(listed)) == sorted(listed)
            assert {*listed} >= people
            assert {*listed} <= told.people.keys()


def test_their_book_says_of_every_user_whether_the_account_moves(told: Told) -> None:
    areas = dict(rows_of(told.workspace / "target.db", AREAS))
    _, *lines = load_workbook(told.workspace / PACKS["masked"] / "N51" / BOOK)["Users"].iter_rows(
        min_row=3, values_only=True
    )
    said = {(str(account), on_day_1) for _, _, account, _, on_day_1 in lines if account}
    assert {on_day_1 for _, on_day_1 in said} == {"moves", "stays behind", "is of no company, stays"}
    for account, on_day_1 in said:
        is_closing = areas[account].startswith("C")
        assert is_closing == (on_day_1 == "stays behind"), on_day_1


@pytest.mark.parametrize("packs", PACKS.values(), ids=PACKS)
def test_every_sheet_of_their_book_is_marked_and_none_lies_beside_as_csv(told: Told, packs: str) -> None:
    books = sorted((told.workspace / packs).glob(f"*/{BOOK}"))
    assert books
    for path in books:
        for sheet in load_workbook(path).worksheets:
            assert str(sheet["A1"].value).startswith(MARKING)
            assert sheet.oddHeader.center.text == MARKING
            assert sheet.oddFooter.left.text.startswith(MARKING)
        assert list(path.parent.rglob("*limited*")) == [path]


def test_names_in_their_book_are_masked_unless_asked(told: Told) -> None:
    surnames = {surname for _, surname in told.people.values()}
    for packs, is_shown in ((PACKS["masked"], False), (PACKS["revealed"], True)):
        book = load_workbook(told.workspace / packs / "N51" / BOOK, read_only=True)
        said = {cell for row in book["Persons"].iter_rows(values_only=True) for cell in row}
        assert bool(surnames & said) is is_shown


@pytest.mark.parametrize("folder", ["reports/day-1", "reports/day-1-revealed"])
def test_books_and_pages_of_nation_and_companies_do_not_name_them_either(told: Told, folder: str) -> None:
    keys = {key for key, _ in told.people.values()}
    root = told.workspace / folder
    paths = [path for path in root.rglob("*") if path.is_file() and "regions" not in path.parts]
    assert {path.suffix for path in paths} == {".xlsx", ".csv", ".html"}
    for path in paths:
        text = _text(path)
        assert not [crn for crn in told.people if crn in text], path.name
    for path in root.rglob("*left.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not keys & {line["person"] for line in csv.DictReader(file)}


def _text(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    book = load_workbook(path, read_only=True)
    return "\n".join(
        str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row
    )
