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
from faults import COMPANY, assert_goes_on, copy_of, kill_at, moments_of, start
from operator_answers import answer, export
from sample_runs import Dump, assert_clear, day1, dump_of

ASKED, ANSWERED = "asked.xlsx", "answered.xlsx"
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
    small_workspace: Path, small_run: Path, undisturbed: Dump, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Case]:
    """First word of a command to its case. Not to be changed."""
    place = tmp_path_factory.mktemp("cases")
    unloaded = copy_of(small_run, place / "load")
    assert_clear(day1(unloaded, "undo", "--company", COMPANY), 0)
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


QUICK = [
    (("undo", "--company", COMPANY), 12),
    (IMPORT, 6),
    (("load", "--quiet"), 240),
    (("report", "--quiet"), 40),
]


@pytest.mark.parametrize(("words", "moment"), QUICK, ids=("undo", "import", "load", "report"))
def test_a_killed_command_goes_on(
    cases: dict[str, Case], tmp_path: Path, words: tuple[str, ...], moment: int
) -> None:
    case = cases[words[0]]
    workspace = copy_of(case.workspace, tmp_path / "w")
    assert kill_at(workspace, moment, *words).returncode == -signal.SIGKILL
    assert_again(workspace, words, case.expected, f"{words} at {moment}")


@pytest.mark.faults
def test_commands_killed_at_many_moments_go_on(cases: dict[str, Case], tmp_path: Path, how_many: int) -> None:
    draw = random.Random(20210626)
    counts = {}
    for words in COMMANDS:
        began = time.monotonic()
        counted = moments_of(copy_of(cases[words[0]].workspace, tmp_path / "counted"), *words)
        counts[words] = (counted, time.monotonic() - began)
    for number in range(how_many or 50):
        words = COMMANDS[number % len(COMMANDS)]
        case, (most, seconds) = cases[words[0]], counts[words]
        workspace = copy_of(case.workspace, tmp_path / "w")
        if number // len(COMMANDS) % 2:
            after = draw.uniform(0.3, 1) * seconds
            told = f"{words} after {after:.2f} of {seconds:.2f} s: {kill_after(workspace, after, *words)}"
        else:
            moment = draw.randint(1, most)
            told = f"{words} at {moment} of {most}: {kill_at(workspace, moment, *words).returncode}"
        print(told, flush=True)
        assert_again(workspace, words, case.expected, told)
