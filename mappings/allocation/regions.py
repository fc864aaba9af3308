"""Which region a person goes to: the company's, or where it straddles two,
the person's geography (routing.md)."""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.postcodes import by_postcode
from mappings.allocation.routing import decided_teams, only_region, own_teams
from mappings.case.case_model import CaseModel
from mappings.case.company_persons import company_persons, components_of
from mappings.case.component_kinds import OM
from mappings.case.delivered_rows import named
from mappings.case.live_components import Frames
from mappings.case.main_addresses import main_addresses
from mappings.case.managers import active_managers
from vocabulary.batch import Batch
from vocabulary.decisions import REGIONS
from vocabulary.findings import collect, findings_of, no_findings
from vocabulary.resources import text_table

FIRST_ANSWERS = {OM: 0, "RQ": 1, "NSI": 2}
"""Whose team stands for the person: the offender manager's,
else of the first requirement or NSI (routing.md)."""

PERSON_SCHEMA = {
    "person_id": pl.String, "region": pl.String, "pdu_code": pl.String, "person_team": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Regions:
    """`persons`: person_id, region, pdu_code (null unless geography answered),
    person_team (of the company). `held`: person_id of those whom nothing gives a region (G01)."""

    persons: pl.DataFrame
    held: pl.Series
    findings: pl.DataFrame


def person_regions(model: CaseModel) -> Regions:
    """The region of every person of the company (mappings.case.company_persons);
    G01 and G02 where geography decides."""
    return regions_of(company_persons(model), model)


def regions_of(persons: pl.Series, model: CaseModel) -> Regions:
    """The regions of `persons` (person_id): the company's, or where it straddles two by what nDelius says."""
    batch = model.batch
    region = only_region(batch.company)
    if region is not None:
        return Regions(_in_one_region(persons, region), persons.clear(), no_findings())
    own = {
        entity: frame.filter(pl.col("offender_id").cast(pl.String).is_in(persons.implode()))
        if "offender_id" in frame.columns
        else frame
        for entity, frame in model.standing.items()
    }
    people = own["offender"].with_columns(pl.col("offender_id").cast(pl.String).alias("person_id"))
    return _geographic_regions(named(people, batch, "offender", "person_id"), own, batch)


def _in_one_region(persons: pl.Series, region: str) -> pl.DataFrame:
    return pl.DataFrame({"person_id": persons}, schema={"person_id": pl.String}).with_columns(
        pl.lit(region).alias("region"),
        pl.lit(None, pl.String).alias("pdu_code"),
        pl.lit(None, pl.String).alias("person_team"),
    )


def _geographic_regions(persons: pl.DataFrame, known: Frames, batch: Batch) -> Regions:
    """The regions of `persons` by their addresses and managers in nDelius (`known`)."""
    geography = _geography(known["address"], batch.company)
    judged = (
        persons.join(geography, on="offender_id", how="left", maintain_order="left")
        .join(_person_teams(known, batch), on="person_id", how="left", maintain_order="left")
        .join(_decided(batch), on="person_id", how="left", maintain_order="left")
    ).with_columns(pl.coalesce("geo_region", "team_region", "decided_region").alias("region"))
    disagrees = pl.col("geo_region") != pl.col("team_region")
    findings = [
        findings_of(judged.filter(pl.col("region").is_null()), "G01", "offender"),
        findings_of(judged.filter(disagrees), "G02", "offender"),
    ]
    has_region = pl.col("region").is_not_null()
    return Regions(
        judged.filter(has_region).select(list(PERSON_SCHEMA)),
        judged.filter(~has_region)["person_id"],
        collect(findings),
    )


def _decided(batch: Batch) -> pl.DataFrame:
    """person_id, decided_region: what an operator answered where nothing else does (G01)."""
    answers = batch.decided.get(REGIONS)
    if answers is None:
        return pl.DataFrame(schema={"person_id": pl.String, "decided_region": pl.String})
    return answers.select(pl.col("offender_id").alias("person_id"), pl.col("answer").alias("decided_region"))


def _geography(addresses: pl.DataFrame, company: str) -> pl.DataFrame:
    """offender_id, geo_region, pdu_code: by full postcode, else its district, else the local authority of
    the main address."""
    postcode = pl.when(~pl.col("is_no_fixed_abode").fill_null(False)).then("postcode")
    return (
        by_postcode(main_addresses(addresses), company, postcode)
        .join(_authorities(company, "district"), on="district", how="left", maintain_order="left")
        .join(_authorities(company, "county"), on="county", how="left", maintain_order="left")
        .select(
            "offender_id",
            pl.coalesce("postcode_region", "district_region", "county_region").alias("geo_region"),
            pl.when(pl.col("postcode_region").is_not_null())
            .then("postcode_pdu")
            .when(pl.col("district_region").is_not_null())
            .then("district_pdu")
            .otherwise("county_pdu")
            .alias("pdu_code"),
        )
    )


def _authorities(company: str, word: str) -> pl.DataFrame:
    table = text_table("mappings", "routing", "local_authorities.csv")
    return table.filter(pl.col("company") == company).select(
        pl.col("local_authority").alias(word),
        pl.col("region").alias(f"{word}_region"),
        pl.col("pdu_code").alias(f"{word}_pdu"),
    )


def _person_teams(known: Frames, batch: Batch) -> pl.DataFrame:
    """person_id, person_team, team_region: the team that stands for the person in this company."""
    own = active_managers(known).filter(
        pl.col("is_current") & (pl.col("area") == batch.company) & pl.col("kind").is_in(list(FIRST_ANSWERS))
    )
    first = (
        own.lazy()
        .join(components_of(known), on=["kind", "component_ref"], how="inner")
        .with_columns(pl.col("kind").replace_strict(FIRST_ANSWERS, return_dtype=pl.Int8).alias("_order"))
        .sort("person_id", "_order", pl.col("component_ref").cast(pl.Int64))
        .unique("person_id", keep="first", maintain_order=True)
        .collect()
    )
    own_regions = own_teams(batch.company, decided_teams(batch)).select("team", "team_region")
    return first.join(own_regions, on="team", how="left", maintain_order="left").select(
        "person_id", pl.col("team").alias("person_team"), "team_region"
    )
