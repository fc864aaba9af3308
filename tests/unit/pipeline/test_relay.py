"""What processes tell on its way: all of it arrives, and nobody waits for one who cannot listen."""

from multiprocessing import get_context

import pytest

from pipeline.stages.company_work import Told
from pipeline.stages.relay import Telling, relayed

LINES = 500


def tell(telling: Telling, company: str) -> None:
    """What a process of its own does."""
    for number in range(LINES):
        telling.done(company, "map", "rows", number)


def test_all_of_what_processes_tell_arrives() -> None:
    told = Told()
    with relayed(told) as telling:
        processes = [
            get_context("spawn").Process(target=tell, args=(telling, code)) for code in ("C06", "C17")
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
    for code in ("C06", "C17"):
        assert [line[3] for line in told.lines if line[0] == code] == list(range(LINES))


class Full(Told):
    """Cannot write."""

    def done(self, *_: object) -> None:  # type: ignore[override]
        """As where the disk is full."""
        raise OSError(28, "No space left on device")


def test_who_cannot_listen_stops_nobody_and_is_told_at_the_end() -> None:
    with pytest.raises(OSError, match="No space"), relayed(Full()) as telling:
        tell(telling, "C06")


def test_telling_somebody_who_is_gone_is_no_error() -> None:
    told = Told()
    with relayed(told) as telling:
        pass
    tell(telling, "C06")
    assert told.lines == []


def relay_a_broken_line(told: Told) -> None:
    with relayed(told) as telling:
        telling.send(b'["done", "C06"' + b" " * 5_000)
        telling.done("C06", "map", "rows")


def test_a_line_that_cannot_be_read_stops_nobody() -> None:
    told = Told()
    with pytest.raises(ValueError, match="delimiter"):
        relay_a_broken_line(told)
    assert [line[:2] for line in told.lines] == [("C06", "map")]
