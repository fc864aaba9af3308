"""What a target holds: the release of its tables, the baseline that was loaded, the loads by cycle."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from target.bulk import insert, read
from target.ledger import LEDGER, MADE, NO_SOURCE
from target.schema.shape import RELEASE
from target.schema.tables import table


@dataclass(frozen=True)
class Holding:
    """`release` is blank of a target that day1 did not make, the baseline where none was loaded by it.

    `loads`: cycle to the companies that are loaded, in the order they were.
    """

    release: str
    baseline_cycle: str
    baseline_hash: str
    loads: Mapping[str, tuple[str, ...]]

    @property
    def cycles(self) -> tuple[str, ...]:
        """Every cycle of which something is there."""
        return tuple(sorted({*self.loads, *filter(None, [self.baseline_cycle])}))

    @property
    def told(self) -> str:
        """In words."""
        loads = [f"cycle {cycle} ({', '.join(companies)})" for cycle, companies in sorted(self.loads.items())]
        baseline = f"the baseline of {self.baseline_cycle}" if self.baseline_cycle else "no baseline of ours"
        return " and ".join([*loads, baseline])


def enter_target(connection: sa.Connection) -> None:
    """The tables have just been made."""
    made = {"RELEASE": RELEASE, "BASELINE_CYCLE": NO_SOURCE, "BASELINE_HASH": NO_SOURCE}
    insert(connection, MADE, pl.DataFrame([made]))


def enter_baseline(connection: sa.Connection, cycle: str, fingerprint: str) -> None:
    """The baseline of `cycle` has been loaded; `fingerprint` names its files."""
    values = {"BASELINE_CYCLE": cycle, "BASELINE_HASH": fingerprint}
    connection.execute(sa.update(table(MADE)).values(values))


def read_holding(connection: sa.Connection) -> Holding:
    """What the target holds."""
    release, cycle, digest = next(iter(read(connection, MADE).iter_rows()), ("", NO_SOURCE, NO_SOURCE))
    loads: dict[str, tuple[str, ...]] = {}
    ledger = read(connection, LEDGER, ["COMPANY", "CYCLE", "LOAD_NUMBER"]).sort("LOAD_NUMBER")
    for company, of, _ in ledger.iter_rows():
        loads[of] = (*loads.get(of, ()), company)
    return Holding(release, "" if cycle == NO_SOURCE else cycle, digest, loads)
