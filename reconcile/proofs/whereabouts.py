"""Which line of destinations.csv fits each carried row: its `when`, and the row of nDelius that it already
is."""

import polars as pl

from reconcile.expected.answered_sessions import carried_sessions
from reconcile.expected.schedule import UPW
from reconcile.proofs.destinations import ALWAYS
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, Records, is_new
from reconcile.sources.reading import read_day
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.links import parents_first

NOTHING = pl.lit(None, pl.String)


def place_rows(
    evidence: Evidence,
    records: Records | None,
    projects: pl.DataFrame | None,
    placements: pl.DataFrame | None,
    officers: pl.DataFrame,
    referrals: pl.DataFrame | None,
) -> pl.DataFrame:
    """PLACE, entity, when, there of every carried row of the delivery.

    Args:
        projects, placements: reconcile.expected.schedule, where the company delivered a schedule.
        officers: PLACE and tables of the employees who become officers (reconcile.allocation.officers).
        referrals: reconcile.expected.referrals, where they were delivered.
    """
    found = []
    for export in evidence.delivery.frames:
        for entity in parents_first(export):
            rows = evidence.delivery.carried(export, entity)
            placed = _placed(
                evidence, export, entity, rows, (records, projects, placements, officers, referrals)
            )
            found.append(placed.select(*PLACE, pl.lit(entity).alias("entity"), "when", "there"))
    return pl.concat(found)


_Known = tuple[Records | None, pl.DataFrame | None, pl.DataFrame | None, pl.DataFrame, pl.DataFrame | None]


def _placed(evidence: Evidence, export: str, entity: str, rows: pl.DataFrame, known: _Known) -> pl.DataFrame:
    records, projects, placements, officers, referrals = known
    if export == "delius":
        return rows.with_columns(pl.lit(ALWAYS).alias("when"), own_key(entity).alias("there"))
    if export == SPG and records is not None:
        return _record(entity, records)
    match (export, entity):
        case (_, "upw_project") if projects is not None:
            return _project(projects, evidence)
        case (_, "upw_placement") if placements is not None:
            is_open = pl.col("is_open") & pl.col("order").is_not_null()
            ended = pl.when(~pl.col("is_open")).then(pl.lit("ended"))
            return placements.with_columns(
                pl.when(is_open).then(pl.lit("open with an order")).otherwise(ended).alias("when"),
                NOTHING.alias("there"),
            )
        case (_, "upw_session") if export == UPW:
            return _session(evidence, records)
        case (_, "attendance"):
            return _attendance(evidence, rows)
        case (_, "service_referral") if referrals is not None:
            return _referral(referrals)
        case (_, "employee"):
            return _employee(rows, officers)
        case (_, "document"):
            linked = pl.when(pl.col("ndelius_document_id").is_null()).then(pl.lit("not linked"))
            return rows.with_columns(linked.otherwise(pl.lit("linked")).alias("when"), NOTHING.alias("there"))
    return rows.with_columns(pl.lit(ALWAYS).alias("when"), NOTHING.alias("there"))


def own_key(entity: str) -> pl.Expr:
    """The row's key in nDelius, as the provider extract gives it."""
    names = {
        "upw_order": "upw_order_id", "identifier": "identifier_id", "offence": "offence_id",
        "staff_team": "staff_team", "responsible_officer": "responsible_officer_id",
    }  # fmt: skip
    if entity == "staff_team":
        return pl.concat_str("staff_id", "team_id", separator=":")
    if entity.endswith("_manager"):
        return pl.col("manager_id")
    return pl.col(names.get(entity, f"{entity}_id"))


def _record(entity: str, records: Records) -> pl.DataFrame:
    rows = records.frames[entity]
    if entity == "custody_release":
        of_new = pl.col("is_new_event").fill_null(False)
        when = pl.when(of_new).then(pl.lit("of a new event")).otherwise(pl.lit("of a known event"))
        return rows.with_columns(when.alias("when"), NOTHING.alias("there"))
    if entity == "offender":
        new, key = pl.col("is_new_person").fill_null(False), pl.col("person")
    else:
        new, key = is_new(entity), pl.col(f"{entity}_id")
    word = pl.lit("new")
    if entity == "event":
        word = pl.when(pl.col("is_sentenced")).then(pl.lit("new sentence")).otherwise(word)
    return rows.with_columns(
        pl.when(new).then(word).otherwise(pl.lit("known")).alias("when"), key.alias("there")
    )


def _project(projects: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    known = evidence.country.baseline["upw_project"].select("code", pl.col("upw_project_id").alias("there"))
    joined = projects.drop("there", strict=False).join(
        known.unique("code"), on="code", how="left", maintain_order="left"
    )
    return joined.with_columns(
        pl.when("is_written")
        .then(pl.lit("goes on"))
        .when(pl.col("there").is_not_null())
        .then(pl.lit("known by code"))
        .otherwise(pl.lit("ended"))
        .alias("when")
    )


def _session(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """The reference is nDelius's key, or of a company with a case system of its own that system's number."""
    rows = carried_sessions(evidence, records)
    named = rows.with_columns(pl.col("case_system_ref").alias("there"))
    if records is not None:
        own = evidence.with_keys(records.frames["upw_session"], "UPW_APPOINTMENT", SPG, "_new").select(
            pl.col("local_ref").alias("case_system_ref"),
            pl.when(is_new("upw_session")).then("_new").otherwise("upw_session_id").alias("there"),
        )
        named = rows.join(
            own.unique("case_system_ref"), on="case_system_ref", how="left", maintain_order="left"
        )
    is_added = pl.col("case_system_ref").is_null()
    when = pl.when(is_added).then(pl.lit("not in the case system")).otherwise(pl.lit("in the case system"))
    answered = pl.coalesce("answered_key", "there").alias("there")
    return named.with_columns(when.alias("when"), answered)


def _attendance(evidence: Evidence, rows: pl.DataFrame) -> pl.DataFrame:
    days = evidence.delivery.carried("programmes", "programme_session").select(
        "session_ref", read_day("programmes", "programme_session", "date", evidence.company).alias("day")
    )
    dated = rows.join(days.unique("session_ref"), on="session_ref", how="left", maintain_order="left")
    return dated.with_columns(
        pl.when(pl.col("contact_id").is_not_null())
        .then(pl.lit("pushed"))
        .when(pl.col("day") <= LAST_CRC_DAY)
        .then(pl.lit("past and not pushed"))
        .when(pl.col("day") > LAST_CRC_DAY)
        .then(pl.lit("from Day 1 on"))
        .alias("when"),
        pl.col("contact_id").alias("there"),
    )


def _referral(placed: pl.DataFrame) -> pl.DataFrame:
    return placed.with_columns(
        pl.when(pl.col("nsi_type").is_null())
        .then(pl.lit("no Day 1 service"))
        .when(pl.col("event").is_null())
        .then(pl.lit("no live sentence"))
        .otherwise(pl.lit("with a service and an event"))
        .alias("when"),
        NOTHING.alias("there"),
    )


def _employee(rows: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    marked = rows.join(officers.select(*PLACE, "tables"), on=PLACE, how="left", maintain_order="left")
    has_user = pl.col("tables").list.contains("USER_")
    return marked.with_columns(
        pl.when(pl.col("tables").is_null())
        .then(pl.lit("no officer"))
        .when(has_user)
        .then(pl.lit("officer with a new user"))
        .otherwise(pl.lit("officer"))
        .alias("when"),
        NOTHING.alias("there"),
    )
