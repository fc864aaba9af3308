"""The region and the delivery unit of each person, derived a second time from address, team and routing data.

Source: routing.md. A company that lands whole in one region asks nobody; of the two that straddle a border
the main address answers, then the team.
"""

from functools import cache

import polars as pl

from reconcile.sources.cases import OM, RQ, NationalCases
from reconcile.sources.delivery import Delivery, Frames
from reconcile.sources.reading import read_day
from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.decisions import REGIONS
from vocabulary.resources import text_table

MAIN = "M"
TEAM_SPEAKS = {OM: 0, RQ: 1, "NSI": 2}
"""Whose team stands for a person: the offender manager's, else of the first requirement, else of the first
NSI."""

SCHEMA = {"person": pl.String, "region": pl.String, "pdu": pl.String, "person_team": pl.String}
POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"


def regions_of(
    persons: pl.Series, delivery: Delivery, baseline: Frames, cases: NationalCases
) -> pl.DataFrame:
    """SCHEMA of `persons` (keys); region is null where nothing answers (G01)."""
    frame = pl.DataFrame({"person": persons}).unique(maintain_order=True)
    homes = company(delivery.company).regions
    if len(homes) == 1:
        nothing = pl.lit(None, pl.String)
        return frame.select("person", region=pl.lit(homes[0]), pdu=nothing, person_team=nothing)
    teams = _person_teams(cases, delivery)
    placed = (
        frame.join(_by_address(baseline["address"], delivery.company), on="person", how="left")
        .join(teams, on="person", how="left")
        .join(_answers(delivery), on="person", how="left")
    )
    return placed.select(
        "person",
        pl.coalesce("address_region", "team_region", "answer").alias("region"),
        "pdu",
        "person_team",
    )


def teams_of(delivery: Delivery) -> pl.DataFrame:
    """team, kind, region, n_team, n_officer of the company's teams: routing, then what operators answered."""
    known = text_table("mappings", "routing", "teams.csv").filter(company=delivery.company)
    listed = known.select(
        pl.col("crc_team").alias("team"),
        "kind",
        "region",
        "n_team",
        pl.col("n_default_officer").alias("n_officer"),
    )
    answers = delivery.decided.get("teams")
    if answers is None or answers.is_empty():
        return listed
    named = answers.select("team", pl.col("answer").alias("n_team")).join(receiving_teams(), on="n_team")
    return pl.concat([listed, named.join(listed, on="team", how="anti").select(listed.columns)])


def receiving_teams() -> pl.DataFrame:
    """n_team, n_officer, kind, region of every team that can receive."""
    pdus = text_table("mappings", "routing", "pdus.csv")
    regions = text_table("mappings", "routing", "regions.csv")
    parts = [
        pdus.select(
            pl.col(f"{prefix}_team").alias("n_team"),
            pl.col(f"{prefix}_default_officer").alias("n_officer"),
            pl.lit(kind).alias("kind"),
            "region",
        )
        for kind, prefix in (("SM", "sm"), ("UPW", "upw"), ("AP", "programmes"))
    ]
    nobody = regions.select(
        pl.col("unallocated_team").alias("n_team"),
        pl.col("unallocated_officer").alias("n_officer"),
        pl.lit("UAT").alias("kind"),
        "region",
    )
    return pl.concat([*parts, nobody]).unique("n_team", keep="first", maintain_order=True)


def places_of(postcodes: pl.Series, company_code: str) -> pl.DataFrame:
    """region, pdu of each of `postcodes`, in their order: by the whole of it, else by its district; null of
    what is no postcode, or in neither list."""
    plain = pl.col("postcode").str.to_uppercase().str.replace_all(r"\s+", "")
    asked = pl.DataFrame({"postcode": postcodes}).select(pl.when(plain.str.contains(POSTCODE)).then(plain))
    known = _known_postcodes(company_code)
    for name, key in (("whole", pl.col("postcode")), ("district", pl.col("postcode").str.head(-3))):
        asked = asked.with_columns(key.alias("_key")).join(
            known.select(pl.col("key").alias("_key"), pl.struct("region", "pdu").alias(name)),
            on="_key",
            how="left",
            maintain_order="left",
        )
    return asked.select(pl.coalesce("whole", "district").alias("place")).unnest("place")


@cache
def _known_postcodes(company_code: str) -> pl.DataFrame:
    """key, region, pdu: whole postcodes without blank in the company's regions, and its districts on one side
    of a border. No district is as long as a postcode, so one list holds both."""
    whole = text_table("mappings", "routing", "postcode_units.csv").filter(
        pl.col("region").is_in(company(company_code).regions)
    )
    districts = text_table("mappings", "routing", "postcode_districts.csv").filter(
        (pl.col("company") == company_code) & (pl.col("straddles") != "Y")
    )
    return pl.concat(
        [
            whole.select(pl.col("postcode").str.replace(" ", "").alias("key"), "region", pdu="pdu_code"),
            districts.select(pl.col("district").alias("key"), "region", pdu="pdu_code"),
        ]
    )


def _by_address(addresses: pl.DataFrame, company_code: str) -> pl.DataFrame:
    """person, address_region, pdu of the latest main address that has not ended."""
    main = (
        addresses.filter((pl.col("status") == MAIN) & pl.col("end_date").is_null())
        .with_columns(read_day("delius", "address", "start_date", BASELINE_COMPANY).alias("_since"))
        .sort("_since", descending=True, nulls_last=True, maintain_order=True)
        .unique("offender_id", keep="first", maintain_order=True)
    )
    usable = pl.when(pl.col("is_no_fixed_abode").fill_null("N") != "Y").then("postcode")
    places = places_of(main.select(usable.alias("postcode")).to_series(), company_code)
    lines = text_table("mappings", "routing", "local_authorities.csv").filter(company=company_code)
    found = main.with_columns(places["region"].alias("p_region"), places["pdu"].alias("p_pdu"))
    for word in ("district", "county"):
        authority = lines.select(
            pl.col("local_authority").alias(word),
            pl.col("region").alias(f"{word}_region"),
            pl.col("pdu_code").alias(f"{word}_pdu"),
        )
        found = found.join(authority, on=word, how="left", maintain_order="left")
    answered = [pl.col(f"{name}_region").is_not_null() for name in ("p", "district", "county")]
    return found.select(
        pl.col("offender_id").alias("person"),
        pl.coalesce("p_region", "district_region", "county_region").alias("address_region"),
        pl.when(answered[0])
        .then("p_pdu")
        .when(answered[1])
        .then("district_pdu")
        .when(answered[2])
        .then("county_pdu")
        .alias("pdu"),
    )


def _person_teams(cases: NationalCases, delivery: Delivery) -> pl.DataFrame:
    """person, person_team, team_region: whose team stands for each person in this company."""
    speaking = cases.components.filter(
        (pl.col("area") == delivery.company) & pl.col("kind").is_in(list(TEAM_SPEAKS))
    ).with_columns(pl.col("kind").replace_strict(TEAM_SPEAKS, return_dtype=pl.Int64).alias("_order"))
    first = speaking.sort("person", "_order", pl.col("component").cast(pl.Int64)).unique(
        "person", keep="first", maintain_order=True
    )
    known = teams_of(delivery).select("team", pl.col("region").alias("team_region"))
    return first.join(known, on="team", how="left").select(
        "person", pl.col("team").alias("person_team"), "team_region"
    )


def _answers(delivery: Delivery) -> pl.DataFrame:
    answers = delivery.decided.get(REGIONS)
    if answers is None:
        return pl.DataFrame(schema={"person": pl.String, "answer": pl.String})
    return answers.select(pl.col("offender_id").alias("person"), "answer")
