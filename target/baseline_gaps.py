"""What nDelius has and the baseline's files do not carry, made so that the database's own constraints hold.

Every stand-in is generated, none is read by a later stage as if a person had recorded it.
"""

import polars as pl

from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM, complete_assignments
from target.blocks import distinct
from target.create import NO_AREA
from target.prison_managers import prison_managers
from target.resolve import Resolver
from target.teams_and_officers import add_teams
from vocabulary.source import ndelius_tables

_NEW_REGISTRATION = "ERGN"
"""Contact type of a new registration (dictionary: CONTACT TYPE)."""

_NO_CONTACTS = pl.LazyFrame(schema={"contact_id": pl.Int64, "offender_id": pl.Int64})

_NO_TEAM = NO_AREA + UNALLOCATED_TEAM

_COMMISSIONED = "CRS" + UNALLOCATED_TEAM
"""The team of commissioned services. nDelius has it; a baseline may have been drawn without it."""


def filled_frames(resolver: Resolver, frames: dict[str, pl.LazyFrame]) -> dict[str, tuple[pl.LazyFrame, ...]]:
    """`frames` with the rows and words that others need, court_appearance and prison_manager among them.

    Each entity in parts, one after the other.
    """
    filled: dict[str, tuple[pl.LazyFrame, ...]] = {entity: (frame,) for entity, frame in frames.items()}
    _add_stand_ins(resolver, frames)
    if "court_report" in frames:
        reports = frames["court_report"].collect()
        appearances = _court_appearances(reports)
        filled["court_appearance"] = (appearances.lazy(),)
        filled["court_report"] = (_with_appearance(reports, appearances).lazy(),)
    if "registration" in frames:
        contacts = frames.get("contact", _NO_CONTACTS)
        registrations, made = _with_contact(frames["registration"].collect(), contacts)
        filled["registration"] = (registrations.lazy(),)
        filled["contact"] = (contacts, made.lazy())
    if "responsible_officer" in frames:
        named = frames["responsible_officer"].filter(pl.col("prison_manager_id").is_not_null())
        filled["prison_manager"] = (prison_managers(resolver, named.collect()).lazy(),)
    for entity in ("restriction", "exclusion"):
        if entity in frames:
            filled[entity] = (_with_start(resolver, frames[entity].collect(), frames).lazy(),)
    return filled


def _add_stand_ins(resolver: Resolver, frames: dict[str, pl.LazyFrame]) -> None:
    """Unallocated teams and officers that rows without team or officer fall to (dictionary rule 8)."""
    entities = {entity: table for table, entity in ndelius_tables().items()}
    names = {entity: frame.collect_schema().names() for entity, frame in frames.items()}
    named = [
        distinct(frame.select(own := [word for word in ("team", "officer", "area") if word in names[entity]]))
        .lazy()
        .with_columns(**complete_assignments(entities[entity], own))
        for entity, frame in frames.items()
        if {"team", "officer"} <= set(names[entity])
    ]
    known = resolver.codes("TEAM")["code"]
    is_stand_in = pl.col("team").str.ends_with(UNALLOCATED_TEAM) | (
        pl.col("team").is_in(known.implode()) & (pl.col("officer") == pl.col("team") + UNALLOCATED_OFFICER)
    )
    team = pl.col("team").cast(pl.String)
    teams = pl.collect_all(frame.filter(is_stand_in).select(team) for frame in named)
    no_team = pl.DataFrame({"team": [_NO_TEAM, _COMMISSIONED]})
    wanted = pl.concat([no_team, *teams]).unique(maintain_order=True).sort("team")
    add_teams(
        resolver,
        wanted.select(
            pl.col("team").alias("code"),
            pl.concat_str(pl.lit("Unallocated "), "team").alias("name"),
            pl.col("team").str.head(3).alias("area"),
            pl.lit(None, pl.String).alias("pdu"),
            pl.lit(False).alias("is_unpaid_work_team"),
        ),
    )


def _court_appearances(reports: pl.DataFrame) -> pl.DataFrame:
    """One appearance per event with a report: a report hangs on an appearance, the export on the event."""
    return (
        reports.group_by("event_id", maintain_order=True)
        .agg(pl.col("offender_id").first(), pl.col("requested_date").min().alias("date"))
        .sort("event_id")
        .with_columns(pl.int_range(1, pl.len() + 1).alias("court_appearance_id"))
    )


def _with_appearance(reports: pl.DataFrame, appearances: pl.DataFrame) -> pl.DataFrame:
    return reports.join(
        appearances.select("event_id", "court_appearance_id"),
        on="event_id",
        how="left",
        maintain_order="left",
    )


def _with_contact(registrations: pl.DataFrame, contacts: pl.LazyFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Registrations with the contact they must name, and the contacts that are made for them.

    No export says which contact announced a registration. The person's first keeps the number of diary rows
    what it was; only a person without any gets a row more.
    """
    first = (
        contacts.join(registrations.lazy().select("offender_id").unique(), on="offender_id", how="semi")
        .group_by("offender_id")
        .agg(pl.col("contact_id").min())
        .collect(engine="streaming")
    )
    known = registrations.join(first, on="offender_id", how="left", maintain_order="left")
    is_missing = pl.col("contact_id").is_null()
    free = int(contacts.select(pl.col("contact_id").max()).collect(engine="streaming").item() or 0)
    numbers = is_missing.cum_sum().cast(pl.Int64) + free
    named = known.with_columns(pl.when(is_missing).then(numbers).otherwise("contact_id").alias("contact_id"))
    return named, _registration_contacts(named.filter(known["contact_id"].is_null()), contacts)


def _registration_contacts(registrations: pl.DataFrame, contacts: pl.LazyFrame) -> pl.DataFrame:
    """A contact for each of `registrations`, with the words of `contacts`. Deleted: no diary shows them."""
    made = registrations.select(
        "contact_id",
        "offender_id",
        "date",
        "team",
        "officer",
        pl.lit(_NEW_REGISTRATION).alias("type"),
        pl.col("team").str.strip_chars().str.head(3).alias("area"),
        pl.lit(True).alias("is_deleted"),
    )
    return pl.concat([contacts.clear().collect(), made], how="diagonal_relaxed")


def _with_start(resolver: Resolver, limits: pl.DataFrame, frames: dict[str, pl.LazyFrame]) -> pl.DataFrame:
    """Who set the restriction or exclusion: the user's own officer and team, else nobody's."""
    logins = frames["user"].select("user", pl.col("staff_id").alias("start_staff_id")).collect()
    users = logins.unique("user", keep="first", maintain_order=True)
    members = frames["staff_team"].select("staff_id", "team_id").collect()
    teams = members.group_by("staff_id").agg(pl.col("team_id").min().alias("start_team_id"))
    known = limits.join(users, on="user", how="left", maintain_order="left").join(
        teams, left_on="start_staff_id", right_on="staff_id", how="left", maintain_order="left"
    )
    nobody = resolver.codes("OFFICER").filter(pl.col("code") == _NO_TEAM + UNALLOCATED_OFFICER)["id"][0]
    nowhere = resolver.codes("TEAM").filter(pl.col("code") == _NO_TEAM)["id"][0]
    has_team = pl.col("start_team_id").is_not_null()
    return known.with_columns(
        pl.when(has_team).then("start_staff_id").otherwise(nobody).alias("start_staff_id"),
        pl.when(has_team).then("start_team_id").otherwise(nowhere).alias("start_team_id"),
    )
