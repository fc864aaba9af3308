"""A file that one process at a time holds, by a lock of the operating system: who is killed leaves none.

Inside it stands who holds it, for the one who comes second. What stands there when nobody holds it was left
by somebody who was ended before they could take it out.
"""

import datetime as dt
import errno
import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What a file system answers that has none, as network drives may."""

MOST = 4096
"""Bytes of an entry that are read."""


class LockedError(Exception):
    """The file cannot be held: in one sentence why, and what to do. Its reader says whose concern that is."""


@dataclass(frozen=True)
class Holder:
    """Who holds a file."""

    user: str
    host: str
    process: int
    command: str
    since: str

    @classmethod
    def of(cls, command: str) -> "Holder":
        """This process."""
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        return cls(_user(), socket.gethostname(), os.getpid(), command, now)

    def __str__(self) -> str:
        """In words."""
        who = f"{self.user} on {self.host}, process {self.process}"
        return f"`day1 {self.command}` of {who}, since {self.since}"


@contextmanager
def hold(path: Path, what: str, command: str) -> Iterator[str]:
    """Within it this process alone holds `path`, which says so of `what` and `command`.

    Gives a sentence about somebody who was ended while they held it; blank where nobody was.

    Raises:
        LockedError: another process holds it, or the file system has no locks.
        OSError: the file cannot be made or written.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _refusal(error, path, what, _entry(number)) from None
        left = _entry(number)
        _write(number, json.dumps(asdict(Holder.of(command)), indent=1))
        try:
            yield "" if left is None else _told(left)
        finally:
            _write(number, "")
    finally:
        os.close(number)


def _refusal(error: OSError, path: Path, what: str, holder: Holder | None) -> Exception:
    if error.errno in NO_LOCKS:
        return LockedError(
            f"{path}: its file system has no locks (flock), as some network drives, so nothing keeps a "
            f"second day1 from {what}. Put it on a disk of this computer, or have the drive mounted with "
            "locks."
        )
    if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
        return error
    return LockedError(
        f"{what} is in use by {holder or 'another day1'}. Wait until that has ended, or end it, and run "
        "again; nothing was changed."
    )


def _told(left: Holder) -> str:
    if left.host == socket.gethostname():
        return f"{left} was ended half-way. What it had not finished counts as not done."
    return (
        f"{left} left without a word: ended half-way, or a lock does not reach from there to here. Make sure "
        "that it does not run any more."
    )


def _entry(number: int) -> Holder | None:
    """What stands in the file; None where it is empty or nobody's."""
    try:
        return Holder(**json.loads(os.pread(number, MOST, 0)))
    except (ValueError, TypeError):
        return None


def _write(number: int, text: str) -> None:
    os.ftruncate(number, 0)
    os.pwrite(number, text.encode(), 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name
        return str(os.getuid())
