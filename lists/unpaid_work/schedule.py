"""Who works where and when from Day 1 on, as a supervisor reads it; the projects, and who is at each."""

import polars as pl

from lists.unpaid_work.sources import PERSON, WHERE, WorkSources
from mappings.unpaid_work.late import EXTENDED, is_past_the_year
from vocabulary.calendar import DAY_1
from vocabulary.resources import text_table
from vocabulary.unpaid_work import FEMALE


def session_list(work: WorkSources) -> pl.DataFrame:
    """Every session from Day 1 on, by team, day, project and start, with what to check before it."""
    sessions = work.sessions.filter(pl.col("date") >= DAY_1)
    return sessions.sort(*WHERE, "date", "project_code", "start_time", "crn", nulls_last=True).select(
        *[*WHERE, "date"],
        pl.col("date").dt.strftime("%a").alias("day"),
        pl.col("start_time").dt.strftime("%H:%M").alias("from"),
        pl.col("end_time").dt.strftime("%H:%M").alias("to"),
        *["project_code", "project", *PERSON],
        _checks().alias("check_first"),
        pl.col("new_supervisor").alias("supervisor"),
        pl.col("supervisor").alias("supervisor_before"),
        "practitioner",
        *["company", "session_ref"],
    )


def project_list(work: WorkSources) -> pl.DataFrame:
    """Projects that go on, or that somebody is still placed at, under their new code."""
    counts = pl.col("people_placed", "sessions_booked").fill_null(0)
    is_used = pl.col("people_placed") + pl.col("sessions_booked") > 0
    return (
        work.projects.join(_people_placed(work), on="code", how="left", maintain_order="left")
        .join(coming(work, "code"), on="code", how="left", maintain_order="left")
        .join(_open_days(work), on="code", how="left", maintain_order="left")
        .with_columns(counts)
        .filter(pl.col("is_written") | is_used)
        .sort(*WHERE, "project_code", nulls_last=True)
        .select(
            *[*WHERE, "project_code", "name"],
            _label("upw_project_type.csv", "target_code", "type_target").alias("type"),
            pl.col("is_women_only").alias("women_only"),
            pl.col("is_ete").alias("counts_as_ete"),
            pl.col("capacity").alias("places"),
            *["people_placed", "sessions_booked", "open_on"],
            _label("ppe.csv", "source_code", "ppe").alias("equipment"),
            *["postcode", "beneficiary", "risk_review_date", "end_date", "company"],
            pl.col("code").alias("old_code"),
        )
    )


def placement_list(work: WorkSources) -> pl.DataFrame:
    """Everybody with a placement that is open on Day 1; who has no session booked first at each project."""
    ahead = coming(work, "placement_ref")
    placements = still_open(work.placements).join(
        ahead, on="placement_ref", how="left", maintain_order="left"
    )
    is_booked = pl.col("next_session").is_not_null()
    return placements.sort(*WHERE, "project_code", is_booked, "crn", nulls_last=True).select(
        *[*WHERE, "project_code", "project", *PERSON],
        pl.col("weekday").str.to_titlecase().alias("usual_day"),
        "next_session",
        pl.col("sessions_booked").fill_null(0),
        *["start_date", "end_date", "practitioner", "company", "placement_ref"],
    )


def still_open(placements: pl.DataFrame) -> pl.DataFrame:
    """Placements that have not ended by Day 1."""
    return placements.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1))


def coming(work: WorkSources, word: str) -> pl.DataFrame:
    """`word`, next_session, sessions_booked: sessions from Day 1 on."""
    sessions = work.sessions.filter(pl.col("date") >= DAY_1)
    return sessions.group_by(word).agg(
        pl.col("date").min().alias("next_session"), pl.len().cast(pl.Int64).alias("sessions_booked")
    )


def _people_placed(work: WorkSources) -> pl.DataFrame:
    people = pl.col("person_id").n_unique().cast(pl.Int64).alias("people_placed")
    return still_open(work.placements).group_by("code").agg(people)


def _open_days(work: WorkSources) -> pl.DataFrame:
    """code, open_on: the days and hours that nDelius will show, as text."""
    hours = (pl.col(name).dt.strftime("%H:%M") for name in ("start_time", "end_time"))
    said = pl.concat_str(
        pl.col("weekday").str.head(3).str.to_titlecase(), pl.concat_str(hours, separator="-"), separator=" "
    )
    days = work.days.group_by("code", maintain_order=True).agg(
        said.str.join("; ").alias("open_on"), pl.col("is_assumed").first()
    )
    assumed = pl.when("is_assumed").then(pl.lit(" (assumed)")).otherwise(pl.lit(""))
    return days.select("code", pl.concat_str("open_on", assumed).alias("open_on"))


def _label(codes: str, key: str, word: str) -> pl.Expr:
    """`word` as the code list calls it; a code that the list does not know stays."""
    table = text_table("mappings", "codes", codes).drop_nulls(key)
    table = table.unique(key, keep="last", maintain_order=True)
    return pl.col(word).replace(table[key], table["source_label"])


def _checks() -> pl.Expr:
    """Why a session may not be worked as it stands; blank when nothing speaks against it."""
    is_over = is_past_the_year(pl.col("date"))
    reasons = {
        "12 months over: court first": is_over & ~pl.col("is_extended"),
        EXTENDED: is_over & pl.col("is_extended"),
        "no hours outstanding": pl.col("outstanding") == 0,
        "women-only project": pl.col("is_women_only") & (pl.col("gender") != FEMALE),
        "project has closed": pl.col("closes") < pl.col("date"),
        "placement has ended": pl.col("placed_until") < pl.col("date"),
        "project is another region's: agree with it": pl.col("is_elsewhere"),
    }
    said = [pl.when(applies.fill_null(False)).then(pl.lit(reason)) for reason, applies in reasons.items()]
    return pl.concat_str([*said, _crowded()], separator="; ", ignore_nulls=True)


def _crowded() -> pl.Expr:
    """More people than places at one start; null where there is room."""
    people = pl.len().over("code", "date", "start_time")
    text = pl.concat_str(people, pl.lit(" people for "), "capacity", pl.lit(" places"))
    return pl.when(people > pl.col("capacity")).then(text)
