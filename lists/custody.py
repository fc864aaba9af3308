"""The custody book of a region: who is in prison, who comes out soon, and whose supervision after it ends.

The prison service decides who is responsible; this list only tells what its rule of June 2021 says.
"""

import datetime as dt

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources
from mappings.allocation.routing import pdu_of_teams, receivers, unallocated
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

IN_PRISON, RECALLED, SUPERVISED = ("A", "D", "I", "R"), "C", "P"
"""Custodial status (mappings/codes/custodial_status.csv)."""

RELEASE_DATES = ("ACR", "HDE")
"""Key dates that may be the release of a company's case: the earliest counts."""

LICENCE_END, SENTENCE_END, SUPERVISION_END = "LED", "SED", "PSSED"
HANDOVER = dt.timedelta(weeks=12)
"""Before release the prison is responsible for a company's case of a fixed length until then."""

FIRST_DAYS = DAY_1 + dt.timedelta(weeks=4)
NEXT_DAYS = FIRST_DAYS + dt.timedelta(weeks=12)
FIRST, NEXT, LATER, OVERDUE = "first four weeks", "next twelve weeks", "later", "before Day 1: check"
PRISON, COMMUNITY = "prison", "community"
RELEASE, ENDING = "release", "post-sentence supervision ends"

WHO = ["region", "pdu", "team", "officer", "in_post", "crn", "surname", "first_name"]


@makes_lists("custody")
def custody_lists(sources: ListSources) -> Lists:
    """`in_custody`, `releases` (those with a date in the first sixteen weeks) and `supervision_ends`."""
    cases = custody_cases(sources)
    inside = cases.filter(pl.col("event").is_null() | (pl.col("event") == RELEASE))
    soon = pl.col("when").is_in([FIRST, NEXT, OVERDUE])
    known = ["prison", "prisoner_number", "status", "release_date", "licence_end", "sentence_end"]
    responsible = ["responsible", "community_from", "recorded"]
    return {
        "in_custody": inside.select(*WHO, *known, "supervision_end", *responsible, "when", "company"),
        "releases": inside.filter(soon).select(
            *WHO, "when", "release_date", *known[:3], *responsible, "company"
        ),
        "supervision_ends": cases.filter((pl.col("event") == ENDING) & soon).select(
            *WHO, "when", "supervision_end", "sentence_end", "company"
        ),
    }


def unattended(cases: pl.DataFrame) -> pl.DataFrame:
    """The `custody_cases` that need somebody in the first four weeks and have no practitioner in post."""
    return cases.filter((pl.col("when") == FIRST) & (pl.col("in_post") == "no"))


def custody_cases(sources: ListSources) -> pl.DataFrame:
    """One row per live custody of a person who moves: in prison, recalled, or supervised after it.

    `event`: RELEASE or ENDING, null where no date is known; `day` when; `when` how soon.
    """
    people = sources.people.join(sources.moving.select("person_id").unique(), on="person_id", how="semi")
    found = _live_custody(sources.baseline).join(people, on="person_id", how="inner", maintain_order="left")
    dated = found.join(_dates_of_custody(sources.case.model.key_dates), on="custody_id", how="left").join(
        _requirement_ends(sources.baseline), on="custody_id", how="left"
    )
    ends = pl.coalesce("supervision_end", pl.when(pl.col("status") == SUPERVISED).then("requirement_end"))
    is_inside = pl.col("status") != SUPERVISED
    named = dated.with_columns(ends.alias("supervision_end")).with_columns(
        pl.when(is_inside).then("release_date").otherwise("supervision_end").alias("day"),
        pl.lit(sources.batch.company).alias("company"),
        _in_post().alias("in_post"),
    )
    event = pl.when(is_inside).then(pl.lit(RELEASE)).otherwise(pl.lit(ENDING))
    with_recorded = named.join(_recorded(sources.baseline), on="person_id", how="left", maintain_order="left")
    return (
        with_recorded.with_columns(
            pl.when(pl.col("day").is_not_null()).then(event).alias("event"), _when(), *_responsible()
        )
        .filter(is_inside | pl.col("day").is_not_null())
        .join(pdu_of_teams(), on="team", how="left", maintain_order="left")
        .sort("region", "pdu", "team", "day", "crn", nulls_last=True)
    )


def _live_custody(baseline: Batch) -> pl.DataFrame:
    """custody_id, person_id, status, prison, prisoner_number of sentences that have not ended."""
    sentences = baseline.standing("disposal").filter("is_active").select("disposal_id", "event_id")
    custody = baseline.standing("custody").filter(pl.col("status").is_in([*IN_PRISON, RECALLED, SUPERVISED]))
    return custody.join(sentences, on="disposal_id", how="inner", maintain_order="left").select(
        "custody_id",
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        "status",
        pl.col("institution").alias("prison"),
        "prisoner_number",
    )


def _dates_of_custody(key_dates: pl.DataFrame) -> pl.DataFrame:
    """custody_id, release_date and the other dates; none where no system carries them."""
    names = {LICENCE_END: "licence_end", SENTENCE_END: "sentence_end", SUPERVISION_END: "supervision_end"}

    def earliest(*kinds: str) -> pl.Expr:
        return pl.col("date").filter(pl.col("type").is_in(kinds)).min()

    return key_dates.group_by("custody_id").agg(
        earliest(*RELEASE_DATES).alias("release_date"),
        *(earliest(kind).alias(name) for kind, name in names.items()),
    )


def _requirement_ends(baseline: Batch) -> pl.DataFrame:
    """custody_id, requirement_end: the last day of the longest live requirement after the sentence."""
    rows = baseline.standing("pss_requirement").filter("is_active")
    end = pl.col("start_date") + pl.duration(days=pl.col("length"))
    return rows.group_by("custody_id").agg(end.max().alias("requirement_end"))


def _recorded(baseline: Batch) -> pl.DataFrame:
    """person_id, recorded: whom nDelius has as responsible officer on the evening before."""
    rows = baseline.standing("responsible_officer").filter(pl.col("end_date").is_null())
    who = pl.when(pl.col("prison_manager_id").is_not_null()).then(pl.lit(PRISON)).otherwise(pl.lit(COMMUNITY))
    return (
        rows.select(pl.col("offender_id").cast(pl.String).alias("person_id"), who.alias("recorded"))
        .group_by("person_id")
        .agg(pl.col("recorded").unique().sort().str.join(" and "))
    )


def _in_post() -> pl.Expr:
    """A team's default officer and the unallocated one are names for nobody."""
    nobody = pl.concat([receivers()["n_officer"], unallocated()["unallocated_officer"]])
    is_nobody = pl.col("officer").is_null() | pl.col("officer").is_in(nobody.implode())
    return pl.when(is_nobody).then(pl.lit("no")).otherwise(pl.lit("yes"))


def _when() -> pl.Expr:
    day = pl.col("day")
    return (
        pl.when(day < DAY_1)
        .then(pl.lit(OVERDUE))
        .when(day < FIRST_DAYS)
        .then(pl.lit(FIRST))
        .when(day < NEXT_DAYS)
        .then(pl.lit(NEXT))
        .when(day.is_not_null())
        .then(pl.lit(LATER))
        .otherwise(pl.lit("not known: ask the prison"))
        .alias("when")
    )


def _responsible() -> list[pl.Expr]:
    """Community of the recalled, and from twelve weeks before release on; else the prison."""
    handover = pl.col("release_date") - HANDOVER
    is_community = pl.col("status").is_in([RECALLED, SUPERVISED]) | (handover <= DAY_1).fill_null(False)
    return [
        pl.when(is_community).then(pl.lit(COMMUNITY)).otherwise(pl.lit(PRISON)).alias("responsible"),
        pl.when(~pl.col("status").is_in([RECALLED, SUPERVISED])).then(handover).alias("community_from"),
    ]
