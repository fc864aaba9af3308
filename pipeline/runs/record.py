"""The account of a run: who ran what on what, how long it took, how it ended."""

import datetime as dt
import os
from dataclasses import dataclass, field

RUNNING, ENDED, STOPPED = "running", "ended", "stopped"
"""States of a run: at work, ended by itself (whatever its exit code), ended from outside."""


@dataclass(frozen=True)
class Timing:
    """How long `stage` of `company` took, in seconds, over how many source rows.

    `company` is blank for a stage that looks at all companies.
    """

    company: str
    stage: str
    rows: int
    seconds: float


@dataclass(frozen=True, eq=False)
class Run:
    """The account of a run. Moments are ISO, UTC; `command` is what was typed, passwords masked.

    `versions`: of day1, Python and libraries. `fingerprints`: hash of the program, of the answers, of the
    baseline and of each delivery, by name. `verdicts`: by company, where it reconciled. `pid` and `host` say
    who works on it.
    """

    name: str
    cycle: str
    command: str
    user: str
    host: str
    pid: int
    companies: tuple[str, ...]
    target: str
    began: str
    ended: str = ""
    state: str = RUNNING
    exit_code: int | None = None
    verdict: str = ""
    is_dry: bool = False
    steps: int = 0
    message: str = ""
    verdicts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    timings: tuple[Timing, ...] = ()

    @property
    def number(self) -> int:
        """Its number in the workspace, with which its name begins."""
        return int(self.name.split("-")[0])

    @property
    def seconds(self) -> float | None:
        """How long it took; None where it has not ended."""
        return (moment(self.ended) - moment(self.began)).total_seconds() if self.ended else None

    @property
    def state_now(self) -> str:
        """A run at work whose process is gone was killed: nobody could write that down."""
        gone = self.state == RUNNING and self.host == host_name() and not is_alive(self.pid)
        return STOPPED if gone else self.state


def now() -> str:
    """The moment, ISO in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> dt.datetime:
    """What `now` wrote."""
    return dt.datetime.fromisoformat(text)


def host_name() -> str:
    """The machine's name."""
    return os.uname().nodename


def is_alive(pid: int) -> bool:
    """A process of this machine has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True
