"""Planted damage is there, and what it must lead to is told with file, row and rule."""

import tomllib
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from sample_world import expected, manifest, table

from samples.defects.blocking import BLOCKING
from samples.defects.plan import CARRIED, PLANTS
from samples.make import make


def lines(damaged: Path, company: str, defect: str) -> list[dict[str, str]]:
    return [row for row in expected(damaged) if (row["company"], row["defect"]) == (company, defect)]


def physical_line(damaged: Path, row: dict[str, str]) -> str:
    path = damaged / "day-1" / row["company"] / row["source_file"]
    return path.read_bytes().decode("cp1252").split("\r\n")[int(row["source_row"]) - 1]


def test_each_finding_is_expected_once(damaged: Path) -> None:
    found = [tuple(row.values())[:5] for row in expected(damaged)]
    assert len(set(found)) == len(found)


def test_every_defect_of_the_case_systems_is_planted(damaged: Path) -> None:
    """D58 needs a company of two regions; of D74 and D77 nothing is to be said."""
    wanted = {defect for defect, export, _ in PLANTS if export in ("delius", "spg", "upw")}
    assert wanted - {"D58", "D74", "D77"} <= {row["defect"] for row in expected(damaged)}


def test_a_pipe_gives_too_many_fields(damaged: Path) -> None:
    (row,) = lines(damaged, "C06", "D12")
    assert physical_line(damaged, row).count("|") == 18


def test_a_line_break_gives_two_broken_lines(damaged: Path) -> None:
    first, second = lines(damaged, "C06", "D13")
    assert int(second["source_row"]) == int(first["source_row"]) + 1
    assert physical_line(damaged, first).count("|") + physical_line(damaged, second).count("|") == 17


def test_the_manifest_counts_physical_lines(damaged: Path) -> None:
    folder = damaged / "day-1" / "C06"
    file = next(file for file in manifest(folder)["file"] if file["name"].endswith("_CONTACT.txt"))
    assert file["rows"] == (folder / file["name"]).read_bytes().count(b"\r\n") - 1


def test_formula_text_is_no_formula(damaged: Path) -> None:
    row = next(row for row in lines(damaged, "C06", "D22") if row["export"] == "upw")
    sheet, _, number = row["source_row"].partition("!")
    cell = load_workbook(damaged / "day-1" / "C06" / row["source_file"])[sheet].cell(int(number), 2)
    assert (cell.value, cell.data_type) == ("=Sample Park", "s")


def test_wrong_business_data_stands_in_the_baseline_too(damaged: Path) -> None:
    orders = {row["UPW_LENGTH_MINUTES"] for row in table(damaged / "day-1" / "baseline", "UPW_DETAILS")}
    assert "19200" in orders


def test_the_baseline_keeps_unique_prison_numbers(damaged: Path) -> None:
    rows = table(damaged / "day-1" / "baseline", "OFFENDER")
    numbers = [row["NOMS_NUMBER"] for row in rows if row["NOMS_NUMBER"].strip()]
    assert len(set(numbers)) == len(numbers)


def test_a_held_person_takes_the_schedule_along(damaged: Path) -> None:
    files = {row["source_file"] for row in lines(damaged, "C17", "D34") if row["rule"] == "X01"}
    assert {"C17_spg_001.xml", "C17_upw_placements.csv", "C17_upw_sessions.csv"} <= files


def test_defects_of_two_regions_are_planted_there(tmp_path: Path) -> None:
    make(tmp_path, companies=("C07",), defects=("D58",))
    assert {"G01", "G02", "X01"} == {row["rule"] for row in expected(tmp_path)}


@pytest.mark.parametrize("defect", sorted(BLOCKING))
def test_a_blocking_defect_names_one_rule(tmp_path: Path, defect: str) -> None:
    make(tmp_path, companies=("C06", "C17"), people=12, defects=(defect,))
    assert {row["severity"] for row in expected(tmp_path)} == {"block"}


@pytest.mark.parametrize("defect", ["D05", "D06"])
def test_broken_xml_is_sealed_by_the_manifest(tmp_path: Path, defect: str) -> None:
    make(tmp_path, companies=("C17",), people=12, defects=(defect,))
    folder = tmp_path / "day-1" / "C17"
    file = tomllib.loads((folder / "delivery.toml").read_text("utf-8"))["file"][0]
    content = (folder / file["name"]).read_bytes()
    assert file["bytes"] == len(content)
    assert b"<!ENTITY" in content or b"</SPGInterchange>" not in content
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(content, etree.XMLParser(resolve_entities=False, load_dtd=False, huge_tree=False))


def test_damage_that_blocks_is_planted_on_demand_only() -> None:
    assert not {*BLOCKING} & {*CARRIED}
