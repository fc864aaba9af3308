"""Two sides that are compared: persons with their addresses and sentences, unread until somebody asks."""

from dataclasses import dataclass, field

import polars as pl

from matching.linkage.settings import settings
from matching.names import name_key

ID = "id"
PERSON_SCHEMA = {
    ID: pl.Int64, "surname": pl.String, "first_name": pl.String, "second_name": pl.String,
    "date_of_birth": pl.Date, "pnc": pl.String, "cro": pl.String,
    "noms": pl.String,
}  # fmt: skip
POSTCODE_SCHEMA = {ID: pl.Int64, "postcode": pl.String}
SENTENCE_SCHEMA = {ID: pl.Int64, "sentence_date": pl.Date}
ALIAS_SCHEMA = {ID: pl.Int64, "surname": pl.String, "first_name": pl.String}


@dataclass(frozen=True)
class People:
    """One side. `persons`: PERSON_SCHEMA, names as they were given. `postcodes`, `sentences`, `aliases`: what
    is known beside, any number of rows to a person, read for those alone who are compared."""

    persons: pl.DataFrame
    postcodes: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=POSTCODE_SCHEMA))
    sentences: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=SENTENCE_SCHEMA))
    aliases: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=ALIAS_SCHEMA))

    def only(self, ids: pl.Series) -> "People":
        """The same of the persons `ids` alone."""
        wanted = pl.DataFrame({ID: ids.unique()}, schema={ID: pl.Int64})
        beside = (self.postcodes, self.sentences, self.aliases)
        return People(
            self.persons.join(wanted, on=ID, how="semi", maintain_order="left"),
            *(each.join(wanted.lazy(), on=ID, how="semi") for each in beside),
        )

    @property
    def said_postcodes(self) -> pl.LazyFrame:
        """POSTCODE_SCHEMA of what says where somebody lives: capitals without blanks, no placeholder."""
        plain = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
        given = self.postcodes.select(ID, plain.alias("postcode")).drop_nulls().unique()
        return given.filter(
            ~pl.col("postcode").is_in(settings().postcodes["none"]) & (pl.col("postcode") != "")
        )


def plain_name(name: pl.Expr) -> pl.Expr:
    """A name as it is compared (matching.names), null where it is none: titles off, placeholders out."""
    titles = "|".join(settings().names["titles"])
    key = name_key(name.str.replace(rf"(?i)^\s*(?:{titles})\.?\s+", ""))
    return pl.when(~key.is_in(settings().names["none"])).then(key)
