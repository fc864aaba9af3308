"""The batch that travels from mapping to planning: every typed frame of one company's delivery."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from vocabulary.source import CASE_SYSTEMS, NDELIUS, OWN_SYSTEM

CARRIED, SET_ASIDE, NOT_IN_SCOPE = "carried", "set_aside", "not_in_scope"
"""The three outcomes of a source row; each row ends as exactly one (K02)."""

OUT_OF_SCOPE = "is_out_of_scope"
"""True where a row's own content takes it out of Day 1 (a draft, an ended referral): see
mappings.parsing.out_of_scope."""


@dataclass
class Batch:
    """Typed frames of one company and cycle by export and entity, as `mappings.parsing.convert` makes them.

    From stage validate on every frame has a column `row_outcome`: carried, set_aside or not_in_scope.
    `extract_date` is the day the delivery was taken. `decided`: answers of operators about its rows, by kind
    (vocabulary.decisions), where whoever looks at the rows needs them. `held`: of the baseline, rows that
    nDelius could not hold, by entity; they are in no frame.
    """

    company: str
    cycle: str
    extract_date: dt.date
    frames: dict[str, dict[str, pl.DataFrame]] = field(default_factory=dict)
    decided: dict[str, pl.DataFrame] = field(default_factory=dict)
    held: dict[str, pl.DataFrame] = field(default_factory=dict)
    kept: dict[tuple[str, str], tuple[pl.DataFrame, pl.DataFrame]] = field(default_factory=dict, repr=False)
    """Per export and entity the frame last asked for its carried rows, and those rows."""

    def has(self, export: str) -> bool:
        """True when the company delivered `export`."""
        return export in self.frames

    def all(self, export: str, entity: str) -> pl.DataFrame:
        """Every row of the entity, whatever its outcome."""
        return self.frames[export][entity]

    def carried(self, export: str, entity: str) -> pl.DataFrame:
        """The rows of the entity that are carried."""
        whole = self.all(export, entity)
        asked, rows = self.kept.get((export, entity), (None, None))
        if rows is None or asked is not whole:  # a frame whose outcomes changed is another frame
            is_carried = whole["row_outcome"] == CARRIED
            rows = whole if is_carried.all() else whole.filter(is_carried)
            self.kept[export, entity] = whole, rows
        return rows

    def in_scope(self, export: str, entity: str) -> pl.DataFrame:
        """The rows of the entity that rules judge: not deleted, not below a deleted row, not repeated."""
        whole = self.all(export, entity)
        is_in_scope = whole["row_outcome"] != NOT_IN_SCOPE
        return whole if is_in_scope.all() else whole.filter(is_in_scope)

    def standing(self, entity: str) -> pl.DataFrame:
        """Of the baseline: the rows of nDelius that stand, neither deleted there nor below what is."""
        return self.carried(NDELIUS, entity)

    def standing_where(self, entity: str, *wanted: pl.Expr) -> pl.DataFrame:
        """Those of `standing` that are `wanted`: of contacts all that stand would be a second copy."""
        return self.known(entity).lazy().filter(pl.col("row_outcome") == CARRIED, *wanted).collect()

    def standing_frames(self) -> Mapping[str, pl.DataFrame]:
        """`standing` of every entity, each made when it is asked for."""
        return _Standing(self)

    def known_frames(self) -> dict[str, pl.DataFrame]:
        """`known` of every entity."""
        return self.frames[NDELIUS]

    def known(self, entity: str) -> pl.DataFrame:
        """Of the baseline: every row of nDelius, whatever became of it."""
        return self.all(NDELIUS, entity)

    @property
    def has_own_system(self) -> bool:
        """True when the company keeps a case system of its own; the others record in nDelius."""
        return self.has(OWN_SYSTEM)

    def cases(self, entity: str) -> pl.DataFrame | None:
        """Every row of an entity of the export that holds the cases; None where it has no such entity."""
        return self.frames.get(str(self.case_export), {}).get(entity)

    @property
    def case_export(self) -> str | None:
        """The export that holds the cases: `delius` or `spg`; None when neither was delivered."""
        return next((export for export in CASE_SYSTEMS if self.has(export)), None)


@dataclass(frozen=True)
class _Standing(Mapping[str, pl.DataFrame]):
    """Entity to `Batch.standing`: of contacts, which are many, few ask."""

    batch: Batch

    def __getitem__(self, entity: str) -> pl.DataFrame:
        return self.batch.standing(entity)

    def __iter__(self) -> Iterator[str]:
        return iter(self.batch.known_frames())

    def __len__(self) -> int:
        return len(self.batch.known_frames())
