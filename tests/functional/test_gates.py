"""A gate stops a company ahead of its load; the others go on."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from sample_runs import COMPANIES, by_company, day1, findings, number, opened

from samples.make import CARRIED as DEFECTS
from samples.make import make

pytestmark = pytest.mark.runs

LOADED = "SELECT COUNT(*) FROM DAY1_LEDGER WHERE COMPANY = '{}'"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a damaged and a clean company, planned and not yet loaded."""
    workspace = tmp_path_factory.mktemp("judged") / "w"
    make(workspace / "deliveries", companies=COMPANIES, people=60, defects=tuple(DEFECTS))
    for stage in ("receive", "extract", "map", "match", "validate", "plan"):
        assert day1(workspace, stage).returncode in (0, 1)
    return workspace


def run_with(judged: Path, there: Path, gates: str) -> tuple[Path, dict[str, str]]:
    """A copy of it run with these gates, and the verdict of each company."""
    workspace = Path(shutil.copytree(judged, there / "w", symlinks=True))
    (workspace / "day1.toml").write_text(f"[gates]\n{gates}\n", encoding="utf-8")
    result = day1(workspace, "run", "--format", "json")
    companies = by_company(json.loads(result.stdout))
    return workspace, {code: company["verdict"] for code, company in companies.items()}


def aside(workspace: Path, code: str, name: str = "company") -> Counter[str]:
    """How many rows of a company are set aside, by what `name` says of them."""
    found = {
        (one[name], one["source_file"], one["source_row"])
        for one in findings(workspace)
        if (one["company"], one["severity"]) == (code, "set_aside")
    }
    return Counter(row[0] for row in found)


def test_a_company_that_a_gate_stops_is_not_loaded_and_the_other_is(judged: Path, tmp_path: Path) -> None:
    rows = {code: aside(judged, code).total() for code in COMPANIES}
    least, most = sorted(rows, key=lambda code: rows[code])
    assert rows[least] < rows[most]
    workspace, verdicts = run_with(judged, tmp_path, f"all = {rows[least]}")
    assert (verdicts[most], verdicts[least]) == ("failed", "differences")
    with opened(workspace / "target.db") as target:
        assert [number(target, LOADED.format(code)) for code in (most, least)] == [0, 1]


@pytest.mark.parametrize("name", ["rule", "entity"])
def test_a_gate_of_one_kind_of_rows_is_told_with_its_number(judged: Path, tmp_path: Path, name: str) -> None:
    word, rows = aside(judged, "C06", name).most_common()[0]
    workspace, verdicts = run_with(judged, tmp_path, f"{word} = {rows - 1}")
    assert verdicts["C06"] == "failed"
    assert re.search(
        rf"C06: load: .*{rows} rows.*{word}.*at most {rows - 1} may", day1(workspace, "reconcile").stderr
    )
