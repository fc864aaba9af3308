"""Who is compared with whom: pairs that agree in all words of one line of model.toml, [blocks]."""

import polars as pl

from matching.linkage.people import ID, People, plain_name
from matching.linkage.settings import settings

PAIR_SCHEMA = {"row": pl.Int64, "offender_id": pl.Int64}
POSTCODE, SENTENCE = "postcode", "sentence_date"


def pairs(left: People, right: People) -> pl.DataFrame:
    """PAIR_SCHEMA, once each, in order: `row` of the one side, `offender_id` of the other."""
    ours, theirs = (_words(side.persons).collect().lazy() for side in (left, right))
    beside = {POSTCODE: _postcodes(left, right), SENTENCE: _sentences(left, right)}
    found = [_agreeing(line, ours, theirs, beside) for line in settings().blocks]
    return pl.concat([pl.DataFrame(schema=PAIR_SCHEMA), *found]).unique().sort("row", "offender_id")


def pairs_within(people: People) -> pl.DataFrame:
    """The pairs of one side with itself, the lower number first."""
    return pairs(people, people).filter(pl.col("row") < pl.col("offender_id"))


def _words(persons: pl.DataFrame) -> pl.LazyFrame:
    """The words of the blocks that stand on the person, null where a part is missing."""
    surname, first = plain_name(pl.col("surname")), plain_name(pl.col("first_name"))
    year, month, day = (
        getattr(pl.col("born").dt, part)().cast(pl.Int32) for part in ("year", "month", "day")
    )
    names = persons.lazy().select(ID, surname.alias("surname"), first.alias("first"), born="date_of_birth")
    return names.select(
        ID,
        "born",
        year.alias("birth_year"),
        (month * 100 + day).alias("birthday"),
        (year * 10_000 + pl.min_horizontal(month, day) * 100 + pl.max_horizontal(month, day)).alias(
            "birth_turned"
        ),
        pl.col("surname").str.head(2).alias("surname_2"),
        pl.col("first").str.head(2).alias("first_2"),
        pl.col("first").str.head(1).alias("first_1"),
        (pl.col("surname").str.head(1) + pl.col("first").str.head(1)).alias("names_start"),
        pl.concat_str(
            pl.min_horizontal("surname", "first"), pl.max_horizontal("surname", "first"), separator=" "
        ).alias("names_pair"),
    )


def _agreeing(
    line: tuple[str, ...],
    ours: pl.LazyFrame,
    theirs: pl.LazyFrame,
    beside: dict[str, tuple[pl.LazyFrame, pl.LazyFrame]],
) -> pl.DataFrame:
    own = [word for word in line if word not in beside]
    sides = [side.select(ID, *own).drop_nulls() for side in (ours, theirs)]
    for word in line:
        if word in beside:
            sides = [side.join(more, on=ID) for side, more in zip(sides, beside[word], strict=True)]
    wanted = sides[0].select(line).unique()
    near = sides[1].join(wanted, on=list(line), how="semi")
    found = sides[0].join(near, on=list(line), suffix="_known")
    return found.select(row=ID, offender_id=f"{ID}_known").unique().collect()


def _postcodes(left: People, right: People) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Postcodes of both sides without those of houses that many share."""
    ours = left.said_postcodes.collect()
    theirs = right.said_postcodes.join(ours.lazy(), on=POSTCODE, how="semi").collect()
    many = theirs.group_by(POSTCODE).len().filter(pl.col("len") > settings().postcodes["communal"])
    return ours.lazy().join(many.lazy(), on=POSTCODE, how="anti"), theirs.lazy().join(
        many.lazy(), on=POSTCODE, how="anti"
    )


def _sentences(left: People, right: People) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    ours = left.sentences.drop_nulls().unique().collect()
    theirs = right.sentences.drop_nulls().unique().join(ours.lazy(), on=SENTENCE, how="semi")
    return ours.lazy(), theirs
