"""Each region gets its own folder: everything indexed, nothing of another region in it, no name unasked."""

import re
from pathlib import Path

import openpyxl
import pytest
from sample_runs import SURNAMES, day1

REGIONS = {"N51": "C06", "N07": "C17"}
CODE = re.compile(r"\bN(?!00)[0-9]{2}(?:[A-Z][A-Z0-9]{2,3})?\b")
"""A region, or one of its teams or officers; not N00, the baseline, which is everybody's."""


def words(path: Path) -> set[str]:
    """Every text of every sheet of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    return {
        str(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    }


@pytest.fixture(scope="session")
def packs(clean_run: Path) -> Path:
    return clean_run / "reports/day-1/regions"


@pytest.mark.parametrize("region", REGIONS)
def test_nothing_of_another_region_is_in_a_pack(packs: Path, region: str) -> None:
    files = sorted((packs / region).rglob("*"))
    told = {path.name: words(path) for path in files if path.suffix == ".xlsx"}
    told |= {path.name: {path.read_text("utf-8")} for path in files if path.suffix == ".csv"}
    others = {
        (name, code)
        for name, texts in told.items()
        for text in texts
        for code in CODE.findall(text)
        if not code.startswith(region)
    }
    assert others == set()
    assert any(region in text for texts in told.values() for text in texts)


@pytest.mark.parametrize("region", REGIONS)
def test_the_index_lists_every_sheet_with_its_rows(packs: Path, region: str) -> None:
    sheet = openpyxl.load_workbook(packs / region / "index.xlsx")["Index"]
    lines = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert lines[0][0] == "reconciliation.xlsx"
    for workbook, name, _, rows, *_ in lines[1:]:
        listed = openpyxl.load_workbook(packs / region / workbook)[name]
        assert len([row for row in listed.iter_rows(min_row=4, values_only=True) if row[0]]) in (rows, 1)
    assert {line[0] for line in lines} == {path.name for path in (packs / region).glob("*.xlsx")} - {
        "index.xlsx"
    }


def test_a_book_of_an_earlier_run_does_not_stay(loaded: Path) -> None:
    old = loaded / "reports/day-1/regions/N51/payroll.xlsx"
    old.write_bytes(b"of an earlier run")
    assert day1(loaded, "report").returncode == 0
    assert not old.exists()


@pytest.mark.parametrize("region", REGIONS)
def test_no_name_stands_in_a_pack_unasked(packs: Path, region: str) -> None:
    for path in sorted((packs / region).rglob("*.xlsx")):
        assert not [name for name in SURNAMES for text in words(path) if name in text], path.name


def test_the_index_of_a_revealed_pack_says_so(loaded: Path) -> None:
    assert day1(loaded, "report", "--reveal").returncode == 0
    told = words(loaded / "reports/day-1-revealed/regions/N51/index.xlsx")
    assert any(text.startswith("Names are shown") for text in told)
    assert not any(text.startswith("Names are masked") for text in told)
