"""The same seed gives the same bytes, another seed others."""

from pathlib import Path

from samples.defects.plan import CARRIED
from samples.make import make


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        make(tmp_path / name, companies=("C06", "C17"), defects=CARRIED)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_another_seed_draws_others(tmp_path: Path) -> None:
    for seed in (1, 2):
        make(tmp_path / str(seed), companies=("C06",), people=12, seed=seed)
    offenders = "day-1/C06/C06_delius_OFFENDER.txt"
    assert contents(tmp_path / "1")[offenders] != contents(tmp_path / "2")[offenders]
