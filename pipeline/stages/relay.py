"""What companies in processes of their own tell while they work, on its way to the one who shows it.

Datagrams: a process that is killed in the middle of a word holds no lock that another one waits for.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from pipeline.progress import Progress

LONGEST = 4096
"""Bytes of a line."""


@dataclass(frozen=True)
class Telling:
    """The progress of a process, told to `address`, the socket of the one that started it."""

    address: str

    def stage(self, company: str, stage: str) -> None:
        """Tells that it begins."""
        self._send("stage", company, stage)

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """Tells that it has ended."""
        self._send("done", company, stage, note, rows, findings)

    def _send(self, *words: str | int) -> None:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(json.dumps(words).encode(), self.address)  # nobody listens any more: no matter


@dataclass
class Listener(Thread):
    """Hands on what comes until it is told to stop. What `progress` cannot take is raised at the end: a line
    that nobody took would stop those who tell."""

    ears: socket.socket
    progress: Progress
    failed: Exception | None = None

    def __post_init__(self) -> None:
        """A thread that ends with the process."""
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        """As any thread."""
        return id(self)

    def run(self) -> None:
        """Until an empty line."""
        while words := json.loads(self.ears.recv(LONGEST)):
            try:
                getattr(self.progress, words[0])(*words[1:])
            except Exception as error:
                self.failed = self.failed or error


@contextmanager
def relayed(progress: Progress) -> Iterator[Telling]:
    """Within it `progress` hears what processes tell to what is given; on leaving it has heard all of it."""
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ears:
        telling = Telling(str(Path(folder) / "progress"))
        ears.bind(telling.address)
        listener = Listener(ears, progress)
        listener.start()
        try:
            yield telling
        finally:
            telling._send()
            listener.join()
    if listener.failed is not None:
        raise listener.failed
