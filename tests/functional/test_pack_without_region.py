"""Who has no region waits in a pack of its own, and leaves it with the answer."""

import csv
from pathlib import Path

import pytest
from sample_runs import assert_clear, day1

from samples.make import make

pytestmark = pytest.mark.runs


PACK = "reports/day-1/regions/unknown"
SIGNED = {"region": "N55", "who": "A. Manager", "when": "2021-06-20", "why": "works from home in York"}


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a company that straddles two regions, with employees whom no workplace and no team places."""
    workspace = tmp_path_factory.mktemp("nowhere") / "w"
    make(workspace / "deliveries", companies=("C04",), people=8, exports=("staff",))
    assert_clear(day1(workspace, "run"), 0)
    return workspace


def lines(workspace: Path, pack: str, name: str) -> list[dict[str, str]]:
    """A staff list of a pack."""
    with (workspace / pack / f"csv/staff-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_pack_asks_for_the_region_of_everybody_in_it_and_leaves_with_the_answers(nowhere: Path) -> None:
    questions = lines(nowhere, PACK, "decisions")
    people = {line["employee_ref"] for line in lines(nowhere, PACK, "assignment")}
    assert {line["employee_ref"] for line in questions if line["decision"] == "region"} == people != set()
    (nowhere / "decisions").mkdir()
    with (nowhere / "decisions/staff.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, questions[0])
        writer.writeheader()
        writer.writerows(line | SIGNED for line in questions)
    assert_clear(day1(nowhere, "run"), 0)
    placed = {line["employee_ref"] for line in lines(nowhere, "reports/day-1/regions/N55", "assignment")}
    assert people <= placed
    assert not (nowhere / PACK).exists()
