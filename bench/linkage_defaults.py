"""Splink as it comes, to set ours beside it: its own comparisons, EM for m, threshold 0.99, no cascade."""

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from bench.linkage_people import World

THRESHOLD = 0.99
PAIRS = 1e6


def by_defaults(world: World) -> pl.DataFrame:
    """n, answer, offender_id: the likeliest person of nDelius from the threshold on; nobody is held."""
    api = DuckDBAPI(duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}))
    sides = [
        api.register(_plain(world.delivered, "n").to_arrow(), table_name="delivered"),
        api.register(_plain(world.known, "offender_id").to_arrow(), table_name="known"),
    ]
    born_and_surname, names = block_on("born", "surname"), block_on("first_name", "surname")
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("pnc_number"),
            cl.ExactMatch("cro_number"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("crn"), block_on("pnc_number"), born_and_surname, names, block_on("born", "first_name"),
        ],
        probability_two_random_records_match=0.97 / world.known.height,
    )  # fmt: skip
    linker = Linker(sides, settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS + 1, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(born_and_surname)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "postcode"))
    scored = linker.inference.predict(threshold_match_probability=THRESHOLD, warning_mode="never")
    found = pl.DataFrame(api.duckdb_con.sql(f"select * from {scored.physical_name}").to_arrow_table())
    is_ours = pl.col("source_dataset_l") == "delivered"
    best = (
        found.select(
            pl.when(is_ours).then("unique_id_l").otherwise("unique_id_r").alias("n"),
            pl.when(is_ours).then("unique_id_r").otherwise("unique_id_l").alias("offender_id"),
            "match_weight",
        )
        .sort("match_weight", "offender_id", descending=[True, False])
        .unique("n", keep="first", maintain_order=True)
    )
    everybody = world.delivered.select("n").join(best, on="n", how="left")
    answer = pl.when(pl.col("offender_id").is_null()).then(pl.lit("M07")).otherwise(pl.lit("Splink"))
    return everybody.select("n", answer.alias("answer"), "offender_id")


def _plain(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    return rows.select(
        pl.col(key).cast(pl.Int64).alias("unique_id"),
        pl.col("first_name").str.to_uppercase(),
        pl.col("surname").str.to_uppercase(),
        pl.col("date_of_birth").cast(pl.String).alias("born"),
        "postcode", "pnc_number", "cro_number", "crn",
    )  # fmt: skip
