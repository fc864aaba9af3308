"""One delivery before it is written: its rows by export and part, and after it is written: its files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from samples.facts import LATEST_VERSION
from samples.world import Row

BASELINE = "N00"


@dataclass
class Delivery:
    """The rows a company (or the baseline, N00) is about to deliver, by export and part.

    A delivery owns its rows: damage to one touches no other. The only part of spg is `messages`.
    A `marked` part is written with a byte order mark that the agreement does not have. `spec_version` is the
    version of the agreement whose columns are written.
    """

    company: str
    cycle: str
    parts: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    marked: set[tuple[str, str]] = field(default_factory=set)
    spec_version: str = LATEST_VERSION

    def rows(self, export: str, part: str) -> list[Row]:
        """The rows of one part; none if it is not delivered."""
        return self.parts.get((export, part), [])

    def exports(self) -> list[str]:
        """The exports of this delivery in the order they were added."""
        return list(dict.fromkeys(export for export, _ in self.parts))


@dataclass
class SentFile:
    """One written file with what the manifest says of it.

    `positions` gives the source row, as findings name it, of each row by its identity (`id(row)`).
    """

    name: str
    export: str
    content: bytes
    encoding: str
    rows: int
    totals: dict[str, int | str]
    rows_by_part: dict[str, int] = field(default_factory=dict)
    positions: dict[int, str] = field(default_factory=dict)


def numbered(rows: list[Row], first: int) -> Iterator[tuple[Row, str]]:
    """Rows with their source row, counted from `first`."""
    for number, row in enumerate(rows, start=first):
        yield row, str(number)
