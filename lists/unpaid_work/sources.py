"""What the unpaid work lists are made from: orders, projects, placements and sessions, each with its region
and receiving team."""

from dataclasses import dataclass

import polars as pl

from lists.sources import NO_REGION, ListSources
from mappings.allocation.routing import OWN, decided_teams, pdu_of_teams, route
from mappings.case.case_model import CaseModel
from mappings.unpaid_work.dates import last_day_to_work
from mappings.unpaid_work.progress import order_progress
from mappings.writes.project_days import project_days
from mappings.writes.projects import new_code
from vocabulary.batch import Batch

WHERE = ["region", "team", "pdu"]
PERSON = ["crn", "surname", "first_name"]
MINUTES_PER_HOUR = 60
OF_ORDER = ["order_ref", "sentence_date", "last_day", "outstanding", "is_extended"]


@dataclass(frozen=True)
class WorkSources:
    """One company's unpaid work. Every frame has company and WHERE.

    `orders`: order_progress with PERSON, practitioner (who has the person) and last_day (to work).
    `projects`: routed_projects with project_code (the new one, or the old one of a project that does not go
    on). `placements`: carried ones with PERSON, practitioner, gender, OF_ORDER and the words of
    `_at_projects`; the team is the order's. `sessions`: carried ones with the same; the team is the
    project's. new_supervisor is blank for who keeps no case, whose new code this company's plan does not say.
    `told_sessions`: the same with those set aside, and without new_supervisor.
    `case_sessions`: case_system_ref, case_credited (minutes). `movers`: person_id of who has a component that
    moves. `days`: mappings.writes.project_days.
    """

    model: CaseModel
    orders: pl.DataFrame
    projects: pl.DataFrame
    placements: pl.DataFrame
    sessions: pl.DataFrame
    told_sessions: pl.DataFrame
    case_sessions: pl.DataFrame
    movers: pl.Series
    days: pl.DataFrame

    @property
    def batch(self) -> Batch:
        """The company's rows."""
        return self.model.batch


def work_sources(sources: ListSources) -> WorkSources:
    """Reads the company's orders and its schedule once for all lists."""
    batch = sources.batch
    orders = _orders(sources, order_progress(sources.case.model, sources.case.placements))
    projects = _projects(sources.case.projects)
    placed = _placed(sources, sources.case.placements, orders)
    return WorkSources(
        model=sources.case.model,
        orders=orders,
        projects=projects,
        placements=_at_projects(placed, projects),
        sessions=_sessions(batch.carried("upw", "upw_session"), placed, projects).join(
            _kept_officers(sources), on=["supervisor", "region"], how="left", maintain_order="left"
        ),
        told_sessions=_sessions(batch.in_scope("upw", "upw_session"), placed, projects),
        case_sessions=sources.case.session_references.select("case_system_ref", "case_credited").unique(
            "case_system_ref", keep="first", maintain_order=True
        ),
        days=project_days(projects, sources.case.model),
        movers=sources.moving["person_id"].drop_nulls().unique(),
    )


def _orders(sources: ListSources, progress: pl.DataFrame) -> pl.DataFrame:
    """Orders of everybody who goes to a region."""
    placed = progress.join(sources.regions, on="person_id", how="inner", maintain_order="left")
    routed = route(placed, sources.batch.company, decided_teams(sources.batch)).with_columns(
        pl.col("n_team").alias("team"), last_day_to_work(pl.col("sentence_date")).alias("last_day")
    )
    people = _people(sources).drop("region")
    return _with_pdu(routed).join(people, on="person_id", how="left", maintain_order="left")


def _projects(routed: pl.DataFrame) -> pl.DataFrame:
    return _with_pdu(
        routed.with_columns(
            pl.col("n_team").alias("team"),
            pl.when("is_written").then(new_code()).otherwise("code").alias("project_code"),
        )
    )


def _placed(sources: ListSources, placements: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Placements with their person and their order, whose sentence counts."""
    genders = sources.case.persons.select("person_id", "gender")
    return (
        placements.drop("crn", "surname", "sentence_date")
        .rename({"project_code": "code"})
        .join(_people(sources), on="person_id", how="left", maintain_order="left")
        .join(genders, on="person_id", how="left", maintain_order="left")
        .join(orders.select(*OF_ORDER, "team", "pdu"), on="order_ref", how="left", maintain_order="left")
        .with_columns(pl.col("region").fill_null(NO_REGION))
    )


def _sessions(rows: pl.DataFrame, placed: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """The project's team, which supervises; that of the order where the project is another region's."""
    person = placed.select(
        *["placement_ref", "person_id", *PERSON, "practitioner", "gender", *WHERE, *OF_ORDER],
        pl.col("end_date").alias("placed_until"),
    )
    sessions = rows.drop("person_id", strict=False).rename({"project_code": "code"})
    placed_sessions = sessions.join(person, on="placement_ref", how="inner", maintain_order="left")
    is_here = ~pl.col("is_elsewhere")
    return _at_projects(placed_sessions, projects).with_columns(
        pl.when(is_here).then(f"project_{name}").otherwise(name).alias(name) for name in ("team", "pdu")
    )


def _at_projects(rows: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """`rows` with words of their project and is_elsewhere. A region's pack names nothing of another region:
    a project elsewhere keeps the company's code there."""
    places = projects.select(
        *["code", pl.col("project_code").alias("new_code"), pl.col("name").alias("project"), "capacity"],
        *["is_women_only", "is_ete", pl.col("end_date").alias("closes")],
        *(pl.col(name).alias(f"project_{name}") for name in WHERE),
    ).unique("code", keep="first", maintain_order=True)
    is_elsewhere = (pl.col("project_region") != pl.col("region")).fill_null(True)
    return (
        rows.join(places, on="code", how="left", maintain_order="left")
        .with_columns(is_elsewhere.alias("is_elsewhere"))
        .with_columns(pl.when("is_elsewhere").then("code").otherwise("new_code").alias("project_code"))
    )


def _kept_officers(sources: ListSources) -> pl.DataFrame:
    """supervisor, region, new_supervisor: the new code of practitioners who keep a case."""
    kept = sources.moving.filter(pl.col("allocation") == OWN).select(
        pl.col("officer").alias("supervisor"), "region", pl.col("n_officer").alias("new_supervisor")
    )
    return kept.unique(["supervisor", "region"], keep="first", maintain_order=True)


def _people(sources: ListSources) -> pl.DataFrame:
    """Whom nDelius does not know yet goes by the company's own number."""
    people = sources.people.select("person_id", *PERSON, "region", pl.col("officer").alias("practitioner"))
    own = sources.case.persons.select("person_id", "person_ref").drop_nulls()
    named = people.join(own, on="person_id", how="left", maintain_order="left")
    return named.with_columns(pl.coalesce("crn", "person_ref").alias("crn")).drop("person_ref")


def _with_pdu(rows: pl.DataFrame) -> pl.DataFrame:
    """The delivery unit by name; a team code means nothing to who starts there on Day 1."""
    return rows.drop("pdu", strict=False).join(pdu_of_teams(), on="team", how="left", maintain_order="left")


def hours(word: str) -> pl.Expr:
    """Minutes as hours with two decimals: a quarter of an hour is exact."""
    return (pl.col(word) / MINUTES_PER_HOUR).round(2).cast(pl.Decimal(12, 2))
