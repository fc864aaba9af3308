"""One person whom two companies assessed: the second finds the row of the first, which is no difference."""

from pathlib import Path

import polars as pl
from loaded_target import build, opened
from small_target import frame

from reports.entities import Compared, compare
from reports.readback import ReadBack
from target.load import load
from target.plan import Plan

NO_CODES = pl.DataFrame(schema=dict.fromkeys(("list_name", "code", "description"), pl.String))


def plan_of(company: str, area: str, surname: str) -> Plan:
    """A person of OASys, as `company` brings one."""
    source = {"export": "eoc", "source_file": f"{company}_eoc.jsonl", "source_row": "1"}
    person = frame(natural_key="person:1", **source, surname=surname, area=area)
    return Plan(company, "day-1", {"OASYS_OFFENDER": person}, (), NO_CODES)


def second(folder: Path, surname: str) -> Compared:
    """What is told of the company that comes second."""
    theirs, ours = plan_of("C05", "N55", "Zzdell"), plan_of("C20", "N59", surname)
    with opened(build(folder), folder) as connection:
        load(connection, theirs, "one")
        load(connection, ours, "one")
        return compare(ours, ReadBack.of_company(connection, "C20", "day-1"))


def test_the_area_of_the_first_company_stays(tmp_path: Path) -> None:
    assert second(tmp_path, "Zzdell").differences.is_empty()


def test_anything_else_is_told(tmp_path: Path) -> None:
    assert second(tmp_path, "Zzother").differences["column"].to_list() == ["FAMILY_NAME"]
