"""Totals that count rows: what the sources ask for against what stands in the target, by region."""

from collections.abc import Iterator

import polars as pl

from mappings.named_regions import named_regions
from mappings.projects import project_key
from mappings.routing import decided_teams, own_teams
from mappings.spg_components import record_ref
from pipeline.totals.source import restricted_persons, written_rows
from reports.data import Total
from reports.readback import ReadBack
from reports.target_totals import restricted
from reports.totals import scoped
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import company as known_company

PROJECTS, PLACEMENTS, SESSIONS = "UPW_PROJECT", "UPW_ALLOCATION", "UPW_APPOINTMENT"


def counted_totals(batch: Batch, baseline: Batch, target: ReadBack) -> list[Total]:
    """Projects, placements, sessions, programme sessions and restricted persons (exports/README, totals)."""
    regions = named_regions(batch, baseline).select("person_id", "region")
    totals = _count("restricted_persons", *_restricted(batch, baseline, target, regions), batch)
    if batch.has("upw"):
        for name, source, there in _schedule(batch, baseline, target, regions):
            totals += _count(name, source, there, batch)
    if batch.has("programmes"):
        there = _standing(target, "CONTACT", "programmes:")
        totals += _count("programme_sessions", _attendances(batch, regions), there, batch)
    return totals


def _count(name: str, source: pl.DataFrame, there: pl.Series, batch: Batch) -> list[Total]:
    """`source`: key, region (null: the company's first). `there`: the keys that stand in the target."""
    first = known_company(batch.company).regions[0]
    placed = source.with_columns(pl.col("region").fill_null(first))
    found = pl.DataFrame({"key": there}).join(placed.unique("key"), on="key", how="left")
    counts = [
        rows.group_by(pl.col("region").fill_null(first)).len(side)
        for rows, side in ((placed, "source"), (found, "target"))
    ]
    both = counts[0].join(counts[1], on="region", how="full", coalesce=True).fill_null(0)
    figures = [(str(region), int(a), int(b), 0) for region, a, b in both.iter_rows()]
    return scoped(name, figures or [(first, 0, 0, 0)], batch.company)


def _standing(target: ReadBack, table: str, prefix: str) -> pl.Series:
    """Natural keys of the company's new rows of `table` that are there."""
    ids = target.ids(table).filter(pl.col("natural_key").str.starts_with(prefix))
    there = target.rows(table, ids["id"])["id"]
    return ids.filter(pl.col("id").is_in(there.implode()))["natural_key"]


def _schedule(
    batch: Batch, baseline: Batch, target: ReadBack, regions: pl.DataFrame
) -> Iterator[tuple[str, pl.DataFrame, pl.Series]]:
    """Name, source rows (key, region) and keys in the target of each total of the schedule."""
    written = written_rows(batch, baseline)
    teams = own_teams(batch.company, decided_teams(batch)).select(
        "team", pl.col("team_region").alias("region")
    )
    projects = written.projects.join(teams, on="team", how="left")
    yield (
        "projects",
        projects.select(project_key(pl.col("code")).alias("key"), "region"),
        _standing(target, PROJECTS, "upw:"),
    )
    placements = _of_persons(batch.carried("upw", "upw_placement"), regions)
    yield (
        "placements",
        _keyed(placements.join(written.placements.select("placement_ref"), on="placement_ref"), "placement"),
        _standing(target, PLACEMENTS, "upw:"),
    )
    sessions = written.sessions.join(
        placements.select("placement_ref", "region"), on="placement_ref", how="left"
    )
    added = _keyed(sessions.filter(pl.col("case_system_ref").is_null()), "session")
    there = _standing(target, SESSIONS, "upw:")
    yield "sessions", added, there
    known, known_there = _known_sessions(batch, sessions, target)
    yield "sessions_carried", pl.concat([added, known]), pl.concat([there, known_there])


def _keyed(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    return rows.select(pl.concat_str(pl.lit(f"upw:{kind}:"), f"{kind}_ref").alias("key"), "region")


def _known_sessions(batch: Batch, sessions: pl.DataFrame, target: ReadBack) -> tuple[pl.DataFrame, pl.Series]:
    """Sessions that the case system has: key and region, and the keys whose appointment is there."""
    named = sessions.filter(pl.col("case_system_ref").is_not_null()).with_columns(
        pl.concat_str(pl.lit("upw:session:"), "session_ref").alias("key")
    )
    if batch.has("spg"):
        own = batch.carried("spg", "upw_session").select(
            pl.col("local_ref").alias("case_system_ref"), record_ref("upw_session").alias("_ref")
        )
        # A record that is set aside is not written: its session is the company's alone.
        named = named.join(own.unique("case_system_ref"), on="case_system_ref", how="inner")
    else:
        named = named.with_columns(pl.col("case_system_ref").alias("_ref"))
    new = target.ids(SESSIONS)
    ids = pl.coalesce(
        pl.col("_ref").replace_strict(new["natural_key"], new["id"], default=None, return_dtype=pl.Int64),
        pl.col("_ref").cast(pl.Int64, strict=False),
    )
    numbered = named.with_columns(ids.alias("_id"))
    stands = target.rows(SESSIONS, numbered["_id"].drop_nulls().unique())["id"]
    there = numbered.filter(pl.col("_id").is_in(stands.implode()))["key"]
    return named.select("key", "region"), there


def _attendances(batch: Batch, regions: pl.DataFrame) -> pl.DataFrame:
    """Attendances that nobody had pushed, of sessions before Day 1."""
    past = batch.carried("programmes", "programme_session").filter(pl.col("date") < DAY_1)
    referrals = _of_persons(batch.carried("programmes", "programme_referral"), regions)
    return (
        batch.carried("programmes", "attendance")
        .filter(pl.col("contact_id").is_null())
        .join(past.select("session_ref"), on="session_ref", how="semi")
        .join(referrals.select("referral_ref", "region"), on="referral_ref", how="left")
        .select(
            pl.concat_str(pl.lit("programmes:attendance:"), "session_ref", pl.lit(":"), "referral_ref").alias(
                "key"
            ),
            "region",
        )
    )


def _restricted(
    batch: Batch, baseline: Batch, target: ReadBack, regions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    persons = pl.DataFrame({"person_id": restricted_persons(batch, baseline)})
    numbers = persons["person_id"].cast(pl.Int64, strict=False).drop_nulls()
    after = pl.Series([str(one) for one in restricted(target.connection, numbers, DAY_1)], dtype=pl.String)
    return _of_persons(persons, regions).select(pl.col("person_id").alias("key"), "region"), after


def _of_persons(rows: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the region of their person; null of one that `regions` does not have."""
    return rows.join(regions, on="person_id", how="left", maintain_order="left")
