"""`day1`, which kills itself before it changes the file system below its folder for the nth time.

Between two such moments nothing on the disk changes but what polars and the database write. Without a kill
the number of moments goes to the file of DAY1_MOMENTS.

    python killed_at.py 17 run --quiet
"""

import os
import signal
import sys
from pathlib import Path

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "os.symlink", "open"}
"""Audit events of Python; of `open` those that may write."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Carries the command out as the installed one does."""
    last, here, passed = int(sys.argv[1]), str(Path.cwd()), 0

    def heard(event: str, given: tuple[object, ...]) -> None:
        nonlocal passed
        if event not in CHANGES or not isinstance(given[0], (str, bytes, os.PathLike)):
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & WRITES):
            return
        if not os.path.abspath(os.fsdecode(given[0])).startswith(here):  # noqa: PTH100  pathlib would open
            return
        passed += 1
        if passed == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)
    sys.argv = ["day1", *sys.argv[2:]]
    from cli.app import main as day1

    try:
        day1()
    finally:
        if told := os.environ.get("DAY1_MOMENTS"):
            Path(told).write_text(str(passed), encoding="utf-8")


if __name__ == "__main__":
    main()
