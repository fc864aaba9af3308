"""Rows that satellite exports must have become: documents, stars, attendance, interventions.

Assessments and referrals have files of their own.
"""

import polars as pl

from reconcile.expected.assessments import star_notes
from reconcile.expected.diary import attribute_to_author, with_attendance
from reconcile.expected.interventions import expected_nsis
from reconcile.proofs.fields import Expected
from reconcile.registry import expects, places
from reconcile.sources.cases import kinds
from reconcile.sources.code_lists import decided_code, read_code
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records, with_person
from reconcile.sources.reading import read_day, read_word
from vocabulary.calendar import DAY_1, LAST_CRC_DAY
from vocabulary.resources import text_table

PROGRAMMES, DOCUMENTS, STAR = "programmes", "documents", "justice_star"
SESSION_CONTACT, STAR_CONTACT = "PRGS", "CRCA"
REFERRED, UNDER_WAY = "REFER", "INPROG"


@expects("documents", entities="document")
def expected_documents(evidence: Evidence, records: Records | None) -> list[Expected]:
    """DOCUMENT of every line that nDelius has not linked; one of nothing belongs to the person."""
    rows = with_person(evidence.delivery.carried(DOCUMENTS, "document"), records)
    new = rows.filter(pl.col("ndelius_document_id").is_null()).with_columns(
        pl.when(pl.col("owner_id") == "0").then("person").otherwise("owner_id").alias("owner")
    )
    keyed = evidence.with_keys(new, "DOCUMENT", DOCUMENTS)
    return [Expected("DOCUMENT", f"{DOCUMENTS}.document", keyed, DOCUMENTS, "document")]


@places(DOCUMENTS, entities="document")
def place_documents(rows: pl.DataFrame) -> pl.DataFrame:
    """By whether nDelius links it; its key there is no document of the baseline."""
    is_new = pl.col("ndelius_document_id").is_null()
    return rows.with_columns(
        pl.when(is_new).then(pl.lit("not linked")).otherwise(pl.lit("linked")).alias("when"),
        pl.lit(None, pl.String).alias("there"),
    )


@expects("justice_star", entities="star")
def expected_stars(evidence: Evidence, records: Records | None) -> list[Expected]:
    """One CONTACT per star, with its scores in the note."""
    rows = with_person(evidence.delivery.carried(STAR, "star"), records)
    people = attribute_to_author(rows.with_columns(pl.col("worker").alias("author")), evidence)
    ready = star_notes(people, evidence).with_columns(_contact_type(evidence, STAR_CONTACT))
    return [Expected("CONTACT", f"{STAR}.star", evidence.with_keys(ready, "CONTACT", STAR), STAR, "star")]


@expects("programmes", entities="attendance")
def expected_attendance(evidence: Evidence, records: Records | None) -> list[Expected]:
    """One CONTACT per attendance that nobody pushed, of sessions up to the companies' last day."""
    company, delivery = evidence.company, evidence.delivery
    sessions = delivery.carried(PROGRAMMES, "programme_session").select(
        "session_ref",
        "facilitator",
        read_day(PROGRAMMES, "programme_session", "date", company).alias("day"),
        *(
            read_word(PROGRAMMES, "programme_session", word, company).alias(name)
            for word, name in (
                ("date", "session_date"),
                ("start_time", "session_start"),
                ("end_time", "session_end"),
            )
        ),
    )
    referrals = with_person(delivery.carried(PROGRAMMES, "programme_referral"), records).select(
        "referral_ref", "person", "component_id"
    )
    rows = (
        delivery.carried(PROGRAMMES, "attendance")
        .filter(pl.col("contact_id").is_null())
        .join(sessions.unique("session_ref"), on="session_ref", how="left", maintain_order="left")
        .join(referrals.unique("referral_ref"), on="referral_ref", how="left", maintain_order="left")
        .filter(pl.col("day") <= LAST_CRC_DAY)
    )
    placed = hanging(rows, person_components(evidence))
    people = attribute_to_author(placed.with_columns(pl.col("facilitator").alias("author")), evidence)
    ready = with_attendance(people, evidence, PROGRAMMES, "attendance").with_columns(
        _contact_type(evidence, SESSION_CONTACT)
    )
    keyed = evidence.with_keys(ready, "CONTACT", PROGRAMMES)
    return [Expected("CONTACT", f"{PROGRAMMES}.attendance", keyed, PROGRAMMES, "attendance")]


@places(PROGRAMMES, entities="attendance")
def place_attendance(evidence: Evidence, rows: pl.DataFrame) -> pl.DataFrame:
    """By whether the company pushed it, and by the day of its session."""
    days = evidence.delivery.carried(PROGRAMMES, "programme_session").select(
        "session_ref", read_day(PROGRAMMES, "programme_session", "date", evidence.company).alias("day")
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


@expects("programmes", entities="rar_activity")
def expected_interventions(
    evidence: Evidence, records: Records | None, people: pl.DataFrame
) -> list[Expected]:
    """NSI and NSI_MANAGER of structured interventions, at the programmes team of the person's region."""
    company, delivery = evidence.company, evidence.delivery
    starts = read_day(PROGRAMMES, "rar_activity", "start_date", company)
    referred = _moment(pl.min_horizontal(starts, pl.lit(LAST_CRC_DAY)))
    has_started = (starts < DAY_1).fill_null(False)
    rows = with_person(delivery.carried(PROGRAMMES, "rar_activity"), records).with_columns(
        read_code("need_area", "rar_need", PROGRAMMES, company, delivery.decided).alias("nsi_type"),
        referred.alias("referral_date"),
        referred.alias("status_date"),
        pl.when(has_started).then(_moment(starts)).alias("start_date"),
        pl.when(has_started).then(pl.lit(UNDER_WAY)).otherwise(pl.lit(REFERRED)).alias("status"),
    )
    live = person_components(evidence).filter("is_live")
    placed = hanging(rows, live).join(programme_teams(people), on="person", how="left", maintain_order="left")
    return expected_nsis(evidence, placed, PROGRAMMES, "rar_activity")


def person_components(evidence: Evidence) -> pl.DataFrame:
    """person, kind, component, event, is_live (in nDelius): requirements, then licence conditions."""
    baseline, found = evidence.country.baseline, []
    events = baseline["disposal"].select("disposal_id", "event_id").unique("disposal_id")
    standing = evidence.country.cases.components
    for code in ("RQ", "LC"):
        kind = kinds()[code]
        live = standing.filter(kind=code)["component"]
        rows = baseline[kind.entity].join(events, on="disposal_id", how="left", maintain_order="left")
        found.append(
            rows.select(
                pl.col("offender_id").alias("person"),
                pl.lit(code).alias("kind"),
                pl.col(kind.word).alias("component"),
                pl.col("event_id").alias("event"),
                pl.col(kind.word).is_in(live.implode()).alias("is_live"),
            )
        )
    return pl.concat(found)


def hanging(rows: pl.DataFrame, components: pl.DataFrame) -> pl.DataFrame:
    """`rows` with requirement, licence_condition and event of the person's component that each names."""
    is_requirement = pl.col("kind") == "RQ"
    places = components.unique(["person", "component"], keep="first", maintain_order=True).select(
        "person",
        pl.col("component").alias("component_id"),
        pl.when(is_requirement).then("component").alias("requirement"),
        pl.when(~is_requirement).then("component").alias("licence_condition"),
        "event",
    )
    return rows.join(places, on=["person", "component_id"], how="left", maintain_order="left")


def programme_teams(people: pl.DataFrame) -> pl.DataFrame:
    """person, area, team, officer: the programmes team of the person's PDU, else of the PDU whose team has
    the person, else the region's first (decision 67)."""
    pdus = text_table("mappings", "routing", "pdus.csv")
    team, officer = "programmes_team", "programmes_default_officer"
    parts = {
        "g": pdus.select(pl.col("pdu_code").alias("pdu"), g_team=team, g_officer=officer),
        "o": pdus.unique("sm_team", keep="first", maintain_order=True).select(
            pl.col("sm_team").alias("team"), o_team=team, o_officer=officer
        ),
        "r": pdus.unique("region", keep="first", maintain_order=True).select(
            pl.col("region").alias("area"), r_team=team, r_officer=officer
        ),
    }
    joined = people
    for on, name in (("pdu", "g"), ("team", "o"), ("area", "r")):
        joined = joined.join(parts[name], on=on, how="left", maintain_order="left")
    return joined.select(
        "person",
        "area",
        pl.coalesce("g_team", "o_team", "r_team").alias("team"),
        pl.coalesce("g_officer", "o_officer", "r_officer").alias("officer"),
    )


def _contact_type(evidence: Evidence, code: str) -> pl.Expr:
    known = decided_code("contact_type", code, evidence.company, evidence.delivery.decided)
    return pl.lit(known).alias("contact_type")


def _moment(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.String) + " 00:00:00"
