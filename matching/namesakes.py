"""Who bears the names and the date of birth of a delivered person (matching.md, step 5)."""

import polars as pl

from matching.agreement import begins_with_other

BORN, SURNAME, FIRST = "date_of_birth", "surname_key", "first_name_key"


def namesakes(keys: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """row, offender_id of the persons born on that day whose two names agree, in either order.

    The first name agrees also in a short form. `persons`: matching.baseline.Candidates.persons.
    """
    theirs = persons.select(
        "offender_id", BORN, pl.col(SURNAME).alias("_surname"), pl.col(FIRST).alias("_first")
    )
    straight = _agreeing(keys.join(theirs, left_on=[BORN, SURNAME], right_on=[BORN, "_surname"]), FIRST)
    crossed = _agreeing(keys.join(theirs, left_on=[BORN, FIRST], right_on=[BORN, "_surname"]), SURNAME)
    return pl.concat([straight, crossed]).unique()


def _agreeing(pairs: pl.DataFrame, word: str) -> pl.DataFrame:
    return pairs.filter(begins_with_other(pl.col(word), pl.col("_first"))).select("row", "offender_id")
