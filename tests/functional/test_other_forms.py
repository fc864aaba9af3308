"""Values in another form than agreed: read with a warning, and reconcile reads the same out of them."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from resealed import reseal
from sample_runs import day1, findings, reconciled

pytestmark = pytest.mark.runs


CRN_CELL = re.compile(rb't="inlineStr"><is><t>([A-Z]\d{6})</t></is>')
FIRST_KEY = re.compile(rb"^(\d+)\|", re.MULTILINE)


def as_typed_and_true(path: Path) -> bytes:
    """The staff return with its start dates typed as text, and yes and no as TRUE and FALSE."""
    book = openpyxl.load_workbook(path)
    sheet = book["Staff"]
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        start, flag = row[header.index("start_date")], row[header.index("sub_contracted")]
        start.value = f"{start.value:%d/%m/%Y}"
        flag.value = flag.value == "Y"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_looked_up_crns(path: Path) -> bytes:
    """The schedule with every CRN as a formula and its stored result."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            changed = CRN_CELL.sub(rb't="str"><f>VLOOKUP(A1,B:C,2)</f><v>\1</v>', source.read(name))
            target.writestr(name, changed)
    return out.getvalue()


def test_other_forms_are_warnings_and_the_run_is_clean(fresh: Path) -> None:
    folder = fresh / "deliveries/day-1/C06"
    reseal(folder, "C06_staff.xlsx", as_typed_and_true(folder / "C06_staff.xlsx"))
    reseal(folder, "C06_upw.xlsx", with_looked_up_crns(folder / "C06_upw.xlsx"))
    for table in ("RQMNT", "RQMNT_MANAGER"):
        name = f"C06_delius_{table}.txt"
        reseal(folder, name, FIRST_KEY.sub(rb"\1.0|", (folder / name).read_bytes()))
    result = day1(fresh, "run")
    assert result.returncode == 0, result.stderr[-2000:]
    assert reconciled(fresh)["verdict"] == "clean"
    told = {
        (row["export"], row["entity"], row["column"], row["rule"])
        for row in findings(fresh)
        if row["company"] == "C06" and row["severity"] == "warning"
    }
    assert told == {
        ("staff", "employee", "start_date;is_sub_contracted", "T12"),
        ("upw", "upw_placement", "crn", "T09"),
        ("delius", "requirement", "requirement_id", "T12"),
        ("delius", "requirement_manager", "manager_id", "T12"),
    }
