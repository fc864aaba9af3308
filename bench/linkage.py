"""Linkage against a known truth: python -m bench.linkage --delivered 10000 --known 100000."""

import argparse
import resource
import time
from collections.abc import Callable

import polars as pl

from bench.linkage_people import World, draw
from matching.baseline import candidates, identifier_keys
from matching.cascade import HELD, Matched, match_persons
from matching.linkage.people import ID, PERSON_SCHEMA, People
from matching.linkage.weighing import Left, Weighed, weigh_left

AIMS = {"precision": 0.999, "recall": 0.97, "clerical": 0.02}
SECONDS, MEGABYTES = 600, 8_000


def main() -> None:
    """Draw, match in several ways, print one line of each; exit code 1 where ours misses an aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delivered", type=int, default=10_000)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--defaults", action="store_true", help="also Splink as it comes, without our settings"
    )
    parser.add_argument(
        "--wrong", action="store_true", help="say what kinds of errors are behind wrong links"
    )
    given = parser.parse_args()
    world = draw(given.delivered, given.known, given.seed)
    print(f"{given.delivered:,} delivered x {given.known:,} known; peak to here {peak():,} MB")
    timed("cascade alone", world, lambda: matched(world, is_weighed=False))
    found, met = timed("cascade, then evidence", world, lambda: matched(world, is_weighed=True))
    if given.wrong:
        tell_wrong(world, found)
    if given.defaults:
        from bench.linkage_defaults import by_defaults

        timed("Splink's defaults", world, lambda: by_defaults(world))
    raise SystemExit(0 if met else 1)


def matched(world: World, *, is_weighed: bool) -> pl.DataFrame:
    """n, answer, offender_id, is_held by our own cascade, with or without evidence behind it."""
    known = world.known.with_columns(is_deleted=pl.lit(False))
    none = pl.DataFrame(
        schema={"offender_id": pl.Int64, "type": pl.String, "identifier": pl.String, "is_deleted": pl.Boolean}
    )
    aliases = pl.DataFrame(
        schema={"offender_id": pl.Int64, "first_name": pl.String, "is_deleted": pl.Boolean}
    )
    rows = world.delivered.with_columns(
        company=pl.lit("C17"), export=pl.lit("spg"), source_file=pl.lit("f"),
        source_row=pl.col("n").cast(pl.String), person_ref=pl.format("OM-{}", "n"),
    )  # fmt: skip

    def weigh(left: Left) -> Weighed:
        return weigh_left(left, side(world.delivered, "n"), side(world.known, "offender_id"))

    result: Matched = match_persons(
        rows, candidates(known, none, aliases), weigh=weigh if is_weighed else None
    )
    if result.weights:
        print(f"  weights over {result.weights.labels:,} labelled and {result.weights.drawn:,} drawn pairs")
    return result.frame.select(
        n=pl.col("source_row").cast(pl.Int64), answer="answer", offender_id="offender_id"
    )


def side(rows: pl.DataFrame, key: str) -> People:
    """One side of the comparison."""
    persons = rows.with_columns(*identifier_keys(rows), pl.col(key).cast(pl.Int64).alias(ID))
    sentences = persons.select(ID, pl.col("sentences").alias("sentence_date")).explode("sentence_date")
    return People(
        persons.select(list(PERSON_SCHEMA)), persons.select(ID, "postcode").lazy(), sentences.lazy()
    )


def timed(name: str, world: World, run: Callable[[], pl.DataFrame]) -> tuple[pl.DataFrame, bool]:
    """What `run` found, and whether it meets the aims; prints its line."""
    wall, processor = time.perf_counter(), time.process_time()
    found = run()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    told = found.join(world.delivered.select("n", "truth"), on="n")
    linked = told.filter(pl.col("offender_id").is_not_null())
    right = linked.filter(pl.col("offender_id") == pl.col("truth")).height
    known = told.filter(pl.col("truth").is_not_null()).height
    figures = {
        "precision": right / max(linked.height, 1),
        "recall": right / max(known, 1),
        "clerical": told.filter(pl.col("answer").is_in(HELD)).height / told.height,
    }
    print(
        f"{name}: precision {figures['precision']:.4%} ({linked.height - right} wrong of {linked.height:,}), "
        f"recall {figures['recall']:.2%}, clerical {figures['clerical']:.2%}; "
        f"{wall:.0f} s wall, {processor:.0f} s processor, peak {peak():,} MB"
    )
    by_rule = dict(told.group_by("answer").len().sort("answer").iter_rows())
    evidence = told.filter(answer="M11")
    wrong = evidence.filter((pl.col("offender_id") == pl.col("truth")).fill_null(False).not_()).height
    print(f"  {by_rule}; linked by evidence {evidence.height:,}, {wrong} of them wrong")
    meets = (
        figures["precision"] >= AIMS["precision"]
        and figures["recall"] >= AIMS["recall"]
        and figures["clerical"] <= AIMS["clerical"]
        and wall <= SECONDS
        and peak() <= MEGABYTES
    )
    return found, meets


def tell_wrong(world: World, found: pl.DataFrame) -> None:
    """The wrong links and what was missed, invented people all of them."""
    told = found.join(world.delivered, on="n")
    theirs = world.known.select(pl.all().name.suffix("_known"))
    wrong = told.filter((pl.col("offender_id") != pl.col("truth").fill_null(-1)).fill_null(False))
    print(wrong.join(theirs, left_on="offender_id", right_on="offender_id_known").head(12).to_dicts())
    missed = told.filter(pl.col("truth").is_not_null() & pl.col("answer").is_in(["M07"]))
    print(missed.join(theirs, left_on="truth", right_on="offender_id_known").head(12).to_dicts())


def peak() -> int:
    """Most memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
