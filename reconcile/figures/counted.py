"""Totals that count rows: what the sources ask for, and what stands in the target, each by its own region."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from reconcile.proofs.destinations import LIST_ONLY, THERE, WRITTEN
from reconcile.proofs.fields import Expected
from reconcile.sources.evidence import Evidence

NO_SERVICE = "NONE"
"""Total of referrals for which no service stands on Day 1."""


@dataclass(frozen=True)
class Counted:
    """One total: `rows` has side (source, target) and region, a row per thing counted."""

    name: str
    rows: pl.DataFrame


def count_written(
    evidence: Evidence,
    expected: Sequence[Expected],
    placed: pl.DataFrame,
    found: pl.DataFrame,
    placements: pl.DataFrame | None,
    referrals: pl.DataFrame | None,
) -> tuple[Counted, ...]:
    """Every counted total of the exports that were delivered.

    Args:
        expected: what the sources ask for. placed, found: reconcile.proofs.whereabouts and
            reconcile.proofs.destinations.
        referrals: reconcile.expected.referrals, where they were delivered.
    """
    by_writer = {(one.table, one.writer): one.rows for one in expected}
    totals: list[Counted] = []
    if placements is not None:
        totals += _schedule(evidence, by_writer)
        totals.append(_sessions_carried(evidence, placed, found, placements))
    if evidence.delivery.has("programmes"):
        rows = by_writer["CONTACT", "programmes.attendance"]
        there = _of_export(evidence, "CONTACT", "programmes")
        totals.append(_by_person(evidence, "programme_sessions", rows, there))
        totals += _interventions(evidence, by_writer["NSI", "programmes.rar_activity"])
    if referrals is not None:
        totals += _referrals(evidence, referrals, found)
    if evidence.delivery.has("staff"):
        totals.append(_by_area(evidence, "staff_officers", by_writer["STAFF", "staff.employee"], "STAFF"))
    return tuple(totals)


def _schedule(evidence: Evidence, by_writer: dict[tuple[str, str], pl.DataFrame]) -> list[Counted]:
    allocations = by_writer["UPW_ALLOCATION", "upw.upw_placement"]
    orders = evidence.country.columns("UPW_DETAILS", ["OFFENDER_ID"]).rename({"key": "UPW_DETAILS_ID"})
    allocated = _of_export(evidence, "UPW_ALLOCATION", "upw").join(orders, on="UPW_DETAILS_ID", how="left")
    return [
        _by_area(evidence, "projects", by_writer["UPW_PROJECT", "upw.upw_project"], "UPW_PROJECT"),
        _by_person(evidence, "placements", allocations, allocated),
        _by_person(
            evidence, "sessions", by_writer["UPW_APPOINTMENT", "upw.upw_session"],
            _of_export(evidence, "UPW_APPOINTMENT", "upw"),
        ),
    ]  # fmt: skip


def _sessions_carried(
    evidence: Evidence, placed: pl.DataFrame, found: pl.DataFrame, placements: pl.DataFrame
) -> Counted:
    """Every carried session of the schedule, and those of them whose appointment is in the target."""
    own = (pl.col("export") == "upw") & (pl.col("entity") == "upw_session")
    rows = evidence.delivery.carried("upw", "upw_session").join(
        placements.select("placement_ref", "person").unique("placement_ref"), on="placement_ref", how="left"
    )
    proven = found.filter(own & pl.col("found").is_in([WRITTEN, THERE]))
    place = ["export", "source_file", "source_row"]
    added = evidence.with_keys(proven.select(place), "UPW_APPOINTMENT", "upw")
    keyed = added.join(placed.filter(own).select(*place, "there"), on=place, how="left").with_columns(
        pl.coalesce("key", "there").alias("key")
    )
    people = evidence.country.columns("UPW_APPOINTMENT", ["OFFENDER_ID"])
    there = keyed.join(people, on="key", how="left")
    return _by_person(evidence, "sessions_carried", rows, there)


def _of_export(evidence: Evidence, table: str, export: str) -> pl.DataFrame:
    """The company's new rows of `table` that the crosswalk traces to `export`."""
    keys = evidence.trail.keys(table, export)["key"]
    rows = evidence.inserted(table)
    return rows.filter(pl.col("key").is_in(keys.implode()))


def _by_person(evidence: Evidence, name: str, rows: pl.DataFrame, there: pl.DataFrame) -> Counted:
    """`rows` have person; `there` has OFFENDER_ID: its region is where the person's manager stands now."""
    after = evidence.country.homes_after(evidence.home).select(
        pl.col("person").alias("OFFENDER_ID"), "region"
    )
    regions = evidence.regions.select("person", home="region")
    source = rows.select("person").join(regions, on="person", how="left", maintain_order="left")
    target = there.select("OFFENDER_ID").join(after, on="OFFENDER_ID", how="left", maintain_order="left")
    return Counted(
        name,
        pl.concat([_side(source, "source", "home", evidence), _side(target, "target", "region", evidence)]),
    )


def _by_area(evidence: Evidence, name: str, rows: pl.DataFrame, table: str) -> Counted:
    """`rows` have area; the target's rows their own."""
    written = evidence.inserted(table)
    areas = evidence.country.lists.decode(written["PROBATION_AREA_ID"], "PROBATION AREA").alias("region")
    target = written.select("key").with_columns(areas)
    return Counted(
        name,
        pl.concat([_side(rows, "source", "area", evidence), _side(target, "target", "region", evidence)]),
    )


def _interventions(evidence: Evidence, rows: pl.DataFrame) -> list[Counted]:
    """Structured interventions: a total per type, by the area of the manager."""
    lists = evidence.country.lists
    managers = evidence.inserted("NSI_MANAGER")
    areas = managers.select(pl.col("NSI_ID").alias("key")).with_columns(
        lists.decode(managers["PROBATION_AREA_ID"], "PROBATION AREA").alias("region")
    )
    there = _typed(evidence, "programmes").join(areas.unique("key"), on="key", how="left")
    found: dict[str, list[pl.DataFrame]] = {}
    for code in pl.concat([rows["nsi_type"], there["nsi_type"]]).drop_nulls().unique().sort():
        found.setdefault(f"structured_interventions_{code}", []).append(
            pl.concat(
                [
                    _side(rows.filter(nsi_type=code), "source", "area", evidence),
                    _side(there.filter(nsi_type=code), "target", "region", evidence),
                ]
            )
        )
    return [Counted(label, pl.concat(parts)) for label, parts in found.items()]


def _referrals(evidence: Evidence, referrals: pl.DataFrame, found: pl.DataFrame) -> list[Counted]:
    """Open referrals: a total per type of the service, and NO_SERVICE, by the region of the person.

    What is written is counted in the target by its own type; what is on a list only has none there.
    """
    place = ["export", "source_file", "source_row"]
    after = evidence.country.homes_after(evidence.home)
    carried = referrals.with_columns(pl.col("nsi_type").fill_null(NO_SERVICE)).join(
        found.select(*place, "found").unique(place), on=place, how="left"
    )
    there = _typed(evidence, "referrals").join(
        after.rename({"person": "OFFENDER_ID"}), on="OFFENDER_ID", how="left"
    )
    listed = carried.filter(pl.col("found") == LIST_ONLY)
    target = pl.concat([rows.select("nsi_type", "region") for rows in (there, listed)])
    return [
        Counted(
            f"open_referrals_{code}",
            pl.concat(
                [
                    _side(rows.filter(nsi_type=code), side, "region", evidence)
                    for side, rows in (("source", carried), ("target", target))
                ]
            ),
        )
        for code in pl.concat([carried["nsi_type"], target["nsi_type"]]).drop_nulls().unique().sort()
    ]


def _typed(evidence: Evidence, export: str) -> pl.DataFrame:
    """key, OFFENDER_ID, nsi_type of the company's live new NSIs of `export`."""
    written = _of_export(evidence, "NSI", export).filter(pl.col("ACTIVE_FLAG") == "1")
    types = evidence.country.lists.decode(written["NSI_TYPE_ID"], "NSI TYPE").alias("nsi_type")
    return written.select("key", "OFFENDER_ID").with_columns(types)


def _side(rows: pl.DataFrame, side: str, column: str, evidence: Evidence) -> pl.DataFrame:
    return rows.select(
        pl.lit(side).alias("side"), pl.col(column).cast(pl.String).fill_null(evidence.home).alias("region")
    )
