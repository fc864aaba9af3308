"""A target of our own: tables, organisation and a sample reference set, which no baseline holds."""

from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from target.adapters import adapter_of
from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM
from target.bulk import insert
from target.database import database_error, transaction
from target.holding import enter_target
from target.reference_data.oasys_form import add_areas, add_form
from target.reference_data.rows import next_ids
from target.reference_data.sets import fill_references
from target.resolve import MIGRATION_USER_ID, Resolver
from target.schema.ddl import create_tables
from target.schema.record import filled_tables
from target.schema.tables import metadata
from target.sequences import raise_sequences, sequences
from target.teams_and_officers import add_districts
from vocabulary.companies import companies
from vocabulary.errors import TargetError
from vocabulary.resources import text_table

AREAS = "PROBATION AREA"
NO_AREA = "UAT"
"""Area code of nDelius for what is unallocated; the placeholder agency and court are under it."""

_AGENCY = "AGENCY"
_COURT = "UNKNWN"


@dataclass(frozen=True)
class Organisation:
    """From the routing files. `regions`: region, region_name. `units`: region, code, name of the PDUs and of
    the regional clusters, which teams stand under."""

    regions: pl.DataFrame
    units: pl.DataFrame


def is_empty(engine: sa.Engine) -> bool:
    """True when the database has none of our tables yet."""
    return not sa.inspect(engine).has_table(adapter_of(engine).fold_name("PROBATION_AREA"))


def create(
    engine: sa.Engine,
    organisation: Organisation,
    codes: pl.DataFrame,
    export: dict[str, pl.DataFrame] | None = None,
) -> None:
    """Make every table and the rows that a baseline refers to.

    `codes`: list_name (the target's list), code, description: what our code lists add to the dictionary.
    `export`: reference table to the client's own rows (target.reference_data.export), used instead of the
    sample.

    Raises:
        TargetError: the database has the tables already, or refuses them.
    """
    if not is_empty(engine):
        raise TargetError("The target has tables already. Use another database, or take that one away first.")
    with transaction(engine) as connection:
        create_tables(connection)
        enter_target(connection)
        resolver = Resolver(connection)
        _add_roots(resolver)
        fill_references(resolver, codes, export or {})
        add_form(resolver)
        _add_organisation(resolver, organisation)
        _add_agency(resolver)
        raise_sequences(connection, filled_tables())


def remove(engine: sa.Engine) -> None:
    """Take away what `create` made, with everything in it.

    Raises:
        TargetError: the database refuses: it is in use, or something else needs a table.
    """
    try:
        adapter_of(engine).remove(engine, sorted(metadata().tables), sorted(sequences().values()))
    except DBAPIError as error:
        raise database_error(engine.url, error) from None


def _add(resolver: Resolver, table: str, **words: str | int | None) -> None:
    row = pl.DataFrame({word: [value] for word, value in words.items()})
    ids = pl.Series([0]) if table == "PARTITION_AREA" else next_ids(resolver, table, row)
    insert(resolver.connection, table, resolver.rows(table, row, ids))


def _add_roots(resolver: Resolver) -> None:
    # Partition area 0 stands on nearly every live row (target.md, section 4).
    _add(resolver, "PARTITION_AREA", name="National Data")
    _add(resolver, "ADDRESS", street="Not known")
    _add(resolver, "ORGANISATION", code="PROBATION", description="Probation service")
    user = pl.DataFrame(
        {
            "user_id": [MIGRATION_USER_ID],
            "user": ["day1.migration"],
            "first_name": ["Day 1"],
            "surname": ["Migration"],
        }
    )
    insert(resolver.connection, "USER_", resolver.rows("USER_", user))


def _add_organisation(resolver: Resolver, organisation: Organisation) -> None:
    areas = _areas(organisation)
    insert(resolver.connection, "PROBATION_AREA", resolver.rows("PROBATION_AREA", areas, _ids(areas)))
    add_areas(resolver, areas)
    unallocated = areas.select(
        (pl.col("code") + UNALLOCATED_TEAM).alias("code"),
        pl.col("code").alias("area"),
        pl.concat_str(pl.lit("Unallocated "), "code").alias("name"),
    )
    units = organisation.units.select("code", pl.col("region").alias("area"), "name")
    add_districts(resolver, pl.concat([units, unallocated]))
    ldus = unallocated.rename({"name": "description"})
    insert(resolver.connection, "LOCAL_DELIVERY_UNIT", resolver.rows("LOCAL_DELIVERY_UNIT", ldus, _ids(ldus)))


def _ids(frame: pl.DataFrame) -> pl.Series:
    return pl.int_range(1, frame.height + 1, eager=True)


def _areas(organisation: Organisation) -> pl.DataFrame:
    """Areas of the dictionary, of the routing and of the company list; the first to name one counts."""
    known = text_table("target", "dictionary", "reference_codes.csv").filter(pl.col("list_name") == AREAS)
    named = [(each.code, each.name) for each in companies().values()]
    return pl.concat(
        [
            known.select("code", "description"),
            organisation.regions.select(
                pl.col("region").alias("code"), pl.col("region_name").alias("description")
            ),
            pl.DataFrame(named, schema=["code", "description"], orient="row"),
        ]
    ).unique("code", keep="first", maintain_order=True)


def _add_agency(resolver: Resolver) -> None:
    """The one outside agency that holds what no export names an agency for, and the one court likewise."""
    _add(resolver, "EXTERNAL_PROVIDER", code=_AGENCY, description="Outside agency not named")
    _add(resolver, "PROVIDER_TEAM", code=_AGENCY, name="Outside agency not named", area=NO_AREA)
    officer = _AGENCY + UNALLOCATED_OFFICER
    name = {"first_name": "Unallocated", "surname": "Staff"}
    _add(resolver, "PROVIDER_EMPLOYEE", code=officer, area=NO_AREA, **name)
    union = pl.DataFrame(
        {"is_agency": [1], "team_id": [1], "staff_id": [1], **{key: [value] for key, value in name.items()}}
    )
    dated = union.with_columns(pl.lit("2014-06-01").alias("start_date"), pl.lit(NO_AREA).alias("area"))
    for table in ("ALL_TEAM", "OFFICER"):
        insert(resolver.connection, table, resolver.rows(table, dated))
    _add(resolver, "COURT", code=_COURT, description="Court not named", area=NO_AREA)
