"""How long the night takes: from measured runs, by company and stage, along the road nothing shortens."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from extractors.delivery import read_delivery
from pipeline.graph import BY_NAME, COMPANY, GRAPH, SOURCES
from pipeline.runs.fit import Fit, fit
from pipeline.runs.folders import runs_of
from pipeline.runs.record import Run, Timing, moment, now
from pipeline.runs.recorder import UNDO
from pipeline.settings import Night
from pipeline.workspace import Workspace
from reports.forecast import Step
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError

FILE = "forecasts.jsonl"
AHEAD = ("target", "snapshot")
"""Steps of a run that are no stage of the graph, before the first load."""

AS = {"reconcile": "proofs"}
"""Stage to the step by which a run times it."""


@dataclass(frozen=True)
class Forecast:
    """The steps in order, and the seconds of the whole road with `jobs` companies at a time."""

    cycle: str
    companies: tuple[str, ...]
    jobs: int
    steps: tuple[Step, ...]
    seconds: float
    undo_seconds: float


@dataclass(frozen=True)
class Prediction:
    """A forecast that was made (`at`, ISO, UTC), and the first whole run since."""

    at: str
    predicted: float
    run: str
    took: float

    @property
    def error(self) -> float:
        """How far the prediction was above what it took, as a share of that."""
        return (self.predicted - self.took) / self.took


def forecast(workspace: Workspace, jobs: int) -> Forecast:
    """What a whole run of the cycle's companies would take.

    Raises:
        ConfigError: nothing was delivered, or no run has been measured yet.
    """
    workspace.require_deliveries()
    rows = {code: delivered_rows(workspace, code) for code in (BASELINE_COMPANY, *workspace.company_codes)}
    fits = _fits(timing for run in runs_of(workspace) if not run.is_dry for timing in run.timings)
    steps = tuple(_steps(rows, fits))
    if not steps:
        raise ConfigError("Nothing has been measured here yet. A rehearsal measures each stage: `day1 run`.")
    undo = fits.get((True, UNDO)) or fits.get((True, "load"))
    turn_back = sum(undo.seconds(rows[code]) for code in workspace.company_codes) if undo else 0.0
    return Forecast(workspace.cycle, workspace.company_codes, jobs, steps, road(steps, jobs), turn_back)


def expected_seconds(workspace: Workspace) -> dict[tuple[str, str], float]:
    """Company (blank: all together) and stage to the seconds that earlier runs here foretell for a whole run;
    empty where nothing was measured."""
    try:
        return {(step.company, step.stage): step.seconds for step in forecast(workspace, 1).steps}
    except ConfigError:
        return {}


def delivered_rows(workspace: Workspace, code: str) -> int:
    """Rows that the manifest of a delivery promises; 0 where it cannot be read."""
    delivery, _ = read_delivery(workspace.delivery_folder(code), code, workspace.cycle)
    return sum(file.rows for file in delivery.files) if delivery else 0


def _fits(timings: Iterable[Timing]) -> dict[tuple[bool, str], Fit]:
    """Whether of one company, and stage, to what it takes."""
    points: dict[tuple[bool, str], list[tuple[int, float]]] = {}
    for one in timings:
        points.setdefault((bool(one.company), one.stage), []).append((one.rows, one.seconds))
    return {key: found for key, own in points.items() if (found := fit(own)) is not None}


def _steps(rows: Mapping[str, int], fits: Mapping[tuple[bool, str], Fit]) -> Iterable[Step]:
    every = sum(rows.values())
    for stage in GRAPH:
        if stage.name == "load":
            yield from (_step("", name, every, fits[False, name]) for name in AHEAD if (False, name) in fits)
        name = AS.get(stage.name, stage.name)
        if stage.scope != COMPANY and (False, name) in fits:
            yield _step("", name, every, fits[False, name])
        if stage.scope == COMPANY and (True, name) in fits:
            codes = rows if stage.of_baseline else [code for code in rows if code != BASELINE_COMPANY]
            yield from (_step(code, name, rows[code], fits[True, name]) for code in codes)


def _step(company: str, stage: str, rows: int, found: Fit) -> Step:
    return Step(company, stage, rows, found.seconds(rows), found.points, rows / found.largest)


def road(steps: Iterable[Step], jobs: int) -> float:
    """Seconds from the first to the last step: up to the plan `jobs` companies go side by side, the longest
    first; everything else waits for what is before it."""
    own: dict[str, float] = {}
    together = 0.0
    for step in steps:
        if step.company and step.company != BASELINE_COMPANY and _is_source(step.stage):
            own[step.company] = own.get(step.company, 0) + step.seconds
        else:
            together += step.seconds
    lanes = [0.0] * jobs
    for seconds in sorted(own.values(), reverse=True):
        lanes[lanes.index(min(lanes))] += seconds
    return together + max(lanes)


def _is_source(stage: str) -> bool:
    return stage in BY_NAME and BY_NAME[stage].side == SOURCES


def keep_forecast(workspace: Workspace, made: Forecast) -> None:
    """Add it to the forecasts of the workspace, so that the run can be held against it."""
    line = {"at": now(), **asdict(made)}
    del line["steps"]
    with (workspace.root / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def last_prediction(workspace: Workspace) -> Prediction | None:
    """The newest forecast of any cycle that a whole run has followed, and what that run took."""
    path = workspace.root / FILE
    whole = [run for run in runs_of(workspace) if is_whole(run)]
    for made in reversed(_read(path)):
        since = [run for run in whole if _follows(run, made)]
        if since:
            run = since[-1]
            return Prediction(made["at"], float(made["seconds"]), run.name, run.seconds or 0.0)
    return None


def is_whole(run: Run) -> bool:
    """It came to its end through every stage, none of which stood from before."""
    done = {one.stage for one in run.timings}
    needed = {AS.get(stage.name, stage.name) for stage in GRAPH if stage.has_command}
    return not run.is_dry and run.seconds is not None and needed <= done


def _follows(run: Run, made: Mapping[str, Any]) -> bool:
    is_later = moment(run.began) >= moment(str(made["at"]))
    return is_later and run.cycle == made["cycle"] and list(run.companies) == made["companies"]


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def moments(made: Forecast, night: Night) -> dict[str, dt.datetime]:
    """What follows for the night: when it would be ready, the last moment to begin, and the last moment at
    which everything loaded can still be taken out in time."""
    takes = dt.timedelta(seconds=made.seconds)
    found = {}
    if night.starts:
        found["ready"] = night.starts + takes
    if night.ready_by:
        found["last start"] = night.ready_by - takes
        found["last moment to turn back"] = night.ready_by - dt.timedelta(seconds=made.undo_seconds)
    return found
