"""Derived tables of the target, derived a second time from the manager rows as they stand (caseload.csv).

CASELOAD has one row per live manager row, ORGANISATION_OFFENDER one per person and area with a live
manager, and every row of a person carries those areas in ORGANISATIONS (target.md, sections 4 and 9).
"""

from dataclasses import dataclass
from functools import cache

import polars as pl

from reconcile.differences import UNCHANGED, differences_of, no_differences
from reconcile.sources.evidence import Country
from reconcile.target.rows import read_column_parts, values_of
from reconcile.target.snapshot import MISSING
from target.schema.shape import columns, table_names
from vocabulary.resources import text_table

EVERY, PERSONS = "*", "OFFENDER"
CASELOAD, INTERESTS, ARRAY = "CASELOAD", "ORGANISATION_OFFENDER", "ORGANISATIONS"
WRONG_ROW = "The derived row is not as the rows it is derived from say."
NO_ROW = "A live manager has no row in the caseload."
NO_MANAGER = "A row of the caseload stands for no live manager."
NO_MANAGER_ROW = "A row of the caseload is gone, and so is the manager it stood for."
WRONG_AREAS = "The areas with an interest in the person are not those of the person's live managers."
TEAM = {"NSI_MANAGER": "TEAM_ID", "PRISON_OFFENDER_MANAGER": "ALLOCATION_TEAM_ID"}
OFFICER = {"NSI_MANAGER": "STAFF_ID", "PRISON_OFFENDER_MANAGER": "ALLOCATION_STAFF_ID"}
START = {"NSI_MANAGER": "START_DATE"}


@dataclass(frozen=True)
class Role:
    """One role of caseload.csv: whose manager row a caseload row stands for."""

    role: str
    manager_table: str
    manager_column: str
    component_table: str
    component_column: str


@cache
def roles() -> tuple[Role, ...]:
    """Every role, once."""
    lines = text_table("reconcile", "caseload.csv").filter(pl.col("role") != EVERY)
    names = list(Role.__dataclass_fields__)
    return tuple(Role(*row) for row in lines.select(names).unique(maintain_order=True).iter_rows())


def check_derived(country: Country) -> pl.DataFrame:
    """Differences of CASELOAD, ORGANISATION_OFFENDER and the arrays."""
    managers = {role.role: _live_managers(country, role) for role in roles()}
    pairs = pl.concat([rows.select("person", "area") for rows in managers.values()]).unique()
    names = ["ROLE_CODE", *(role.manager_column for role in roles())]
    stored = country.columns(CASELOAD, names)
    found = [
        no_differences(),
        _interests(country, pairs),
        *_arrays(country, pairs),
        *_lost(country, managers),
    ]
    written = _written(country)
    for role in roles():
        found.append(_standing(stored, role, managers[role.role]))
        own = written.filter(pl.col("ROLE_CODE") == role.role)
        if own.height:
            found += _fields(country, role, managers[role.role], own)
    return pl.concat(found)


def _live_managers(country: Country, role: Role) -> pl.DataFrame:
    """manager (key), component, person, area, TRUST_PROVIDER_TEAM_ID, STAFF_EMPLOYEE_ID, ALLOCATION_DATE
    and what caseload.csv takes from the manager row, of the live rows of one role."""
    table = role.manager_table
    taken = {
        "area": "PROBATION_AREA_ID",
        "component": role.component_column,
        "TRUST_PROVIDER_TEAM_ID": TEAM.get(table, "TRUST_PROVIDER_TEAM_ID"),
        "STAFF_EMPLOYEE_ID": OFFICER.get(table, "STAFF_EMPLOYEE_ID"),
        "ALLOCATION_DATE": START.get(table, "ALLOCATION_DATE"),
        **{column: source for column, place, source in _lines(role) if place == "manager"},
    }
    rows = country.columns(table, list(dict.fromkeys(taken.values())), "ACTIVE_FLAG = 1 AND SOFT_DELETED = 0")
    named = rows.select(
        pl.col("key").alias("manager"), *(pl.col(source).alias(name) for name, source in taken.items())
    )
    if role.component_table == PERSONS:
        return named.with_columns(pl.col("component").alias("person"))
    above = country.columns(role.component_table, ["OFFENDER_ID"])
    return named.join(
        above.select(pl.col("key").alias("component"), pl.col("OFFENDER_ID").alias("person")),
        on="component",
        how="left",
    )


def _lines(role: Role) -> list[tuple[str, str, str]]:
    """column, from, source of the caseload's columns for one role."""
    lines = text_table("reconcile", "caseload.csv").filter(pl.col("role").is_in([role.role, EVERY]))
    return [
        (str(a), str(b), str(c))
        for a, b, c in lines.select("column", "from", "source").drop_nulls().iter_rows()
    ]


def _written(country: Country) -> pl.DataFrame:
    """Caseload rows that are new or other than in the snapshot, with every column."""
    change = country.changes.get(CASELOAD)
    if change is None:
        return pl.DataFrame(schema=dict.fromkeys(["key", *columns(CASELOAD)], pl.String))
    return values_of(CASELOAD, pl.concat([change.inserted, change.altered.select(change.inserted.columns)]))


def _lost(country: Country, managers: dict[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """Caseload rows of the snapshot that are gone, together with the manager they stood for or while that
    is live."""
    change = country.changes.get(CASELOAD)
    if change is None or not change.counts[MISSING]:
        return []
    found, missing = [], values_of(CASELOAD, change.missing)
    for role in roles():
        gone = missing.filter(pl.col("ROLE_CODE") == role.role)
        there = country.stands(role.manager_table, gone[role.manager_column].drop_nulls())
        alone = gone.filter(~pl.col(role.manager_column).is_in(there.implode()))
        is_live = pl.col(role.manager_column).is_in(managers[role.role]["manager"].implode())
        found.append(differences_of(_named(alone), UNCHANGED, NO_MANAGER_ROW))
        found.append(differences_of(_named(gone.filter(is_live)), UNCHANGED, NO_ROW))
    return found


def _standing(stored: pl.DataFrame, role: Role, managers: pl.DataFrame) -> pl.DataFrame:
    """One row of the caseload per live manager, and no other."""
    own = stored.filter(pl.col("ROLE_CODE") == role.role).select(
        "key", pl.col(role.manager_column).alias("manager")
    )
    lost = managers.join(own, on="manager", how="anti").select(pl.col("manager").alias("key"))
    wrong = pl.concat(
        [own.join(managers, on="manager", how="anti"), own.filter(pl.col("manager").is_duplicated())]
    )
    return pl.concat(
        [
            differences_of(lost.with_columns(pl.lit(role.manager_table).alias("table")), UNCHANGED, NO_ROW),
            differences_of(_named(wrong), UNCHANGED, NO_MANAGER),
        ]
    )


def _fields(
    country: Country, role: Role, managers: pl.DataFrame, written: pl.DataFrame
) -> list[pl.DataFrame]:
    """Caseload rows that the load wrote, column by column."""
    sources = _with_sources(country, role, managers)
    pairs = written.join(sources, left_on=role.manager_column, right_on="w:manager", how="inner")
    found = []
    wanted = [
        name.removeprefix("w:") for name in sources.columns if name.removeprefix("w:") in columns(CASELOAD)
    ]
    for name in wanted:
        wrong = pairs.filter(pl.col(f"w:{name}").ne_missing(pl.col(name)))
        named = wrong.select(
            pl.lit(CASELOAD).alias("table"), "key", pl.lit(name).alias("column"),
            pl.col(f"w:{name}").alias("expected"), pl.col(name).alias("found"),
        )  # fmt: skip
        found.append(differences_of(named, UNCHANGED, WRONG_ROW))
    return found


def _with_sources(country: Country, role: Role, managers: pl.DataFrame) -> pl.DataFrame:
    """`w:manager` and `w:<column>` of what each caseload column must hold, per live manager."""
    rows = managers.select(pl.all().name.prefix("w:"))
    by_place: dict[str, dict[str, str]] = {}
    for column, place, source in _lines(role):
        by_place.setdefault(place, {})[column] = source
    if own := by_place.get("component"):
        rows = rows.join(
            _named_rows(country, role.component_table, own, "w:component"), on="w:component", how="left"
        )
    if own := by_place.get("sentence"):
        rows = rows.join(_sentences(country, role, own), on="w:component", how="left")
    people = _named_rows(country, PERSONS, by_place["person"], "w:person")
    return rows.join(people, on="w:person", how="left")


def _named_rows(country: Country, table: str, wanted: dict[str, str], key: str) -> pl.DataFrame:
    rows = country.columns(table, list(dict.fromkeys(wanted.values())))
    return rows.select(
        pl.col("key").alias(key), *(pl.col(source).alias(f"w:{name}") for name, source in wanted.items())
    )


def _sentences(country: Country, role: Role, wanted: dict[str, str]) -> pl.DataFrame:
    """The sentence that each component hangs on; of an event its live one, the first of several."""
    sentences = _named_rows(country, "DISPOSAL", wanted, "_sentence")
    if role.component_table == "EVENT":
        live = country.columns("DISPOSAL", ["EVENT_ID"], "ACTIVE_FLAG = 1 AND SOFT_DELETED = 0").sort(
            pl.col("key").cast(pl.Int64)
        )
        above = live.unique("EVENT_ID", keep="first").select(
            pl.col("EVENT_ID").alias("w:component"), pl.col("key").alias("_sentence")
        )
    elif role.component_table == "PSS_RQMNT":
        custody = country.columns("CUSTODY", ["DISPOSAL_ID"]).rename({"key": "CUSTODY_ID"})
        above = (
            country.columns("PSS_RQMNT", ["CUSTODY_ID"])
            .join(custody, on="CUSTODY_ID", how="left")
            .select(pl.col("key").alias("w:component"), pl.col("DISPOSAL_ID").alias("_sentence"))
        )
    else:
        above = country.columns(role.component_table, ["DISPOSAL_ID"]).select(
            pl.col("key").alias("w:component"), pl.col("DISPOSAL_ID").alias("_sentence")
        )
    return above.join(sentences, on="_sentence", how="left").drop("_sentence")


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.lit(CASELOAD).alias("table"), "key")


def _interests(country: Country, pairs: pl.DataFrame) -> pl.DataFrame:
    """Persons with an area too many, too few or twice."""
    stored = country.columns(INTERESTS, ["OFFENDER_ID", "PROBATION_AREA_ID"]).select(
        pl.col("OFFENDER_ID").alias("person"), pl.col("PROBATION_AREA_ID").alias("area")
    )
    pair = ["person", "area"]
    wrong = pl.concat(
        [
            stored.join(pairs, on=pair, how="anti"),
            stored.filter(pl.struct(pair).is_duplicated()),
            pairs.select(pair).join(stored, on=pair, how="anti"),
        ]
    ).unique(maintain_order=True)
    named = wrong.select(
        pl.lit(INTERESTS).alias("table"),
        pl.concat_str("person", "area", separator=":").alias("key"),
        pl.lit("PROBATION_AREA_ID").alias("column"),
    )
    return differences_of(named, UNCHANGED, WRONG_AREAS)


def _arrays(country: Country, pairs: pl.DataFrame) -> list[pl.DataFrame]:
    """Rows whose array is another than the areas of their person's live managers, lowest first."""
    listed = (
        pairs.drop_nulls()
        .sort("person", pl.col("area").cast(pl.Int64))
        .group_by("person", maintain_order=True)
        .agg(pl.format('["{}"]', pl.col("area").str.join('","')).alias("expected"))
    )
    found = []
    country.kept.clear()
    for table in table_names():
        if not {ARRAY, "OFFENDER_ID"} <= set(columns(table)):
            continue
        for rows in read_column_parts(country.connection, table, ["OFFENDER_ID", ARRAY]):
            found.append(differences_of(_wrong_arrays(rows, table, listed), UNCHANGED, WRONG_AREAS))
    return found


def _wrong_arrays(rows: pl.DataFrame, table: str, listed: pl.DataFrame) -> pl.DataFrame:
    named = rows.rename({"OFFENDER_ID": "person", ARRAY: "found"})
    judged = named.join(listed, on="person", how="left", maintain_order="left")
    return judged.filter(pl.col("expected").ne_missing(pl.col("found"))).select(
        pl.lit(table).alias("table"), "key", pl.lit(ARRAY).alias("column"), "expected", "found"
    )
