"""From a company's team to region, receiving team and officer (routing.md).

The data is in mappings/routing/.
"""

from functools import cache

import polars as pl

from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.decisions import TEAMS
from vocabulary.resources import text_table

OWN, DEFAULT, UNALLOCATED = "kept", "default", "unallocated"
"""Who gets a component: its own practitioner, the default officer of the receiving team, or nobody yet."""

SENTENCE_MANAGEMENT, UNALLOCATED_TEAM = "SM", "UAT"

NO_TEAMS = pl.DataFrame(schema={"team": pl.String, "answer": pl.String})
"""No answers about teams (vocabulary.decisions, TEAMS)."""


@cache
def teams() -> pl.DataFrame:
    """team, team_kind, region, n_team, n_officer of every company team."""
    return text_table("mappings", "routing", "teams.csv").select(
        "company",
        pl.col("crc_team").alias("team"),
        pl.col("kind").alias("team_kind"),
        pl.col("region").alias("team_region"),
        "n_team",
        pl.col("n_default_officer").alias("n_officer"),
    )


@cache
def _teams_of(company_code: str) -> pl.DataFrame:
    return teams().filter(pl.col("company") == company_code).drop("company")


def decided_teams(batch: Batch) -> pl.DataFrame:
    """The answers about teams that travel with the batch."""
    return batch.decided.get(TEAMS, NO_TEAMS)


def own_teams(company_code: str, decided: pl.DataFrame = NO_TEAMS) -> pl.DataFrame:
    """The company's lines of `teams`, and the teams for which an operator named a receiver (O04)."""
    known = _teams_of(company_code)
    if decided.is_empty():
        return known
    found = decided.select("team", pl.col("answer").alias("n_team")).join(
        receivers(), on="n_team", how="inner"
    )
    new = found.join(known, on="team", how="anti").select(
        "team", "team_kind", pl.col("region").alias("team_region"), "n_team", "n_officer"
    )
    return pl.concat([known, new])


@cache
def receivers() -> pl.DataFrame:
    """n_team, n_officer, team_kind, region, name of every team that can receive cases, each once."""
    pdus = text_table("mappings", "routing", "pdus.csv")
    by_kind = {"SM": "sm", "UPW": "upw", "AP": "programmes"}
    of_pdus = [
        pdus.select(
            pl.col(f"{prefix}_team").alias("n_team"),
            pl.col(f"{prefix}_default_officer").alias("n_officer"),
            pl.lit(kind).alias("team_kind"),
            "region",
            pl.concat_str("pdu_name", pl.lit(f", {prefix.upper()}")).alias("name"),
        )
        for kind, prefix in by_kind.items()
    ]
    nobody = unallocated().select(
        pl.col("unallocated_team").alias("n_team"),
        pl.col("unallocated_officer").alias("n_officer"),
        pl.lit(UNALLOCATED_TEAM).alias("team_kind"),
        "region",
        pl.lit("unallocated").alias("name"),
    )
    return pl.concat([*of_pdus, nobody]).unique("n_team", keep="first", maintain_order=True)


@cache
def pdu_of_teams() -> pl.DataFrame:
    """team, pdu (its name): which delivery unit a receiving team of cases or unpaid work serves."""
    pdus = text_table("mappings", "routing", "pdus.csv")
    return pl.concat(
        pdus.select(pl.col(f"{kind}_team").alias("team"), pl.col("pdu_name").alias("pdu"))
        for kind in ("sm", "upw")
    )


@cache
def unallocated() -> pl.DataFrame:
    """region, unallocated_team, unallocated_officer."""
    return text_table("mappings", "routing", "regions.csv").select(
        "region", "unallocated_team", "unallocated_officer"
    )


@cache
def region_names() -> dict[str, str]:
    """Region code to name."""
    names = text_table("mappings", "routing", "regions.csv").select("region", "region_name")
    return dict(names.iter_rows())


def has_sentence_management(company_code: str) -> bool:
    """False for a company whose offender management moved earlier:
    it has no sentence management team (delius.md)."""
    own = teams().filter(pl.col("company") == company_code)
    return not own.filter(pl.col("team_kind") == SENTENCE_MANAGEMENT).is_empty()


def only_region(company_code: str) -> str | None:
    """The region of a company that lands whole in one; None where geography decides per person."""
    regions = company(company_code).regions
    return regions[0] if len(regions) == 1 else None


@cache
def pdu_teams() -> pl.DataFrame:
    """pdu_code, team_kind, pdu_team, pdu_officer: who receives in a PDU, by kind of the old team."""
    pdus = text_table("mappings", "routing", "pdus.csv")
    receivers = {"SM": "sm", "HUB": "sm", "UPW": "upw", "AP": "programmes"}
    return pl.concat(
        [
            pdus.select(
                "pdu_code",
                pl.lit(team_kind).alias("team_kind"),
                pl.col(f"{prefix}_team").alias("pdu_team"),
                pl.col(f"{prefix}_default_officer").alias("pdu_officer"),
            )
            for team_kind, prefix in receivers.items()
        ]
    )


def route(rows: pl.DataFrame, company_code: str, decided: pl.DataFrame = NO_TEAMS) -> pl.DataFrame:
    """Add `n_team, n_officer, allocation, is_team_unknown` to rows that have `region` and `team`.

    Where the team's own region is not the person's (companies that straddle two), the PDU of `pdu_code`
    receives, or without geography the receiving team of `person_team`; both columns are optional.
    `is_team_unknown`: the team is blank or not in teams.csv (O04). The company's own unallocated team goes to
    the region's unallocated team as well, without a warning. `decided`: answers about teams that are not in
    teams.csv.
    """
    own = own_teams(company_code, decided).lazy()
    missing = [word for word in ("pdu_code", "person_team") if word not in rows.columns]
    of_person = own.select(
        pl.col("team").alias("person_team"),
        pl.col("n_team").alias("person_n_team"),
        pl.col("n_officer").alias("person_n_officer"),
    )
    joined = (
        rows.lazy()
        .with_columns(pl.lit(None, pl.String).alias(word) for word in missing)
        .join(own, on="team", how="left", maintain_order="left")
        .join(unallocated().lazy(), on="region", how="left", maintain_order="left")
        .join(pdu_teams().lazy(), on=["pdu_code", "team_kind"], how="left", maintain_order="left")
        .join(of_person, on="person_team", how="left", maintain_order="left")
    )
    between = (
        "team_kind", "team_region", "unallocated_team", "unallocated_officer",
        "pdu_team", "pdu_officer", "person_n_team", "person_n_officer",
    )  # fmt: skip
    return _chosen(joined).drop(between).collect()


def _chosen(joined: pl.LazyFrame) -> pl.LazyFrame:
    """The receiving team and officer, in the order of routing.md."""
    is_unknown = pl.col("team_kind").is_null()
    stays_in_region = pl.col("team_region") == pl.col("region")
    chosen = {
        name: pl.when(is_unknown | (pl.col("team_kind") == UNALLOCATED_TEAM))
        .then(f"unallocated_{name}")
        .when(stays_in_region)
        .then(f"n_{name}")
        .otherwise(pl.coalesce(f"pdu_{name}", f"person_n_{name}", f"unallocated_{name}"))
        for name in ("team", "officer")
    }
    return joined.with_columns(
        is_unknown.alias("is_team_unknown"), *(choice.alias(f"n_{name}") for name, choice in chosen.items())
    ).with_columns(
        pl.when(pl.col("n_team") == pl.col("unallocated_team"))
        .then(pl.lit(UNALLOCATED))
        .otherwise(pl.lit(DEFAULT))
        .alias("allocation")
    )


def programme_teams(regions: pl.DataFrame, receivers: pl.DataFrame) -> pl.DataFrame:
    """person_id, region, team, officer: the programmes team of each person's region and its default officer.

    Of the person's PDU by geography, else of the PDU whose team has the person, else the region's first.

    Args:
        regions: person_id, region, pdu_code. receivers: person_id, team of who has the person.
    """
    pdus = text_table("mappings", "routing", "pdus.csv")
    by_pdu = _programmes(pdus, "pdu_code", "pdu")
    by_team = _programmes(pdus.unique("sm_team", keep="first", maintain_order=True), "sm_team", "own")
    of_region = _programmes(pdus.unique("region", keep="first", maintain_order=True), "region", "region")
    return (
        regions.select("person_id", "region", "pdu_code")
        .join(receivers.select("person_id", pl.col("team").alias("sm_team")), on="person_id", how="left")
        .join(by_pdu, on="pdu_code", how="left", maintain_order="left")
        .join(by_team, on="sm_team", how="left", maintain_order="left")
        .join(of_region, on="region", how="left", maintain_order="left")
        .select(
            "person_id",
            "region",
            pl.coalesce("pdu_team", "own_team", "region_team").alias("team"),
            pl.coalesce("pdu_officer", "own_officer", "region_officer").alias("officer"),
        )
    )


def _programmes(pdus: pl.DataFrame, key: str, prefix: str) -> pl.DataFrame:
    return pdus.select(
        key,
        pl.col("programmes_team").alias(f"{prefix}_team"),
        pl.col("programmes_default_officer").alias(f"{prefix}_officer"),
    )
