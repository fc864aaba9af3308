"""Finished assessments as OASys keeps them: LAYER1 sets that claim nothing the source does not say.

Source: eoc.md. The form has no sections of needs, so a set has the plan's section alone.
"""

import polars as pl

from mappings.assessments.members import members
from mappings.assessments.plan_text import plan_texts
from mappings.parsing.decided_codes import decided_codes
from mappings.registry import Inserts, writes
from vocabulary.batch import Batch
from vocabulary.companies import company

PROVENANCE = ["export", "source_file", "source_row"]
NDELIUS = "NDELIUS"
"""Source system of the OASys person and group: they are nDelius's person, whoever brings the assessment."""

OPEN = "OPEN"
_PERSON = ["surname", "first_name", "date_of_birth", "crn", "noms_number", "pnc_number", "cro_number"]


@writes("eoc", tables="OASYS_OFFENDER OASYS_ASSESSMENT_GROUP OASYS_SET OASYS_SECTION BASIC_SENTENCE_PLAN_OBJ")
def oasys_inserts(batch: Batch, baseline: Batch, named_regions: pl.DataFrame) -> Inserts:
    """New rows of the OASys tables for the carried assessments of the company.

    Args:
        baseline: nDelius, whose persons OASys gets: the tool's own spelling of a name is not carried.
        named_regions: person_id, region of the company's persons; others go to the company's first region.
    """
    assessments = batch.carried("eoc", "assessment").with_columns(
        pl.format("eoc:assessment:{}", "assessment_ref").alias("natural_key"),
        pl.concat_str(pl.lit("person:"), "person_id").alias("person_key"),
        pl.format("{}:{}", "company", "export").alias("source_system"),
    )
    people = _people(assessments, baseline, named_regions, batch.company)
    return {
        "OASYS_OFFENDER": people.select(
            pl.col("person_key").alias("natural_key"), *PROVENANCE, *_PERSON,
            "second_name", "is_limited_access", "area", *_of_ndelius(),
        ),
        "OASYS_ASSESSMENT_GROUP": people.select(
            pl.col("person_key").alias("natural_key"), *PROVENANCE,
            pl.col("person_key").alias("oasys_offender_id"), *_of_ndelius(),
        ),
        "OASYS_SET": _sets(_with_purpose(assessments, batch), people, batch.company),
        "OASYS_SECTION": assessments.select(
            "natural_key", *PROVENANCE, pl.col("natural_key").alias("set_id"), *_of_tool(),
        ),
        "BASIC_SENTENCE_PLAN_OBJ": _objectives(assessments, batch.company),
    }  # fmt: skip


def _of_ndelius() -> list[pl.Expr]:
    return [pl.lit(NDELIUS).alias("source_system"), pl.col("person_id").alias("source_ref")]


def _of_tool() -> list[pl.Expr]:
    return [pl.col("source_system"), pl.col("assessment_ref").alias("source_ref")]


def _people(assessments: pl.DataFrame, baseline: Batch, regions: pl.DataFrame, code: str) -> pl.DataFrame:
    """One row per person assessed, as nDelius has the person, from the first assessment that names them."""
    known = baseline.standing("offender").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        *_PERSON,
        "second_name",
        (pl.col("is_excluded") | pl.col("is_restricted")).alias("is_limited_access"),
    )
    return (
        assessments.select("person_id", "person_key", *PROVENANCE)
        .unique("person_id", keep="first", maintain_order=True)
        .join(known.unique("person_id"), on="person_id", how="inner", maintain_order="left")
        .join(regions.select("person_id", "region"), on="person_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce("region", pl.lit(company(code).regions[0])).alias("area"))
    )


def _with_purpose(assessments: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """`purpose`: blank while somebody must say which it is; OASys' own lists get no row of ours."""
    waiting = decided_codes(batch).code_list("eoc_type", "eoc", batch.company).waiting
    is_decided = ~pl.col("type").is_in(waiting)
    return assessments.with_columns(pl.when(is_decided).then("type_target").alias("purpose"))


def _sets(assessments: pl.DataFrame, people: pl.DataFrame, code: str) -> pl.DataFrame:
    """The purpose and a recorded risk of serious harm are the only codes a set takes from the tool."""
    own = assessments.drop(name for name in _PERSON if name in assessments.columns)
    return (
        own.join(people.select("person_id", *_PERSON), on="person_id", how="inner", maintain_order="left")
        .join(plan_texts(assessments, code), on="assessment_ref", how="left", maintain_order="left")
        .select(
            "natural_key",
            *PROVENANCE,
            pl.col("person_key").alias("group_id"),
            *_PERSON,
            *[
                "assessment_ref",
                "assessor_name",
                "start_date",
                "completed_date",
                "plan_text",
                "source_system",
            ],
            pl.lit(company(code).name).alias("assessor_office"),
            pl.lit(code).alias("area"),
            "purpose",
            pl.col("rosh_level_target").alias("rosh_level"),
        )
    )


def _objectives(assessments: pl.DataFrame, code: str) -> pl.DataFrame:
    """Objectives that are open; where two have one number, their place in the plan tells them apart."""
    keys = assessments.select("assessment_ref", "natural_key", "source_system")
    placed = members(assessments, "objective", code).with_columns(
        pl.int_range(1, pl.len() + 1).over("assessment_ref").alias("place")
    )
    return (
        placed.filter(pl.col("status") == OPEN)
        .join(keys, on="assessment_ref", how="inner", maintain_order="left")
        .select(
            pl.format("{}:objective:{}", "natural_key", "place").alias("natural_key"),
            *PROVENANCE,
            pl.col("natural_key").alias("set_id"),
            *["number", "text", "measure", "action", "who", "source_system"],
            pl.col("target_date").cast(pl.String).alias("timescale"),
            pl.format("{}/{}", "assessment_ref", "number").alias("source_ref"),
        )
    )
