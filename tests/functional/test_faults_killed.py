"""kill -9 at drawn moments of the commands that write: what was kept is whole, and the same command goes on.

Half of the kills are before a change of the file system, so that none falls between two that belong together
without being found; half are after a drawn time.
"""

import random
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from faults import COMPANY, assert_goes_on, copy_of, kill_at, moments_of, on_server, start, state_of
from operator_answers import answer, export
from sample_runs import Dump, assert_clear, day1, dump_of

ANSWERED = "answered.xlsx"
IMPORT = ("decisions", "import", ANSWERED)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("run", "--quiet"), ("load", "--quiet"), ("undo", "--company", COMPANY), IMPORT, ("report", "--quiet"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Where a command is given, and what the target holds after the run that follows it."""

    workspace: Path
    expected: Dump


@pytest.fixture(scope="module")
def cases(
    small_workspace: Path, small_run: Path, unloaded: Path, undisturbed: Dump,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Case]:  # fmt: skip
    """First word of a command to its case. Not to be changed."""
    place = tmp_path_factory.mktemp("cases")
    unreported = copy_of(small_run, place / "report")
    (unreported / "work/day-1/reported.json").unlink()
    asking = copy_of(small_run, place / "asking")
    answer(export(asking), ANSWERED, {"Codes": first_code})
    answered = copy_of(asking, place / "answered")
    assert_clear(day1(answered, *IMPORT), 0)
    assert_clear(day1(answered, "run"), 0)
    return {
        "run": Case(small_workspace, undisturbed),
        "load": Case(unloaded, undisturbed),
        "undo": Case(small_run, undisturbed),
        "decisions": Case(asking, dump_of(answered / "target.db")),
        "report": Case(unreported, undisturbed),
    }


def first_code(question: dict[str, str]) -> str:
    """The first code that is suggested, if any."""
    return question["suggested"].partition(":")[0]


def kill_after(workspace: Path, seconds: float, *words: str, **environment: str) -> int:
    """The command, killed after so long; its exit code, where it was faster its own."""
    with start(workspace, *words, **environment) as running:
        with suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=seconds)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    return running.returncode


def assert_again(workspace: Path, words: tuple[str, ...], expected: Dump, told: str, url: str = "") -> None:
    """The same command again does what it says or says that it is done; then a run goes on."""
    again = day1(workspace, *words, *(("--target", url) if url else ()))
    assert again.returncode in ((0, 3, 5) if words[0] in ("undo", "report") else (0,)), told + again.stderr
    assert_clear(again, again.returncode)
    assert_goes_on(workspace, expected, url=url, told=told)


@pytest.fixture(scope="module")
def unloaded(small_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose sources are done and whose company was taken out again. Not to be changed."""
    workspace = copy_of(small_run, tmp_path_factory.mktemp("unloaded") / "w")
    assert_clear(day1(workspace, "undo", "--company", COMPANY), 0)
    return workspace


def test_a_killed_undo_goes_on(small_run: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(small_run, tmp_path / "w")
    assert kill_at(workspace, 12, "undo", "--company", COMPANY).returncode == -signal.SIGKILL
    assert_goes_on(workspace, undisturbed)


def test_a_killed_load_goes_on(unloaded: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(unloaded, tmp_path / "w")
    assert kill_at(workspace, 240, "load").returncode == -signal.SIGKILL
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_commands_killed_at_many_moments_go_on(cases: dict[str, Case], tmp_path: Path, how_many: int) -> None:
    draw, costs = random.Random(20210626), measured(cases, tmp_path)
    for number in range(how_many or 50):
        words = COMMANDS[number % len(COMMANDS)]
        case = cases[words[0]]
        workspace = copy_of(case.workspace, tmp_path / "w")
        told = killed(workspace, words, draw, number // len(COMMANDS) % 2 == 1, costs[words])
        print(told, flush=True)
        assert_again(workspace, words, case.expected, told)


@pytest.fixture(scope="module")
def on_postgresql(
    small_workspace: Path, database: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, str]]:
    """First word of a command to where it is given and the database that it is given a copy of."""
    place, (loaded, unloaded) = tmp_path_factory.mktemp("cases"), ("loaded", "unloaded")
    made(database, loaded)
    run = copy_of(small_workspace, place / "run")
    assert_clear(day1(run, "run", "--target", beside(database, loaded)), 0)
    made(database, unloaded, loaded)
    taken_out = copy_of(run, place / "load")
    assert_clear(day1(taken_out, "undo", "--company", COMPANY, "--target", beside(database, unloaded)), 0)
    unreported = copy_of(run, place / "report")
    (unreported / "work/day-1/reported.json").unlink()
    return {
        "run": (small_workspace, "template1"),
        "load": (taken_out, unloaded),
        "undo": (run, loaded),
        "report": (unreported, loaded),
    }


@pytest.mark.faults
def test_commands_killed_over_postgresql_go_on(
    cases: dict[str, Case], on_postgresql: dict[str, tuple[Path, str]], database: str, tmp_path: Path,
    how_many: int,
) -> None:  # fmt: skip
    draw, costs = random.Random(26062021), measured(cases, tmp_path)
    commands = [words for words in COMMANDS if words[0] in on_postgresql]
    expected = state_of(tmp_path, beside(database, "loaded"))
    for number in range(how_many or 50):
        words = commands[number % len(commands)]
        source, template = on_postgresql[words[0]]
        workspace, name = copy_of(source, tmp_path / "w"), f"killed_{number}"
        made(database, name, template)
        url = beside(database, name)
        is_timed = number // len(commands) % 2 == 1
        told = killed(workspace, words, draw, is_timed, costs[words], DAY1_TARGET=url)
        print("PostgreSQL", told, flush=True)
        assert_again(workspace, words, expected, told, url)
        on_server(sa.make_url(database), f"DROP DATABASE {name} WITH (FORCE)")


def measured(cases: dict[str, Case], place: Path) -> dict[tuple[str, ...], tuple[int, float]]:
    """Command to how often it changes the file system, and how many seconds it takes."""
    found = {}
    for words in COMMANDS:
        began = time.monotonic()
        most = moments_of(copy_of(cases[words[0]].workspace, place / "counted"), *words)
        found[words] = (most, time.monotonic() - began)
    return found


def killed(
    workspace: Path,
    words: tuple[str, ...],
    draw: random.Random,
    is_timed: bool,
    cost: tuple[int, float],
    **environment: str,
) -> str:
    """The command, killed; says when, and how it ended."""
    most, seconds = cost
    if is_timed:
        after = draw.uniform(0.3, 1) * seconds
        ended = kill_after(workspace, after, *words, **environment)
        return f"{words} after {after:.2f} of {seconds:.2f} s: {ended}"
    moment = draw.randint(1, most)
    return f"{words} at {moment} of {most}: {kill_at(workspace, moment, *words, **environment).returncode}"


def made(server: str, name: str, template: str = "template1") -> None:
    """A database beside `server`."""
    on_server(sa.make_url(server), f"CREATE DATABASE {name} TEMPLATE {template}")


def beside(server: str, name: str) -> str:
    """Its address, as the driver takes it."""
    url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)
