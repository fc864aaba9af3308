"""Splink at work on DuckDB: shares counted, pairs weighed. Imported only where somebody is compared."""

import logging
import math

import duckdb
import polars as pl
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from matching.linkage.model import Shares, Weights, counted, splink_settings
from matching.linkage.settings import settings

OURS, THEIRS = "delivered", "known"
BETWEEN = "-__-"
"""How Splink joins the side and the number of a record in a key."""

DATABASE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "3GB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
}
"""In memory alone: what it laid aside on a disk would be persons' data in whatever folder one stands in, left
there by a process that is killed. It fetches nothing from a network."""


def weigh(
    pairs: pl.DataFrame, ours: pl.DataFrame, theirs: pl.DataFrame, weights: Weights, frequencies: pl.DataFrame
) -> pl.DataFrame:
    """row, offender_id, weight (bits, with what is known beforehand), and per comparison
    `level_<name>` (the level's number, -1 where unknown) and `bits_<name>`.

    Args:
        pairs: matching.linkage.blocks.PAIR_SCHEMA.
        ours, theirs: matching.linkage.records.RECORD_SCHEMA of everybody named in `pairs`.
        frequencies: word, value, share: how often the known bear it.
    """
    linker, api = _linker(ours, theirs, weights, frequencies)
    keys = pairs.select(
        pl.concat_str(pl.lit(OURS + BETWEEN), pl.col("row").cast(pl.String)).alias("join_key_l"),
        pl.concat_str(pl.lit(THEIRS + BETWEEN), pl.col("offender_id").cast(pl.String)).alias("join_key_r"),
        pl.lit("0").alias("match_key"),
    )
    blocked = api.register(keys.to_arrow(), table_name="blocked_pairs")
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    scored = linker.inference.predict(warning_mode="never")
    select = f"select * from {scored.physical_name}"  # nosec B608 # names only
    found = pl.DataFrame(api.duckdb_con.sql(select).to_arrow_table())
    return _told(found)


def count_shares(
    weights: Weights,
    drawn: pl.DataFrame,
    labelled: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame],
    frequencies: pl.DataFrame,
) -> Weights:
    """`weights` with m counted over pairs that an identifier found, and u over all pairs of strangers drawn.

    Args:
        drawn: records of known persons drawn at random; none: u stays as it is.
        labelled: pairs (PAIR_SCHEMA) and the records of both sides; none: m stays as it is.
    """
    m: Shares = {}
    u: Shares = {}
    pairs, ours, theirs = labelled
    if pairs.height:
        linker, api = _linker(ours, theirs, weights, frequencies)
        table = pairs.select(
            pl.lit(OURS).alias("source_dataset_l"), pl.col("row").alias("unique_id_l"),
            pl.lit(THEIRS).alias("source_dataset_r"), pl.col("offender_id").alias("unique_id_r"),
        )  # fmt: skip
        registered = api.register(table.to_arrow(), table_name="labels")
        linker.training.estimate_m_from_pairwise_labels(registered)  # type: ignore[no-untyped-call]
        m = _shares(linker)
    if drawn.height:
        linker, _ = _linker(drawn, None, weights, frequencies)
        linker.training.estimate_u_using_random_sampling(
            max_pairs=drawn.height**2,
            seed=settings().training["seed"],
            min_count_per_level=None,
            num_chunks=1,
        )
        u = _shares(linker)
    return counted(weights, m, u, pairs.height, math.comb(drawn.height, 2))


def _linker(
    ours: pl.DataFrame, theirs: pl.DataFrame | None, weights: Weights, frequencies: pl.DataFrame
) -> tuple[Linker, DuckDBAPI]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(config=DATABASE)
    api = DuckDBAPI(connection)
    sides = [api.register(ours.to_arrow(), table_name=OURS)]
    if theirs is not None:
        sides.append(api.register(theirs.to_arrow(), table_name=THEIRS))
    link_type = "dedupe_only" if theirs is None else "link_only"
    raw = splink_settings(weights, link_type)
    linker = Linker(sides, SettingsCreator.from_path_or_dict(raw), log_level=None, validate_settings=False)
    for word in settings().rare_words:
        own = frequencies.filter(word=word).select(
            pl.col("value").alias(word), pl.col("share").alias(f"tf_{word}")
        )
        registered = api.register(own.to_arrow(), table_name=f"frequency_of_{word}")
        linker.table_management.register_term_frequency_lookup(registered, word)
    return linker, api


def _shares(linker: Linker) -> Shares:
    """What the linker now holds, level by level; what it has not seen is nothing."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                share = (level.get("m_probability"), level.get("u_probability"))
                m, u = (one if isinstance(one, float) else 0.0 for one in share)
                found[comparison["output_column_name"], level["label_for_charts"]] = (m, u)
    return found


def _told(found: pl.DataFrame) -> pl.DataFrame:
    """The columns of `weigh`; Splink may put either side first."""
    is_ours = pl.col("source_dataset_l") == OURS
    left, right = pl.col("unique_id_l"), pl.col("unique_id_r")
    rarity = {name for name in found.columns if name.startswith("mw_tf_adj_")}
    told = []
    for each in settings().comparisons:
        bits = pl.col(f"mw_{each.name}")
        if f"mw_tf_adj_{each.name}" in rarity:
            bits = bits + pl.col(f"mw_tf_adj_{each.name}")
        told += [pl.col(f"gamma_{each.name}").alias(f"level_{each.name}"), bits.alias(f"bits_{each.name}")]
    return found.select(
        pl.when(is_ours).then(left).otherwise(right).alias("row"),
        pl.when(is_ours).then(right).otherwise(left).alias("offender_id"),
        pl.col("match_weight").alias("weight"),
        *told,
    ).sort("row", "weight", "offender_id", descending=[False, True, False])
