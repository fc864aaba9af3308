"""Gates: how much may be set aside before a company is stopped ahead of its load (day1.toml, [gates])."""

from collections.abc import Iterator

import polars as pl

from pipeline.settings import ALL_ROWS, CONFIG
from pipeline.storage.batches import findings_until
from pipeline.workspace import Workspace
from vocabulary.errors import DeliveryError

_ROW = ["export", "source_file", "source_row"]


def require_gates(workspace: Workspace, company: str) -> None:
    """No more of the company's rows are set aside than day1.toml lets through.

    Raises:
        DeliveryError: names each gate, how many rows came and how many may.
    """
    if not workspace.settings.gates:
        return
    found = findings_until(workspace, company, "plan")
    if closed := list(_closed(workspace, found)):
        raise DeliveryError(
            f"stopped at a gate of {workspace.root / CONFIG}: {'; '.join(closed)}. `day1 findings --company "
            f"{company}` lists them. Have them mended, or raise the gate."
        )


def _closed(workspace: Workspace, found: pl.DataFrame) -> Iterator[str]:
    aside = found.filter(pl.col("severity") == "set_aside")
    for gate, most in workspace.settings.gates.items():
        if gate == ALL_ROWS:
            rows, what = _rows(aside), "rows are set aside"
        elif gate in set(found["rule"]):
            rows, what = _rows(found.filter(pl.col("rule") == gate)), f"rows fail {gate}"
        else:
            rows, what = _rows(aside.filter(pl.col("entity") == gate)), f"rows of {gate} are set aside"
        if rows > most:
            yield f"{rows:,} {what}, at most {most:,} may"


def _rows(found: pl.DataFrame) -> int:
    return found.select(_ROW).n_unique()
