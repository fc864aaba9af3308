"""How many frames `day1 demo` makes, and who makes them: `python -m bench.frame_operations`.

A small delivery costs what its frames cost, each some tenths of a millisecond however few its rows. What
gives a frame (a method of pl.DataFrame, the constructor, pl.concat, an aggregation, a plan that is collected
or written, a read) is counted once, where our code asks for it, while the demonstration runs in this process.
"""

import argparse
import inspect
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import wraps
from types import FrameType
from typing import Any, NamedTuple

import polars as pl
from polars.dataframe.group_by import GroupBy

from cli.app import app
from pipeline.graph import BY_NAME

MAKERS = (
    "concat",
    "read_parquet",
    "read_csv",
    "read_json",
    "read_ndjson",
    "from_dicts",
    "from_dict",
    "collect_all",
)
"""Functions of polars that make a frame."""

PLANS = ("collect", "sink_parquet", "sink_csv")
"""Methods of a plan that run it."""

NO_STAGE = "beside the stages"

MOST = 30_500
"""Operations of a demonstration at most: what was reached, and some."""


class Place(NamedTuple):
    """Where our code asks for a frame."""

    stage: str
    module: str
    line: int
    operation: str

    @property
    def room(self) -> str:
        """The folder at the top."""
        return self.module.partition(".")[0]


def frame_methods() -> list[str]:
    """The methods of a frame that give frames."""
    return [
        name
        for name, method in vars(pl.DataFrame).items()
        if inspect.isfunction(method)
        and not name.startswith("_")
        and "DataFrame" in str(inspect.signature(method).return_annotation)
    ]


@contextmanager
def counting(counted: Counter[Place]) -> Iterator[None]:
    """Meanwhile each operation that gives a frame is counted where it is asked for."""
    wrapped = [
        *((pl.DataFrame, name) for name in (*frame_methods(), "__init__", "__getitem__")),
        *((pl.LazyFrame, name) for name in PLANS),
        (GroupBy, "agg"),
        *((pl, name) for name in MAKERS),
    ]
    plain = [(holder, name, getattr(holder, name)) for holder, name in wrapped]
    for holder, name, method in plain:
        setattr(holder, name, _counted(method, name, counted))
    try:
        yield
    finally:
        for holder, name, method in plain:
            setattr(holder, name, method)


def _counted(method: Callable[..., Any], name: str, counted: Counter[Place]) -> Callable[..., Any]:
    operation = "DataFrame" if name == "__init__" else name

    @wraps(method)
    def calling(*given: Any, **named: Any) -> Any:
        result, asking = method(*given, **named), sys._getframe(1)
        module = str(asking.f_globals["__name__"])
        # What polars asks of itself is part of the same operation; a column is no frame.
        if not module.startswith("polars") and not isinstance(result, pl.Series):
            counted[Place(stage_of(asking), module, asking.f_lineno, operation)] += 1
        return result

    return calling


def stage_of(asking: FrameType | None) -> str:
    """The stage at work: that of the outermost call whose function or module bears the name of one."""
    found = NO_STAGE
    while asking is not None:
        function, module = asking.f_code.co_name, str(asking.f_globals.get("__name__"))
        names = (function.removesuffix("_stage"), module.rpartition(".")[2])
        found = next((name for name in names if name in BY_NAME), found)
        asking = asking.f_back
    return found


def run_demo() -> Counter[Place]:
    """What `day1 demo` makes, in a folder that is gone afterwards."""
    counted: Counter[Place] = Counter()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), counting(counted):
        app(["demo", folder, "--quiet"], standalone_mode=False)
    return counted


def print_by(
    counted: Counter[Place], heads: tuple[str, ...], of: Callable[[Place], tuple[object, ...]]
) -> None:
    """A table of the operations by what `of` says of a place, most first."""
    added: Counter[tuple[object, ...]] = Counter()
    for place, times in counted.items():
        added[of(place)] += times
    print("\n| " + " | ".join((*heads, "operations")) + " |\n" + "| --- " * (len(heads) + 1) + "|")
    for one, times in added.most_common():
        print("| " + " | ".join(map(str, one)) + f" | {times:,} |")


def main() -> None:
    """Count, and print by stage and by module; with --lines by line, too."""
    parser = argparse.ArgumentParser(prog="python -m bench.frame_operations", description=__doc__)
    parser.add_argument("--lines", action="store_true", help="Also by module, line and operation.")
    given = parser.parse_args()
    counted = run_demo()
    print_by(counted, ("stage",), lambda place: (place.stage,))
    print_by(counted, ("room", "module"), lambda place: (place.room, place.module))
    if given.lines:
        print_by(counted, ("module", "line", "operation"), lambda place: place[1:])
    print(f"\n{counted.total():,} operations")
    if counted.total() > MOST:
        raise SystemExit(f"More than {MOST:,}: an operation in a loop, or on frames without rows, is new.")


if __name__ == "__main__":
    main()
