"""Which region each row of a shared company is about."""

import datetime as dt

import polars as pl

from pipeline.figures.row_regions import row_regions
from vocabulary.batch import Batch

PERSONS = pl.DataFrame({"person_id": ["1", "2"], "region": ["N50", "N51"]})
NO_EMPLOYEES = pl.DataFrame(schema=dict.fromkeys(("source_file", "source_row", "region"), pl.String))


def rows(export: str, file: str, **words: list[object]) -> pl.DataFrame:
    """Carried rows 2, 3... of one file."""
    height = len(next(iter(words.values())))
    provenance = {
        "export": [export] * height,
        "source_file": [file] * height,
        "source_row": [str(number) for number in range(2, height + 2)],
        "row_outcome": ["carried"] * height,
    }
    return pl.DataFrame({**provenance, **words})


def regions(
    frames: dict[str, dict[str, pl.DataFrame]], employees: pl.DataFrame = NO_EMPLOYEES
) -> dict[str, list[str]]:
    """File to the region of each of its rows."""
    batch = Batch("C07", "day-1", dt.date(2021, 6, 25), frames)
    found = row_regions(batch, PERSONS, employees)
    return {
        str(file): own["region"].to_list()
        for (file,), own in found.group_by("source_file", maintain_order=True)
    }


def test_a_row_is_about_its_person() -> None:
    frames = {"delius": {"offender": rows("delius", "OFFENDER.txt", offender_id=[1, 2, 3, None])}}
    assert regions(frames) == {"OFFENDER.txt": ["N50", "N51", None, None]}


def test_a_row_without_person_is_about_what_its_parent_is() -> None:
    frames = {
        "delius": {
            "nsi": rows("delius", "NSI.txt", nsi_id=[7, 8, 8], offender_id=[2, 1, 1]),
            "nsi_manager": rows("delius", "NSI_MANAGER.txt", nsi_id=[8, 7, 9]),
        }
    }
    assert regions(frames)["NSI_MANAGER.txt"] == ["N50", "N51", None]


def test_an_employee_is_about_the_region_of_the_assignment() -> None:
    frames = {"staff": {"employee": rows("staff", "staff.xlsx", employee_ref=["a", "b"])}}
    employees = pl.DataFrame({"source_file": ["staff.xlsx"], "source_row": ["3"], "region": ["N51"]})
    assert regions(frames, employees) == {"staff.xlsx": [None, "N51"]}


def test_a_row_in_two_frames_is_counted_once() -> None:
    frames = {
        "delius": {
            "offender": rows("delius", "one.txt", offender_id=[1]),
            "address": rows("delius", "one.txt", offender_id=[9]),
        }
    }
    assert regions(frames) == {"one.txt": ["N50"]}
