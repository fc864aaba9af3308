"""Everything that the proofs of one company look at, gathered once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from reconcile.allocation.account_claims import Claimed
from reconcile.allocation.geography import regions_of
from reconcile.people.merged import Survivors
from reconcile.sources.baseline import Baseline
from reconcile.sources.cases import NationalCases, kinds
from reconcile.sources.delivery import ROW, Delivery
from reconcile.target.code_names import Lists
from reconcile.target.marks import is_marked
from reconcile.target.rows import read_columns
from reconcile.target.snapshot import MISSING, Snapshot, TableChange
from reconcile.target.trail import Crosswalk, Trail
from target.schema.shape import columns, naming_column, primary_key
from vocabulary.batch import CARRIED
from vocabulary.companies import companies
from vocabulary.companies import company as company_of

OFFICER, MEMBERSHIP = "OFFICER", "STAFF_TEAM"
KEYS = frozenset(
    f"{entity}_id"
    for entity in (
        "event", "disposal", "custody", "requirement", "licence_condition", "pss_requirement", "nsi",
        "court_report", "institutional_report", "upw_order", "upw_session",
    )
)  # fmt: skip
"""Words by which a row of a delivery names a row of nDelius that the proofs follow it to."""
COMMISSIONED = "CRS"
"""Area of the commissioned services: it manages interventions, and nobody lives in it."""


@dataclass(frozen=True)
class Delta:
    """`snapshot`: the target before the delta, and `changes` since. `stood`: DIFFERENCE_SCHEMA, what it
    differed in then; None where every difference is asked for. `told`: company, export, ROW, is_wrong of rows
    of the deltas (reconcile.sources.deltas).
    """

    cycles: tuple[str, ...]
    snapshot: Snapshot
    changes: dict[str, TableChange]
    stood: pl.DataFrame | None
    told: pl.DataFrame


@dataclass(frozen=True)
class Country:
    """What is one for all companies: nDelius before and after, and what the loads say they wrote.

    `baseline`, `cases`: nDelius before, or of a company its share of that. `changes`: table to what differs
    from the snapshot. `lists`: the target's reference tables as they are now.
    """

    baseline: Baseline
    cases: NationalCases
    snapshot: Snapshot
    changes: dict[str, TableChange]
    trail: Crosswalk
    lists: Lists
    connection: sa.Connection
    survivors: Survivors = field(default_factory=dict)
    """Who is left of a merged CRN, followed through persons whom `baseline` lacks."""
    claimed: Claimed = field(default_factory=Claimed)
    """The accounts and logins that the employees of all companies claim."""
    kept: dict[str, pl.DataFrame] = field(default_factory=dict)
    """What is asked of the target more than once, by name."""
    derived: dict[str, pl.DataFrame] = field(default_factory=dict)
    """What is asked of `baseline` more than once, by name."""
    nation: Baseline | None = None
    """Of a share: the whole of which it is one."""
    place: Path | None = None
    """Where the proofs lay down what is too much for memory."""
    delta: Delta | None = None
    """Of a delta what stood before it; `snapshot` and `changes` are then those of the full load."""

    @property
    def everybody(self) -> Baseline:
        """nDelius before, whomever a share of it is about: asked for a few rows or columns."""
        return self.baseline if self.nation is None else self.nation

    def share(self, delivery: Delivery) -> "Country":
        """The country as far as the company of `delivery` must look: nDelius before has the persons whom its
        area manages, whom its rows are about, and whose rows they name."""
        named = [self.cases.persons_of(delivery.company), *_persons_named(delivery)]
        persons = pl.concat([*named, self.baseline.owners(_keys_named(delivery))]).unique()
        baseline, cases = self.baseline.share(persons), self.cases.share(persons)
        return replace(self, baseline=baseline, cases=cases, derived={}, nation=self.baseline)

    def inserted(self, table: str) -> pl.DataFrame:
        """Rows of `table` that the snapshot does not hold: `key` and every column as text."""
        if table in self.changes:
            return self.changes[table].inserted_rows()
        return pl.DataFrame(schema=dict.fromkeys(["key", *columns(table)], pl.String))

    def columns(self, table: str, names: list[str], where: str = "") -> pl.DataFrame:
        """`key` and the columns `names` of the rows of `table` as they are now; `where` is SQL."""
        name = f"{table}:{','.join(names)}:{where}"
        return self.of_target(name, lambda: read_columns(self.connection, table, names, where))

    def of_target(self, name: str, derive: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What `derive` makes of the target, one for every company: worked out for the first."""
        if name not in self.kept:
            self.kept[name] = derive()
        return self.kept[name]

    def cached(self, name: str, derive: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What `derive` makes of `baseline`, worked out once."""
        if name not in self.derived:
            self.derived[name] = derive()
        return self.derived[name]

    def homes_after(self, home: str) -> pl.DataFrame:
        """person, region: where the person's offender manager stands now, else another of the managers.

        Whoever is managed in no region, only in a closing area, is told under `home`.
        """
        homes = self.of_target("homes", lambda: standing_homes(self))
        return homes.with_columns(pl.col("region").fill_null(home))

    def stands(self, table: str, keys: pl.Series) -> pl.Series:
        """Those of `keys` that name a row of the target now."""
        if keys.is_empty():
            return keys
        known = self.snapshot.has(table, keys)
        if table not in self.changes:
            return known
        change = self.changes[table]
        if change.counts[MISSING]:
            known = known.filter(~known.is_in(change.keys(MISSING).implode()))
        return pl.concat([known, keys.filter(keys.is_in(change.inserted_keys(keys).implode()))])


@dataclass
class Evidence:
    """One company: its delivery, its rows of the crosswalk, and the country around it.

    `regions`: reconcile.allocation.geography.SCHEMA of every person of the baseline and of the delivery who
    concerns the company.
    """

    delivery: Delivery
    country: Country
    trail: Trail
    regions: pl.DataFrame = field(init=False)
    kept: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The regions of everybody whom the company's cases or rows name."""
        own = self.country.cases.persons_of(self.company)
        persons = pl.concat([own, *_persons_named(self.delivery)]).unique().sort()
        self.regions = regions_of(persons, self.delivery, self.country.baseline, self.country.cases)

    @property
    def company(self) -> str:
        """The company's code."""
        return self.delivery.company

    @property
    def held(self) -> pl.Series:
        """The persons of the company whom nothing gives a region: they stay, with everything (G01)."""
        return self.regions.filter(pl.col("region").is_null())["person"]

    @property
    def home(self) -> str:
        """The region that stands where nothing says another: the company's first."""
        return company_of(self.company).regions[0]

    def inserted(self, table: str) -> pl.DataFrame:
        """The rows of `_inserted`, taken apart once."""
        if table not in self.kept:
            self.kept[table] = self._inserted(table)
        return self.kept[table]

    def _inserted(self, table: str) -> pl.DataFrame:
        """The rows that this company's crosswalk names in `table` and that the target holds; after a delta
        without those that are marked as gone and that no carried row stands for."""
        rows = self._named(table)
        if self.country.delta is None or rows.is_empty():
            return rows
        gone = self._without_source.filter(pl.col("table") == table)["key"]
        return rows.filter(~(pl.col(naming_column(table)).is_in(gone.implode()) & is_marked(table)))

    @cached_property
    def _without_source(self) -> pl.DataFrame:
        """Rows of the crosswalk that came from rows of the company of which none is carried now."""
        own = self.trail.rows.filter(pl.col("source_file").str.contains(f"(^|/){self.company}_"))
        carried = [
            scan.filter(pl.col("row_outcome") == CARRIED).select(ROW).collect()
            for scan in _scans(self.delivery)
        ]
        return own.join(pl.concat(carried).unique(), on=ROW, how="anti")

    def _named(self, table: str) -> pl.DataFrame:
        if table == OFFICER:  # it has no entry of its own: the row comes with that of STAFF
            own = self.trail.of_table("STAFF")["key"]
            found = self.country.inserted(table)
            return found.filter(pl.col("STAFF_EMPLOYEE_ID").is_in(own.implode()))
        own = self.trail.of_table(table)["key"]
        change = self.country.changes.get(table)
        if change is not None and primary_key(table) == (naming_column(table),):
            return change.inserted_rows(own)
        return self.country.inserted(table).filter(pl.col(naming_column(table)).is_in(own.implode()))

    def with_keys(self, rows: pl.DataFrame, table: str, export: str, name: str = "key") -> pl.DataFrame:
        """`rows` with the key of the row of `table` that each became, null where it became none."""
        keys = self._keys(table, export)
        named = keys if name == "key" else keys.rename({"key": name})
        return rows.join(named, on=ROW, how="left", maintain_order="left")

    def standing(self, table: str, export: str) -> pl.DataFrame:
        """ROW, key of the rows of `export` that became a row of `table` which the target holds."""
        name = f"standing:{table}:{export}"
        if name not in self.kept:
            keys = self._keys(table, export)
            there = self.country.stands(table, keys["key"])
            if table == MEMBERSHIP:  # its rows are named by the member
                there = self.inserted(table)["STAFF_ID"]
            self.kept[name] = keys.filter(pl.col("key").is_in(there.implode()))
        return self.kept[name]

    def _keys(self, table: str, export: str) -> pl.DataFrame:
        """ROW, key of the row of `table` that each row of `export` became first."""
        name = f"keys:{table}:{export}"
        if name not in self.kept:
            self.kept[name] = self.trail.keys(table, export).unique(ROW, keep="first")
        return self.kept[name]


def _persons_named(delivery: Delivery) -> list[pl.Series]:
    """The persons of nDelius whom rows of the delivery were matched to, or are records of."""
    named = [
        scan.select(pl.col("person_id").drop_nulls().unique()).collect()["person_id"]
        for scan in _scans(delivery)
        if "person_id" in scan.collect_schema()
    ]
    if delivery.has("delius"):
        named.append(delivery.all("delius", "offender")["offender_id"].drop_nulls())
    return named


def _keys_named(delivery: Delivery) -> dict[str, pl.Series]:
    """By word of a key of nDelius: what the rows of the delivery have there, whoever's it is."""
    named: dict[str, list[pl.Series]] = {}
    for scan in _scans(delivery):
        words = sorted(KEYS.intersection(scan.collect_schema()))
        rows = scan.select(words).collect() if words else pl.DataFrame()
        for word in words:
            named.setdefault(word, []).append(rows[word].drop_nulls().unique())
    return {word: pl.concat(keys).unique() for word, keys in named.items()}


def _scans(delivery: Delivery) -> list[pl.LazyFrame]:
    return [delivery.scan(export, entity) for export, frames in delivery.frames.items() for entity in frames]


def standing_homes(country: Country) -> pl.DataFrame:
    """person, region of the live managers of the target: the offender manager's first; null in an area that
    closes or is none."""
    codes = country.lists.codes("PROBATION AREA").rename({"id": "PROBATION_AREA_ID"})
    parts = []
    for place, kind in enumerate(kinds().values()):
        live = country.columns(
            kind.manager_table,
            [kind.manager_column, "PROBATION_AREA_ID"],
            "ACTIVE_FLAG = 1 AND SOFT_DELETED = 0",
        ).rename({kind.manager_column: "_component"})
        if kind.table == "OFFENDER":
            owned = live.with_columns(pl.col("_component").alias("person"))
        else:
            above = country.columns(kind.table, ["OFFENDER_ID"])
            owned = live.join(
                above.select(pl.col("key").alias("_component"), pl.col("OFFENDER_ID").alias("person")),
                on="_component",
                how="inner",
            )
        parts.append(owned.select("person", "PROBATION_AREA_ID", pl.lit(place).alias("_rank")))
    is_none = pl.col("code").is_in([*closing_areas(), COMMISSIONED])
    return (
        pl.concat(parts)
        .join(codes, on="PROBATION_AREA_ID", how="left")
        .sort("person", is_none, "_rank")
        .unique("person", keep="first", maintain_order=True)
        .select("person", pl.when(~is_none).then("code").alias("region"))
    )


def closing_areas() -> list[str]:
    """The areas of the companies, all of which close."""
    return list(companies())
