"""Who accepts what: refused while anything holds, void as soon as anything changes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_runs import day1

from samples.make import make

pytestmark = pytest.mark.runs

CYCLE = "rehearsal-1"
SIGN = ("--by", "Zz Director", "--role", "programme director")


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a clean rehearsal of one company: sample figures do not hold it."""
    workspace = tmp_path_factory.mktemp("signed") / "w"
    make(workspace / "deliveries", cycle=CYCLE, companies=("C06",), people=24)
    assert day1(workspace, "run").returncode == 0
    return workspace


@pytest.fixture
def clean(rehearsed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(rehearsed, tmp_path / "w", symlinks=True))


@pytest.fixture
def signed(clean: Path) -> Path:
    """The same, signed off."""
    assert day1(clean, "signoff", "--company", "C06", *SIGN, "--accept", "waiting").returncode == 0
    return clean


def state(workspace: Path) -> tuple[str, str]:
    """State and reasons that `status` and `signoff` tell."""
    [line] = json.loads(day1(workspace, "signoff", "--format", "json").stdout)
    [told] = json.loads(day1(workspace, "status", "--format", "json").stdout)
    assert told["sign_off"] == line["state"]
    return line["state"], line["what"]


def test_what_is_left_to_accept_must_be_named(clean: Path) -> None:
    refused = day1(clean, "signoff", "--company", "C06", *SIGN)
    assert refused.returncode == 3
    assert "--accept waiting" in refused.stderr
    assert state(clean)[0] == "open"


def test_who_signed_as_what_is_told(signed: Path) -> None:
    [line] = json.loads(day1(signed, "signoff", "--format", "json").stdout)
    assert (line["state"], line["by"], line["role"]) == ("signed", "Zz Director", "programme director")
    assert "signed off" in json.loads(day1(signed, "status", "--format", "json").stdout)[0]["next_step"]


def change_delivery(workspace: Path) -> None:
    with (workspace / "deliveries" / CYCLE / "C06" / "delivery.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n")


def change_answers(workspace: Path) -> None:
    (workspace / "decisions").mkdir(exist_ok=True)
    (workspace / "decisions" / "note.csv").write_text("x\n", encoding="utf-8")


def change_figures(workspace: Path) -> None:
    path = workspace / "work" / CYCLE / "C06" / "reconcile" / "reconciliation.json"
    path.write_text(path.read_text("utf-8").replace('"delivered": ', '"delivered": 1'), encoding="utf-8")


def take_out(workspace: Path) -> None:
    assert day1(workspace, "undo", "--company", "C06").returncode == 0


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (change_delivery, "delivery changed"),
        (change_answers, "answers changed"),
        (change_figures, "reconciliation changed"),
        (take_out, "load changed; reconciliation changed"),
    ],
)
def test_what_changes_voids_it(signed: Path, change: Callable[[Path], None], what: str) -> None:
    change(signed)
    assert state(signed) == ("void", what)


def test_another_proof_of_the_same_figures_does_not_void_it(signed: Path) -> None:
    for path in (signed / "work" / CYCLE).glob("proved.json"):
        path.unlink()
    assert day1(signed, "reconcile").returncode == 0
    assert state(signed)[0] == "signed"


def test_sample_figures_hold_the_day_itself(clean_run: Path) -> None:
    refused = day1(clean_run, "signoff", "--company", "C06", *SIGN, "--accept", "waiting")
    assert refused.returncode == 3
    assert "sample figures in use on the day" in refused.stderr


def test_only_who_may_accepts(clean: Path) -> None:
    (clean / "day1.toml").write_text('[accept]\nwaiting = ["regional lead"]\n', encoding="utf-8")
    refused = day1(clean, "signoff", "--company", "C06", *SIGN, "--accept", "waiting")
    assert refused.returncode == 2
    assert "regional lead" in refused.stderr


def test_a_damaged_file_of_sign_offs_is_said(signed: Path) -> None:
    (signed / "signoffs.jsonl").write_text("{\n", encoding="utf-8")
    result = day1(signed, "status")
    assert result.returncode == 3
    assert "line 1 is no sign-off" in result.stderr
