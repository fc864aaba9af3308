"""Programmes and RAR activities of a region: who waits for a place, what goes on, what stopped and why."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources
from mappings.allocation.routing import programme_teams
from mappings.parsing.out_of_scope import BY_REGION, STRUCTURED, UNDER_WAY
from vocabulary.batch import SET_ASIDE
from vocabulary.calendar import DAY_1
from vocabulary.decisions import PROGRAMMES

EXPORT = "programmes"
PERSON = ["region", "team", "officer", "crn", "surname", "first_name"]
SESSION = ["date", "start_time", "end_time", "programme", "group_ref", "session_number", "venue"]

NOTHING_AGREED = pl.DataFrame(schema=dict.fromkeys(("region", "programme", "answer"), pl.String))
"""No answers about programmes (vocabulary.decisions, PROGRAMMES)."""

MODES = {"G": "group", "O": "one to one", "R": "remote"}
"""How a session is held (mappings/codes/delivery_mode.csv)."""


@makes_lists("interventions", "programmes")
def interventions_lists(sources: ListSources) -> Lists:
    """The six lists, by the team and officer who have the person from Day 1 on."""
    referrals = open_referrals(sources)
    return {
        "open_referrals": referrals,
        "director": director_list(referrals, sources.batch.decided.get(PROGRAMMES, NOTHING_AGREED)),
        "sessions": _sessions(sources),
        "approved": _approved(sources),
        **_stopped(sources),
    }


def director_list(referrals: pl.DataFrame, answers: pl.DataFrame = NOTHING_AGREED) -> pl.DataFrame:
    """Those that go on only where the regional director agrees (A01); `goes_on`: the answer, else blank."""
    agreed = answers.select("region", "programme", pl.col("answer").alias("goes_on"))
    return (
        referrals.filter(pl.col("programme").is_in(BY_REGION))
        .join(agreed, on=["region", "programme"], how="left", maintain_order="left")
        .with_columns(pl.col("goes_on").fill_null(""))
    )


def open_referrals(sources: ListSources) -> pl.DataFrame:
    """Every programme referral that is under way, with who has the person."""
    live = (
        sources.case.components.filter("is_live")
        .select("person_id", "component_id", "is_live")
        .unique(["person_id", "component_id"])
    )
    referrals = sources.batch.carried(EXPORT, "programme_referral").rename({"team": "old_team"})
    rows = referrals.filter(pl.col("status_target").is_in(UNDER_WAY))
    return (
        sources.with_person(rows)
        .join(live, on=["person_id", "component_id"], how="left", maintain_order="left")
        .sort(*PERSON[:4], maintain_order=True)
        .select(
            *PERSON,
            *["programme", "status"],
            pl.col("referral_date").alias("referred"),
            pl.col("start_date").alias("started"),
            pl.col("travel_minutes").alias("travel"),
            pl.col("component_id").cast(pl.String).alias("requirement"),
            pl.when(pl.col("component_id").is_not_null())
            .then(pl.col("is_live").fill_null(False))
            .alias("live"),
            *["company", "old_team"],
            pl.col("treatment_manager").alias("manager"),
            "referral_ref",
        )
    )


def _sessions(sources: ListSources) -> pl.DataFrame:
    """A row per person expected; a session that nobody is named for has one, with the company's region."""
    batch = sources.batch
    sessions = batch.carried(EXPORT, "programme_session").filter(pl.col("date") >= DAY_1)
    referrals = batch.carried(EXPORT, "programme_referral").select(
        "referral_ref", "person_id", "crn", "person_ref"
    )
    expected = batch.carried(EXPORT, "attendance").select("session_ref", "referral_ref")
    rows = sessions.join(expected, on="session_ref", how="left", maintain_order="left").join(
        referrals, on="referral_ref", how="left", maintain_order="left"
    )
    time = pl.col("start_time", "end_time").dt.strftime("%H:%M")
    return (
        sources.with_person(rows)
        .sort("region", "date", "start_time", "session_ref", "crn", maintain_order=True)
        .select(
            "region",
            *SESSION,
            pl.col("mode").replace_strict(MODES, default=None, return_dtype=pl.String),
            *["facilitator", "second_facilitator", "crn", "surname", "first_name", "team", "officer"],
            *["company", "session_ref"],
        )
        .with_columns(time)
    )


def _approved(sources: ListSources) -> pl.DataFrame:
    """What has become an NSI, with the programmes team that has it."""
    regions = sources.regions
    teams = programme_teams(regions, sources.people).select(
        "person_id", pl.col("team").alias("programmes_team")
    )
    rows = sources.with_person(sources.batch.carried(EXPORT, "rar_activity"))
    return (
        rows.join(teams, on="person_id", how="left", maintain_order="left")
        .sort("region", "programmes_team", "crn", maintain_order=True)
        .select("region", "programmes_team", *PERSON[1:], *_activity())
    )


def _stopped(sources: ListSources) -> Lists:
    """Live structured interventions that do not go over: no decision (A05), or rolled down (A07)."""
    rows = sources.batch.all(EXPORT, "rar_activity").filter(
        pl.col("row_outcome") != SET_ASIDE,
        pl.col("status_target") == "LIVE",
        pl.col("need_area").is_in(STRUCTURED),
    )
    has_no_decision = pl.col("panel_decision").is_null()
    groups = {
        "undecided": has_no_decision,
        "rolled_down": (pl.col("panel_decision_target") == "ROLLED_DOWN").fill_null(False),
    }
    return {
        name: sources.with_person(rows.filter(condition).unique("activity_ref", maintain_order=True))
        .sort(*PERSON[:4], maintain_order=True)
        .select(*PERSON, *_activity())
        for name, condition in groups.items()
    }


def _activity() -> list[pl.Expr | str]:
    to_do = pl.max_horizontal(pl.col("days_planned") - pl.col("days_done"), pl.lit(0))
    return [
        *["need_area", "activity_name"],
        pl.col("start_date").alias("started"),
        pl.col("days_planned").alias("days"),
        pl.col("days_done").alias("done"),
        to_do.alias("left"),
        "panel_ref",
        pl.col("is_sub_contracted").alias("by_supplier"),
        pl.col("component_id").cast(pl.String).alias("requirement"),
        *["company", "activity_ref"],
    ]
