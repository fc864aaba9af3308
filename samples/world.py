"""One drawn world: nDelius tables as rows of Python values. Deliveries and baseline are cut from it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from samples.draw import Draw

Row = dict[str, Any]
"""One row: nDelius column to value (str, int, bool, date, time, datetime or None).

Members in small letters are ours and never written: what only the gateway or the schedule tells."""


class Desk(NamedTuple):
    """Who manages: area, team and officer codes."""

    area: str
    team: str
    officer: str


@dataclass(frozen=True)
class Place:
    """The desks that look after one person's components."""

    pdu: str
    person: Desk
    order: Desk
    rar: Desk
    unpaid_work: Desk
    programme: Desk


@dataclass(frozen=True)
class Person:
    """One drawn person: the company or region that drew it, its OFFENDER row and its desks."""

    home: str
    kind: str
    row: Row
    place: Place

    @property
    def id(self) -> int:
        """OFFENDER_ID."""
        key: int = self.row["OFFENDER_ID"]
        return key


@dataclass
class World:
    """All rows of a run by table, and what the satellite systems of each company need to know of them."""

    draw: Draw
    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    people: list[Person] = field(default_factory=list)
    officers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    users: dict[str, str] = field(default_factory=dict)
    leavers: dict[str, str] = field(default_factory=dict)
    newcomers: dict[str, str] = field(default_factory=dict)
    placements: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    sessions: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **values: Any) -> Row:
        """Add one row to `table` under the next key."""
        row: Row = {key_column(table): self.draw.key(table), **values}
        self.tables[table].append(row)
        return row

    def of(self, home: str) -> list[Person]:
        """The persons drawn for a company or region."""
        return [person for person in self.people if person.home == home]


def key_column(table: str) -> str:
    """The key column of `table`: its name and `_ID`, but for USER_."""
    return f"{table.rstrip('_')}_ID"
