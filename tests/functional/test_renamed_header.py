"""One company of an owner calls one column otherwise: one cell of fields.csv, and no Python."""

import csv
import io
from pathlib import Path

import pytest
from guides import copy_packages, run_day1
from resealed import reseal

from samples.make import make

pytestmark = pytest.mark.runs


COMPANY = "C06"
PATH = "extractors/documents/fields.csv"
OURS, THEIRS = "document_ref", "Zz document no"


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deliveries of two companies of one owner; one of them renames a column. Not to be changed."""
    out = tmp_path_factory.mktemp("deliveries") / "d"
    make(out, companies=(COMPANY, "C05"), people=8)
    folder = out / "day-1" / COMPANY
    name = f"{COMPANY}_documents.csv"
    content = (folder / name).read_bytes()
    assert content.count(OURS.encode()) == 1
    reseal(folder, name, content.replace(OURS.encode(), THEIRS.encode()))
    return out


def with_cell(root: Path) -> Path:
    """Our packages with a column of the company in fields.csv, and one cell filled."""
    ours = copy_packages(root)
    path = ours / PATH
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], COMPANY], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, COMPANY: THEIRS if row["field"] == OURS else ""} for row in rows)
    return ours


def test_a_renamed_header_refuses_the_delivery_by_name(deliveries: Path, tmp_path: Path) -> None:
    result = run_day1(copy_packages(tmp_path / "ours"), "run", tmp_path / "w", deliveries)
    assert result.returncode == 4
    assert OURS in result.stderr
    assert COMPANY in result.stderr


def test_one_cell_reads_it_and_the_owners_other_companies_as_before(deliveries: Path, tmp_path: Path) -> None:
    result = run_day1(with_cell(tmp_path / "ours"), "run", tmp_path / "w", deliveries)
    assert result.returncode == 0, result.stderr[-2000:]
