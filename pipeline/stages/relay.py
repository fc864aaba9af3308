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

END = b"[]"
"""The line after which nobody listens any more."""


@dataclass(frozen=True)
class Telling:
    """The progress of a process, told to `address`, the socket of the one that started it."""

    address: str

    def stage(self, company: str, stage: str) -> None:
        """Tells that it begins."""
        self.send(json.dumps(["stage", company, stage]).encode())

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """Tells that it has ended."""
        self.send(json.dumps(["done", company, stage, note, rows, findings]).encode())

    def send(self, line: bytes) -> None:
        """Sends a line; where nobody listens any more it is lost, which does not matter."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(line, self.address)


@contextmanager
def relayed(progress: Progress) -> Iterator[Telling]:
    """Within it `progress` hears what processes tell to what is given; on leaving it has heard all of it.

    What `progress` cannot take is raised on leaving: a line that nobody takes would stop those who tell.
    """
    failed: list[Exception] = []
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ears:
        telling = Telling(str(Path(folder) / "progress"))
        ears.bind(telling.address)
        listener = Thread(target=_listen, args=(ears, progress, failed), daemon=True)
        listener.start()
        try:
            yield telling
        finally:
            telling.send(END)
            listener.join()
    if failed:
        raise failed[0]


def _listen(ears: socket.socket, progress: Progress, failed: list[Exception]) -> None:
    while (line := ears.recv(LONGEST)) != END:
        try:
            word, *told = json.loads(line)
            getattr(progress, word)(*told)
        except Exception as error:
            failed.append(error)
