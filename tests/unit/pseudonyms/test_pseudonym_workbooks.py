"""Workbooks: cells, kinds, formulas and results in place; what else an archive holds is left out."""

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from delivered import deliveries

from pseudonyms.columns import Treatments
from pseudonyms.containers.workbook import write_workbook
from pseudonyms.copying import source_of
from vocabulary.errors import DeliveryError

STAFF, SCHEDULE = "C04_staff.xlsx", "C11_upw.xlsx"
PLACEMENTS = 1
"""Its sheet with dates of birth, among the sheets of the schedule."""


@pytest.fixture
def copied(tmp_path: Path, treatments: Treatments):
    """Copies a workbook under the name of a delivered one."""

    def copy(path: Path, name: str) -> Path:
        here = tmp_path / name
        shutil.copyfile(path, here)
        source = source_of(here)
        assert source is not None
        write_workbook(source, treatments, tmp_path / "copy.xlsx")
        return tmp_path / "copy.xlsx"

    return copy


def sample(name: str) -> Path:
    """A workbook of the samples."""
    return deliveries() / name[:3] / name


def edited(folder: Path, name: str, **cells: object) -> Path:
    """The workbook with some cells of its first sheet changed."""
    book = openpyxl.load_workbook(sample(name))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.properties.creator = "Jane Roe"
    book.worksheets[0]["A1"].comment = openpyxl.comments.Comment("Jane Roe", "Jane Roe")
    book.save(folder / "edited.xlsx")
    return folder / "edited.xlsx"


def with_part(folder: Path, path: Path, name: str, content: bytes) -> Path:
    """The archive with one more part."""
    shutil.copyfile(path, folder / "more.xlsx")
    with zipfile.ZipFile(folder / "more.xlsx", "a") as archive:
        archive.writestr(name, content)
    return folder / "more.xlsx"


def grid(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Sheet to the values of its rows."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_sheets_kinds_and_blank_cells_stay(copied) -> None:
    before, after = grid(sample(SCHEDULE)), grid(copied(sample(SCHEDULE), SCHEDULE))
    kinds = {name: [[type(value) for value in row] for row in rows] for name, rows in before.items()}
    assert kinds == {name: [[type(value) for value in row] for row in rows] for name, rows in after.items()}
    assert [name for name in before if before[name][2] != after[name][2]] == []  # headers, below two titles
    assert [name for name in before if before[name][3:] == after[name][3:]] == []


def test_dates_of_birth_move_in_both_date_systems_and_others_stay(copied) -> None:
    sheets = [grid(sample(SCHEDULE)), grid(copied(sample(SCHEDULE), SCHEDULE))]
    before, after = ([*one.values()][PLACEMENTS] for one in sheets)
    head = before[2]
    born = next(place for place, name in enumerate(head) if "irth" in str(name) or name == "DOB")
    pairs = [(one[born], other[born]) for one, other in zip(before[3:], after[3:], strict=True)]
    assert [one for one, other in pairs if one.year != other.year] == []
    assert any(one != other for one, other in pairs)


def test_formulas_errors_and_results_stay_without_what_they_say(tmp_path: Path, copied) -> None:
    path = edited(
        tmp_path, STAFF, C2='=IF(A2="Jane","Roe",B2)', D2="#REF!", C3="=VLOOKUP(A3,[Jane.xlsx]Roe!A:B,2)"
    )
    said = copied(path, STAFF)
    row = grid(said)["Staff"][1]
    assert str(row[2]).startswith("=IF(A2=")
    assert row[3] == "#REF!"
    with zipfile.ZipFile(said) as archive:
        assert b"Jane" not in b"".join(archive.read(name) for name in archive.namelist())
        assert [name for name in archive.namelist() if "comment" in name or "docProps" in name] == []


def test_the_same_bytes_every_time(copied) -> None:
    assert copied(sample(STAFF), STAFF).read_bytes() == copied(sample(STAFF), STAFF).read_bytes()


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"])
def test_what_makes_a_workbook_refused_stays_empty(name: str, tmp_path: Path, copied) -> None:
    with zipfile.ZipFile(copied(with_part(tmp_path, sample(STAFF), name, b"Jane Roe"), STAFF)) as archive:
        assert archive.read(name) == b""


def test_what_cannot_be_opened_becomes_as_many_other_bytes(tmp_path: Path, copied) -> None:
    content = b"Jane Roe" * 99
    (tmp_path / "broken.xlsx").write_bytes(content)
    said = copied(tmp_path / "broken.xlsx", STAFF)
    assert len(said.read_bytes()) == len(content)
    assert b"Jane" not in said.read_bytes()
    assert not zipfile.is_zipfile(io.BytesIO(said.read_bytes()))


def test_a_column_or_sheet_that_nobody_agreed_to_is_refused(tmp_path: Path, copied) -> None:
    width = len(grid(sample(STAFF))["Staff"][0])
    last = openpyxl.utils.get_column_letter(width + 1)
    with pytest.raises(DeliveryError, match="favourite colour"):
        copied(edited(tmp_path, STAFF, **{f"{last}1": "favourite colour"}), STAFF)
    book = openpyxl.load_workbook(sample(STAFF))
    book.create_sheet("Notes").append(["Jane Roe"])
    book.save(tmp_path / "sheet.xlsx")
    with pytest.raises(DeliveryError, match="a sheet that nobody agreed to") as told:
        copied(tmp_path / "sheet.xlsx", STAFF)
    assert "Roe" not in str(told.value)
