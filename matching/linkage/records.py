"""A person as the model compares one: the words that the conditions of model.toml stand on."""

import polars as pl

from matching.linkage.people import ID, People, plain_name
from matching.linkage.settings import settings
from vocabulary.short_forms import short_forms

RECORD_SCHEMA = {
    "unique_id": pl.Int64,
    **dict.fromkeys(
        ("surname", "first_name", "second_name", "full_name", "born", "pnc", "cro", "noms"), pl.String
    ),
    **dict.fromkeys(
        (
            "surnames", "forenames", "roots", "postcodes", "rare_postcodes", "outwards", "cores",
            "sentence_dates",
        ),
        pl.List(pl.String),
    ),
}  # fmt: skip
"""`surnames`: the surname, its parts and those of aliases. `forenames`: first, second and alias names.
`roots`: the first name and what it is short for. `cores`: serial number and year of PNC and CRO.
Dates YYYY-MM-DD."""

LEAST_PART = 3
"""Letters of a part of a surname with hyphen or blank that stands for it."""

INWARD = 3
"""Characters behind the outward code."""


def records(people: People, bearers: pl.DataFrame) -> pl.DataFrame:
    """RECORD_SCHEMA of everybody of `people`. `bearers`: postcode, persons, of nDelius."""
    named = people.persons.select(
        pl.col(ID).alias("unique_id"),
        *(plain_name(pl.col(name)).alias(name) for name in ("surname", "first_name", "second_name")),
        pl.col("date_of_birth").dt.strftime("%Y-%m-%d").alias("born"),
        "pnc",
        "cro",
        "noms",
        _parts(pl.col("surname")).alias("_parts"),
    )
    beside = [_aliases(people), _postcodes(people, bearers), _sentences(people)]
    for each in beside:
        named = named.join(each.rename({ID: "unique_id"}), on="unique_id", how="left", maintain_order="left")
    lists = [name for name, kind in RECORD_SCHEMA.items() if kind == pl.List(pl.String)]
    said = named.with_columns(
        pl.concat_str("first_name", "surname", separator=" ").alias("full_name"),
        _together(pl.concat_list("surname"), "_parts", "_alias_surnames").alias("surnames"),
        _together(pl.concat_list("first_name", "second_name"), "_alias_names").alias("forenames"),
        _roots().alias("roots"),
        pl.concat_list(_core_of_pnc(), _core_of_cro()).list.drop_nulls().alias("cores"),
    )
    empty = pl.lit([], pl.List(pl.String))
    filled = [pl.coalesce(pl.col(name), empty).alias(name) for name in lists]
    return said.with_columns(filled).select(list(RECORD_SCHEMA))


def bearers(left: People, right: People) -> pl.DataFrame:
    """postcode, persons: how many of `right` each postcode of `left` has."""
    wanted = left.said_postcodes.select("postcode").unique()
    near = right.said_postcodes.join(wanted, on="postcode", how="semi")
    return near.group_by("postcode").agg(pl.len().alias("persons")).collect()


def _together(first: pl.Expr, *others: str) -> pl.Expr:
    empty = pl.lit([], pl.List(pl.String))
    rest = [pl.coalesce(pl.col(name), empty) for name in others]
    return pl.concat_list(first, *rest).list.drop_nulls().list.unique(maintain_order=True)


def _parts(surname: pl.Expr) -> pl.Expr:
    """The parts of a surname of several, in comparable form."""
    pieces = surname.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}\s-]", "")
    apart = pieces.str.replace_all("-", " ").str.split(" ")
    return apart.list.eval(pl.element().filter(pl.element().str.len_chars() >= LEAST_PART))


def _roots() -> pl.Expr:
    """The first name and every name that it may be short for."""
    roots: dict[str, list[str]] = {}
    for name, short in sorted(short_forms()):
        roots.setdefault(short, []).append(name)
    found = pl.col("first_name").replace_strict(
        list(roots), list(roots.values()), default=None, return_dtype=pl.List(pl.String)
    )
    return pl.concat_list("first_name", pl.coalesce(found, pl.lit([], pl.List(pl.String)))).list.drop_nulls()


def _aliases(people: People) -> pl.DataFrame:
    names = people.aliases.select(
        ID,
        plain_name(pl.col("surname")).alias("_alias_surnames"),
        plain_name(pl.col("first_name")).alias("_alias_names"),
    )
    return names.group_by(ID).agg(pl.all().drop_nulls().unique().sort()).collect()


def _postcodes(people: People, bearers: pl.DataFrame) -> pl.DataFrame:
    """Lists of postcodes without those that many share; of each rarely shared one, and each outward code."""
    told = people.said_postcodes.collect().join(bearers, on="postcode", how="left")
    persons = pl.col("persons").fill_null(0)
    limits = settings().postcodes
    own = told.filter(persons <= limits["communal"])
    rare = pl.col("postcode").filter(persons <= limits["rare"])
    return own.group_by(ID).agg(
        pl.col("postcode").unique().sort().alias("postcodes"),
        rare.unique().sort().alias("rare_postcodes"),
        pl.col("postcode").str.head(-INWARD).unique().sort().alias("outwards"),
    )


def _sentences(people: People) -> pl.DataFrame:
    dates = people.sentences.drop_nulls().group_by(ID)
    told = pl.col("sentence_date").dt.strftime("%Y-%m-%d").unique().sort()
    return dates.agg(told.alias("sentence_dates")).collect()


def _core_of_pnc() -> pl.Expr:
    """2003/0062845E: 62845/03."""
    serial = pl.col("pnc").str.slice(5, 7).str.strip_chars_start("0")
    return serial + "/" + pl.col("pnc").str.slice(2, 2)


def _core_of_cro() -> pl.Expr:
    """265416/21G: 265416/21; SF05/482703H: 482703/05."""
    cro = pl.col("cro")
    plain = cro.str.head(-1).str.strip_chars_start("0")
    file = cro.str.slice(5).str.head(-1).str.strip_chars_start("0") + "/" + cro.str.slice(2, 2)
    return pl.when(cro.str.starts_with("SF")).then(file).otherwise(plain)
