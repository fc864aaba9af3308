"""What the unpaid work schedule must have added: projects that go on, open placements, sessions nDelius
lacks."""

import polars as pl

from reconcile.allocation.geography import teams_of
from reconcile.allocation.receivers import NO_OFFICERS, receivers_of
from reconcile.expected.answered_sessions import carried_sessions
from reconcile.expected.diary import diary_people, with_attendance
from reconcile.proofs.fields import Expected
from reconcile.registry import expects
from reconcile.sources.code_lists import decided_code
from reconcile.sources.delivery import Frames
from reconcile.sources.evidence import Country, Evidence
from reconcile.sources.origins import Records, is_new, with_person
from reconcile.sources.reading import read_day, read_word
from vocabulary.calendar import DAY_1
from vocabulary.companies import BASELINE_COMPANY, company

UPW = "upw"
PROJECT, PLACEMENT, SESSION = "upw_project", "upw_placement", "upw_session"
UNPAID_WORK = "W"
SESSION_CONTACT = "CUPA"


def written_projects(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """The carried projects with key, region, n_team, n_officer, is_open and is_written.

    Written: one that is open after Day 1; a closed one that nDelius never knew and something written names.
    """
    delivery = evidence.delivery
    rows = evidence.with_keys(delivery.carried(UPW, PROJECT), "UPW_PROJECT", UPW)
    homes = teams_of(delivery).select("team", "region")
    end = read_day(UPW, PROJECT, "end_date", evidence.company)
    known = evidence.country.baseline["upw_project"]["code"]
    is_open = end.is_null() | (end > DAY_1)
    is_needed = pl.col("code").is_in(_named_projects(evidence, records).implode())
    placed = rows.join(homes, on="team", how="left", maintain_order="left").with_columns(
        pl.col("region").fill_null(company(evidence.company).regions[0]),
        is_open.alias("is_open"),
        (is_open | (is_needed & ~pl.col("code").is_in(known.implode()))).alias("is_written"),
        *(pl.lit(None, pl.String).alias(name) for name in ("pdu", "person_team", "officer")),
    )
    return receivers_of(placed, delivery, NO_OFFICERS)


def project_keys(projects: pl.DataFrame, baseline: Frames) -> pl.DataFrame:
    """project_code, project: the key of the region's copy, else of nDelius's own row of that code."""
    new = projects.filter("is_written").select(
        pl.col("code").alias("project_code"), pl.col("key").alias("project")
    )
    old = baseline["upw_project"].select(
        pl.col("code").alias("project_code"), pl.col("upw_project_id").alias("project")
    )
    return pl.concat([new, old]).unique("project_code", keep="first", maintain_order=True)


def live_orders(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """person, order, event of the order each person works at: live, and of several the latest sentence."""
    known = baseline_orders(evidence.country)
    if records is not None:
        own = _own_orders(records)
        known = pl.concat([known, own.join(known, on="order", how="anti")])
    return (
        known.filter("is_live")
        .sort("sentence_day", "is_new", "order", descending=[True, True, True], nulls_last=True)
        .unique("person", keep="first", maintain_order=True)
        .select("person", "order", "event")
    )


def placed_people(evidence: Evidence, orders: pl.DataFrame, records: Records | None) -> pl.DataFrame:
    """The carried placements with person, order, event (null without a live order) and is_open."""
    rows = with_person(evidence.delivery.carried(UPW, PLACEMENT), records)
    end = read_day(UPW, PLACEMENT, "end_date", evidence.company)
    return rows.join(orders, on="person", how="left", maintain_order="left").with_columns(
        (end.is_null() | (end >= DAY_1)).alias("is_open")
    )


@expects("upw", entities="upw_project upw_placement upw_session")
def expected_schedule(
    evidence: Evidence, projects: pl.DataFrame, placements: pl.DataFrame, records: Records | None
) -> list[Expected]:
    """Rows of UPW_PROJECT, UPW_ALLOCATION, UPW_APPOINTMENT and CONTACT."""
    code = pl.concat_str(
        "region", pl.col("code").str.strip_prefix(evidence.company), pl.lit("-"), pl.lit(evidence.company)
    )
    goes_on = projects.filter("is_written").with_columns(
        code.alias("new_code"),
        pl.col("n_team").alias("team"),
        pl.col("region").alias("area"),
        pl.when("is_open").then(pl.lit("Y")).otherwise(pl.lit("N")).alias("is_selectable"),
    )
    keys = project_keys(projects, evidence.country.baseline)
    allocations = evidence.with_keys(
        placements.filter("is_open").join(keys, on="project_code", how="left", maintain_order="left"),
        "UPW_ALLOCATION",
        UPW,
    )
    sessions = added_sessions(evidence, projects, placements, keys, records)
    return [
        Expected("UPW_PROJECT", f"{UPW}.{PROJECT}", goes_on, UPW, PROJECT),
        Expected("UPW_ALLOCATION", f"{UPW}.{PLACEMENT}", allocations, UPW, PLACEMENT),
        *appointment_and_contact(evidence, sessions, UPW, SESSION),
    ]


def added_sessions(
    evidence: Evidence,
    projects: pl.DataFrame,
    placements: pl.DataFrame,
    keys: pl.DataFrame,
    records: Records | None,
) -> pl.DataFrame:
    """Sessions that nDelius has not: with person, order, event, project, and under whom they stand."""
    own = placements.select("placement_ref", "person", "order", "event")
    homes = projects.select(pl.col("code").alias("project_code"), "team", "region").unique("project_code")
    rows = (
        carried_sessions(evidence, records)
        .filter(pl.col("case_system_ref").is_null())
        .join(own.unique("placement_ref"), on="placement_ref", how="left", maintain_order="left")
        .join(keys, on="project_code", how="left", maintain_order="left")
        .join(homes, on="project_code", how="left", maintain_order="left")
        .with_columns(
            pl.col("supervisor").alias("officer"),
            read_day(UPW, SESSION, "date", evidence.company).alias("day"),
            read_word(UPW, SESSION, "credited", evidence.company).fill_null("0").alias("credited"),
            *(pl.lit(None, pl.String).alias(name) for name in ("pdu", "person_team")),
        )
    )
    return diary_people(rows, evidence)


def appointment_and_contact(
    evidence: Evidence, sessions: pl.DataFrame, export: str, entity: str
) -> list[Expected]:
    """The two rows of a session, which name each other."""
    kind = decided_code("contact_type", SESSION_CONTACT, evidence.company, evidence.delivery.decided)
    shared = with_attendance(sessions, evidence, export, entity).with_columns(
        pl.lit(kind).alias("contact_type")
    )
    both = evidence.with_keys(shared, "CONTACT", export, "contact")
    writer = f"{export}.{entity}"
    return [
        Expected(
            "UPW_APPOINTMENT", writer, evidence.with_keys(both, "UPW_APPOINTMENT", export), export, entity
        ),
        Expected("CONTACT", writer, both.with_columns(pl.col("contact").alias("key")), export, entity),
    ]


def _named_projects(evidence: Evidence, records: Records | None) -> pl.Series:
    """Projects of sessions to add and of placements open on Day 1."""
    delivery = evidence.delivery
    end = read_day(UPW, PLACEMENT, "end_date", evidence.company)
    sessions = carried_sessions(evidence, records).filter(pl.col("case_system_ref").is_null())
    placements = delivery.carried(UPW, PLACEMENT).filter(end.is_null() | (end >= DAY_1))
    named = [sessions["project_code"], placements["project_code"]]
    if records is not None:
        named.append(records.frames["upw_session"].filter(is_new("upw_session"))["project_code"])
    return pl.concat(named).drop_nulls().unique()


def baseline_orders(country: Country) -> pl.DataFrame:
    """order, event, person, sentence_day, is_live, is_new of every order that nDelius holds."""
    return country.cached("orders", lambda: _orders(country.baseline))


def _orders(baseline: Frames) -> pl.DataFrame:
    work = (
        baseline["requirement"]
        .filter(pl.col("main_category") == UNPAID_WORK)
        .group_by("disposal_id")
        .agg((pl.col("is_active") == "1").any().alias("works"))
    )
    events = baseline["event"].select("event_id", (pl.col("is_active") == "1").alias("event_lives"))
    sentences = baseline["disposal"].select(
        "disposal_id",
        "event_id",
        (pl.col("is_active") == "1").alias("sentence_lives"),
        read_day("delius", "disposal", "sentence_date", BASELINE_COMPANY).alias("sentence_day"),
    )
    placed = (
        baseline["upw_order"]
        .join(sentences, on="disposal_id")
        .join(events, on="event_id")
        .join(work, on="disposal_id", how="left")
    )
    return placed.select(
        pl.col("upw_order_id").alias("order"),
        pl.col("event_id").alias("event"),
        pl.col("offender_id").alias("person"),
        "sentence_day",
        (pl.col("event_lives") & pl.col("sentence_lives") & pl.col("works").fill_null(True)).alias("is_live"),
        pl.lit(False).alias("is_new"),
    )


def _own_orders(records: Records) -> pl.DataFrame:
    """The same of the orders of the company's own case system."""
    work = (
        records.frames["requirement"]
        .filter(pl.col("main_category") == UNPAID_WORK)
        .group_by("local_event_ref")
        .agg(pl.col("end_date").is_null().any().alias("works"))
    )
    orders = records.frames["upw_order"].join(work, on="local_event_ref", how="left", maintain_order="left")
    return orders.filter(pl.col("has_ended").is_not_null()).select(
        "order",
        "event",
        "person",
        "sentence_day",
        (~pl.col("has_ended") & pl.col("works").fill_null(True)).alias("is_live"),
        is_new("upw_order").alias("is_new"),
    )
