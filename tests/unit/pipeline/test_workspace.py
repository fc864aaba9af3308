"""A workspace: where things lie, and which cycle and companies are meant."""

from pathlib import Path

import pytest

from pipeline.line import cycle_order
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError, UsageError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with deliveries of two companies in two cycles."""
    Workspace.init(tmp_path)
    for place in ("rehearsal-2/C06", "day-1/C06", "day-1/C17", "day-1/baseline"):
        (tmp_path / "deliveries" / place).mkdir(parents=True)
    return tmp_path


def test_a_new_workspace_can_be_opened(root: Path) -> None:
    workspace = Workspace.open(root)
    assert workspace.cycle == "day-1"
    assert workspace.company_codes == ("C06", "C17")


def test_making_it_again_keeps_what_is_there(root: Path) -> None:
    (root / "day1.toml").write_text('target = "sqlite:///mine.db"\n', "utf-8")
    Workspace.init(root)
    assert Workspace.open(root).target_url.endswith("mine.db")


def test_a_relative_database_lies_in_the_workspace(root: Path) -> None:
    assert Workspace.open(root).target_url == f"sqlite:///{(root / 'target.db').resolve()}"


@pytest.mark.parametrize("url", ["sqlite:////elsewhere/t.db", "sqlite:///:memory:", "postgresql://host/db"])
def test_any_other_database_is_taken_as_it_is(root: Path, url: str) -> None:
    (root / "day1.toml").write_text(f'target = "{url}"\n', "utf-8")
    assert Workspace.open(root).target_url == url


def test_chosen_companies_come_in_order_and_once(root: Path) -> None:
    assert Workspace.open(root, companies=("C17", "C06", "C17")).company_codes == ("C06", "C17")


def test_a_cycle_may_be_named(root: Path) -> None:
    assert Workspace.open(root, cycle="rehearsal-2").company_codes == ("C06",)


def test_the_baseline_has_its_own_folder(root: Path) -> None:
    workspace = Workspace.open(root)
    assert workspace.delivery_folder("N00").name == "baseline"
    assert workspace.delivery_folder("C06").name == "C06"


def test_cycles_happen_in_this_order() -> None:
    cycles = ["delta-02", "day-1", "rehearsal-2", "delta-01", "rehearsal-1"]
    assert sorted(cycles, key=cycle_order) == ["rehearsal-1", "rehearsal-2", "day-1", "delta-01", "delta-02"]


def test_an_unknown_company_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="C99"):
        Workspace.open(root, companies=("C99",))


def test_a_broken_day1_toml_is_named(root: Path) -> None:
    (root / "day1.toml").write_text("deliveries = [", "utf-8")
    with pytest.raises(ConfigError, match=r"day1\.toml"):
        Workspace.open(root)


def test_missing_deliveries_are_told(tmp_path: Path) -> None:
    def demand() -> None:
        Workspace.open(tmp_path).require_deliveries()

    with pytest.raises(ConfigError, match="no folder"):
        demand()
    (tmp_path / "deliveries").mkdir()
    with pytest.raises(ConfigError, match="no cycle folder"):
        demand()
    (tmp_path / "deliveries" / "day-1").mkdir()
    with pytest.raises(ConfigError, match="No company"):
        demand()
    (tmp_path / "deliveries" / "day-1" / "C06").mkdir()
    demand()
