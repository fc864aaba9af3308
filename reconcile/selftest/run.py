"""Damages the copy in one way after another, proves it each time and takes the damage back."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import polars as pl
import sqlalchemy as sa

from reconcile.differences import LEFT
from reconcile.selftest.catalogue import Kind
from reconcile.selftest.inflict import ImpossibleError, inflict
from reconcile.selftest.keys import Named, is_named
from reconcile.selftest.place import UnfitError
from target.adapters import adapter_of

FOUND, NOT_FOUND = "found", "NOT FOUND"
REFUSED, IMPOSSIBLE, NO_ROW = "refused by the database", "not possible here", "no such row here"

Places = Mapping[str, Mapping[str, str]]
"""Table to key to the proof that names it."""


class Proof(Protocol):
    """What proving a target gives."""

    @property
    def differences(self) -> pl.DataFrame:
        """DIFFERENCE_SCHEMA."""

    @property
    def left(self) -> pl.DataFrame:
        """`table` and `key` of the rows that stay with a closing company."""


Prove = Callable[[sa.Connection], Proof]


@dataclass(frozen=True)
class Result:
    """What came of one kind of damage.

    `rows`: the damaged ones. `unnamed`: those that no proof names. `proof`: the first that names one.
    `broke_off`: the class of the error with which the proofs ended instead of telling a difference.
    """

    kind: Kind
    outcome: str
    rows: tuple[Named, ...] = ()
    unnamed: tuple[Named, ...] = ()
    proof: str = ""
    broke_off: str = ""


@dataclass(frozen=True)
class SelfTest:
    """The whole: how many differences the undamaged copy has, and every kind of damage."""

    undamaged: int
    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        """The undamaged copy is clean and everything that could be inflicted was found."""
        return not self.undamaged and self.count(NOT_FOUND) == 0 and self.count(FOUND) > 0

    def count(self, *outcomes: str) -> int:
        """Kinds of damage that ended so."""
        return sum(result.outcome in outcomes for result in self.results)


def self_test(
    engine: sa.Engine, prove: Prove, kinds: Sequence[Kind], done: Callable[[Result], None] = lambda _: None
) -> SelfTest:
    """Inflict each of `kinds` on the copy behind `engine`; `done` hears every result as it comes."""
    with _without_references(engine) as connection:
        with _rolled_back(connection):
            undamaged = prove(connection)
        known = _places(undamaged)
        results = []
        for kind in kinds:
            results.append(_try(connection, kind, prove, known))
            done(results[-1])
    return SelfTest(undamaged.differences.height, tuple(results))


def _try(connection: sa.Connection, kind: Kind, prove: Prove, known: Places) -> Result:
    if kind.only_on not in (None, connection.dialect.name):
        return Result(kind, IMPOSSIBLE)
    with _rolled_back(connection):
        try:
            rows = inflict(connection, kind)
        except UnfitError:
            return Result(kind, NO_ROW)
        except ImpossibleError:
            return Result(kind, IMPOSSIBLE)
        except (sa.exc.IntegrityError, sa.exc.DataError):
            return Result(kind, REFUSED)
        try:
            places = _places(prove(connection))
        except Exception as error:
            # Whatever it is: a proof that breaks off has not named the row, and the other kinds go on.
            return Result(kind, NOT_FOUND, rows, rows, broke_off=type(error).__name__)
    return _judged(kind, rows, places, known)


def _judged(kind: Kind, rows: tuple[Named, ...], places: Places, known: Places) -> Result:
    """A row that the undamaged copy has among its differences already proves nothing."""
    proofs = {row: None if is_named(row, known) else is_named(row, places) for row in rows}
    unnamed = tuple(row for row, proof in proofs.items() if proof is None)
    first = next((proof for proof in proofs.values() if proof), "")
    return Result(kind, NOT_FOUND if unnamed else FOUND, rows, unnamed, first)


def _places(proved: Proof) -> Places:
    """Every row that the proofs name, and every row that they say is left."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, key, proof in proved.differences.select("table", "key", "proof").iter_rows():
        found[name or ""].setdefault(key or "", proof)
    for name, key in proved.left.select("table", "key").cast(pl.String).iter_rows():
        found[name or ""].setdefault(key or "", LEFT)
    return found


@contextmanager
def _without_references(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection on which no reference is checked, so that a row can go from under others.

    Checks and unique keys hold: what they refuse cannot come to be. PostgreSQL's references are dropped when
    the copy is made (its adapter).
    """
    with engine.connect() as connection, adapter_of(engine).without_foreign_keys(connection):
        yield connection


@contextmanager
def _rolled_back(connection: sa.Connection) -> Iterator[None]:
    with connection.begin() as running:
        try:
            yield
        finally:
            running.rollback()
