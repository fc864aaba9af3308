"""Invented people whose truth is known: nDelius on the one side, a delivery with its errors on the other.

Frequencies are those of real registers (Zipf's law with a flat top: the commonest surname 1.2 in a hundred,
the commonest first name 1.7), the names are not: every surname ends in zz. Rates of errors stand in RATES.
"""

import datetime as dt
import math
from dataclasses import dataclass
from functools import partial

import polars as pl

from vocabulary.short_forms import short_forms

RATES = {
    "new": 0.025,  # delivered who are not in nDelius; every third is kin of somebody there
    "no_crn": 0.09,
    "wrong_crn": 0.002,
    "pnc": 0.6,
    "wrong_pnc": 0.01,
    "noms": 0.4,
    "cro": 0.3,
    "slip_surname": 0.015,
    "slip_first": 0.006,
    "short": 0.008,
    "changed_over": 0.004,
    "part_surname": 0.02,
    "slip_birth": 0.01,
    "turned_birth": 0.005,
    "january": 0.004,
    "no_postcode": 0.05,
    "moved": 0.12,
    "no_sentence": 0.08,
    "no_second": 0.3,
}
"""Share of delivered persons, one by one and independent of each other."""

SURNAMES, FIRST_NAMES, FLAT = 50_000, 2_000, 8
HYPHENATED, HOSTEL, TWIN, CHILD = 0.03, 0.02, 0.006, 0.01
FIRST_BIRTH, LAST_BIRTH = dt.date(1950, 1, 1), dt.date(2003, 6, 1)
FIRST_SENTENCE, SENTENCE_DAYS = dt.date(2013, 1, 7), 3_000
SYLLABLES = [a + b for a in "BDFGHKLMNPRSTVW" for b in "aeiou"]
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class World:
    """`known`: nDelius, a person per row; `delivered`: with `truth`, OFFENDER_ID or null of somebody new."""

    known: pl.DataFrame
    delivered: pl.DataFrame


def draw(delivered: int, known: int, seed: int = 1) -> World:
    """So many delivered persons beside so many of nDelius; the same every time."""
    everybody = _known(known, seed)
    return World(everybody, _delivered(everybody, delivered, seed + 1_000))


def chance(seed: int, name: str, key: str = "n") -> pl.Expr:
    """A number from 0 to 1 per row and name, from a hash of the row's number."""
    text = pl.concat_str(pl.lit(f"{seed}/{name}/"), pl.col(key).cast(pl.String))
    return (text.hash(seed) % 1_000_003).cast(pl.Float64) / 1_000_003


def whole(seed: int, name: str, below: int, key: str = "n") -> pl.Expr:
    """A whole number from 0 to `below`, without it."""
    return (chance(seed, name, key) * below).floor().cast(pl.Int64)


def _zipf(seed: int, name: str, size: int) -> pl.Expr:
    """A rank: how common falls as 1/(rank + FLAT)."""
    spread = (size + FLAT) / (FLAT + 1)
    return ((FLAT + 1) * (chance(seed, name) * math.log(spread)).exp() - FLAT - 1).floor().cast(pl.Int64)


def _names(size: int, ending: str, before: list[str]) -> pl.Series:
    made = []
    for number in range(size):
        mixed = (number * 7_919 + 13) % (75**3)
        parts = [SYLLABLES[mixed // 75**place % 75] for place in range(3)]
        made.append("".join(parts[: 2 if number % 3 else 3]).capitalize() + ending)
    return pl.Series([*before, *made][:size])


def _known(size: int, seed: int) -> pl.DataFrame:
    surnames = _names(SURNAMES, "zz", [])
    firsts = _names(
        FIRST_NAMES, "", [name.capitalize() for name in sorted({long for long, _ in short_forms()})]
    )
    days = (LAST_BIRTH - FIRST_BIRTH).days
    rows = pl.DataFrame({"n": pl.int_range(size, eager=True)}).with_columns(
        _pick(surnames, _zipf(seed, "surname", SURNAMES)).alias("surname"),
        _pick(surnames, _zipf(seed, "other surname", SURNAMES)).alias("_second_surname"),
        _pick(firsts, _zipf(seed, "first", FIRST_NAMES)).alias("first_name"),
        pl.when(chance(seed, "has second") < 0.45)
        .then(_pick(firsts, _zipf(seed, "second", FIRST_NAMES)))
        .alias("second_name"),
        (pl.lit(FIRST_BIRTH) + pl.duration(days=whole(seed, "born", days))).alias("date_of_birth"),
        _postcode(seed, "lives", size).alias("postcode"),
        *_sentences(seed),
        pl.format("{}/{}{}", whole(seed, "pnc year", 25) + 1995, _padded(pl.col("n"), 7), pl.lit("Z")).alias(
            "_pnc"
        ),
        pl.format(
            "{}/{}{}",
            _padded(pl.col("n") % 1_000_000, 6),
            _padded(pl.col("n") // 1_000_000 + 10, 2),
            pl.lit("Z"),
        ).alias("_cro"),
        pl.format(
            "{}{}{}",
            _letter(pl.col("n") // 6_760_000),
            _padded(pl.col("n") % 10_000, 4),
            _pair(pl.col("n") // 10_000 % 676),
        ).alias("_noms"),
        pl.format("{}{}", _letter(pl.col("n") // 1_000_000), _padded(pl.col("n") % 1_000_000, 6)).alias(
            "crn"
        ),
    )
    rows = rows.with_columns(
        pl.when(chance(seed, "hyphen") < HYPHENATED)
        .then(pl.concat_str("surname", "_second_surname", separator="-"))
        .otherwise("surname")
        .alias("surname"),
        pl.when(chance(seed, "pnc") < 0.85).then("_pnc").alias("pnc_number"),
        pl.when(chance(seed, "cro") < 0.4).then("_cro").alias("cro_number"),
        pl.when(chance(seed, "noms") < 0.5).then("_noms").alias("noms_number"),
        (pl.col("n") + 1).alias("offender_id"),
    )
    return _relatives(rows, seed).drop("_second_surname", "_pnc", "_cro", "_noms")


def _relatives(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Some rows become a twin, a child or a parent of the row before."""
    kind = chance(seed, "kin")
    before = {name: pl.col(name).shift(1) for name in ("surname", "postcode", "first_name", "date_of_birth")}
    is_twin, is_child = kind < TWIN, (kind >= TWIN) & (kind < TWIN + CHILD)
    is_kin = (is_twin | is_child) & before["surname"].is_not_null()
    years = whole(seed, "years", 20) + 18
    is_named_after = is_child & (chance(seed, "named after") < 0.2)
    return rows.with_columns(
        *(pl.when(is_kin).then(before[name]).otherwise(name).alias(name) for name in ("surname", "postcode")),
        pl.when(is_named_after).then(before["first_name"]).otherwise("first_name").alias("first_name"),
        pl.when(is_twin & is_kin)
        .then(before["date_of_birth"])
        .when(is_child & is_kin)
        .then(before["date_of_birth"].dt.offset_by(pl.format("{}y", years)))
        .otherwise("date_of_birth")
        .alias("date_of_birth"),
    )


def _delivered(known: pl.DataFrame, size: int, seed: int) -> pl.DataFrame:
    step = max(known.height // size, 1)
    drawn = known.gather_every(step).head(size).with_columns(n=pl.int_range(pl.len()))
    drawn = _as_new(drawn.with_columns(truth="offender_id"), seed)
    return _with_slips(drawn, known.height, seed).select(
        "n",
        "truth",
        "crn",
        "surname",
        "first_name",
        "second_name",
        "date_of_birth",
        "pnc_number",
        "cro_number",
        "noms_number",
        "postcode",
        "sentences",
    )


def _as_new(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Some are not in nDelius: two thirds strangers, one third kin of the person drawn, living there too."""
    other = _known(rows.height, seed + 7).select(pl.all().name.suffix("_other"))
    both = pl.concat([rows, other], how="horizontal")
    is_new = chance(seed, "new") < RATES["new"]
    kin = chance(seed, "new kin")
    is_child = is_new & (kin >= 0.17) & (kin < 0.34)
    is_stranger = is_new & (kin >= 0.34)
    years = pl.format("{}y", whole(seed, "new years", 20) + 18)
    born = pl.col("date_of_birth")
    return both.with_columns(
        pl.when(~is_new).then("truth").alias("truth"),
        *(
            pl.when(is_stranger).then(f"{name}_other").otherwise(name).alias(name)
            for name in ("surname", "postcode")
        ),
        *(
            pl.when(is_new).then(f"{name}_other").otherwise(name).alias(name)
            for name in ("first_name", "second_name", "sentences")
        ),
        pl.when(is_stranger)
        .then("date_of_birth_other")
        .when(is_child)
        .then(born.dt.offset_by(years))
        .otherwise(born)
        .alias("date_of_birth"),
        *(
            pl.when(~is_new).then(name).alias(name)
            for name in ("crn", "pnc_number", "cro_number", "noms_number")
        ),
    ).drop(pl.col("^.*_other$"))


def _with_slips(rows: pl.DataFrame, size: int, seed: int) -> pl.DataFrame:
    """What is wrong, short or missing in what a company says of a known person."""
    hit = partial(_hit, seed)
    changed = [*_number_slips(seed), *_name_slips(seed), _birth_slips(seed)]
    moved = pl.when(hit("moved")).then(_postcode(seed, "moved to", size)).otherwise("postcode")
    beside = [
        pl.when(~hit("no_postcode")).then(moved).alias("postcode"),
        pl.when(~hit("no_sentence")).then("sentences").alias("sentences"),
    ]
    is_over = hit("changed_over")
    return rows.with_columns(*changed, *beside).with_columns(
        pl.when(is_over).then("first_name").otherwise("surname").alias("surname"),
        pl.when(is_over).then("surname").otherwise("first_name").alias("first_name"),
    )


def _hit(seed: int, name: str) -> pl.Expr:
    return chance(seed, name) < RATES[name]


def _number_slips(seed: int) -> list[pl.Expr]:
    hit = partial(_hit, seed)
    return [
        pl.when(hit("no_crn"))
        .then(None)
        .when(hit("wrong_crn"))
        .then(_other_digit(pl.col("crn"), seed, 6))
        .otherwise("crn")
        .alias("crn"),
        pl.when(hit("wrong_pnc") & hit("pnc"))
        .then(_other_digit(pl.col("pnc_number"), seed, 9))
        .when(hit("pnc"))
        .then("pnc_number")
        .alias("pnc_number"),
        pl.when(hit("noms")).then("noms_number").alias("noms_number"),
        pl.when(hit("cro")).then("cro_number").alias("cro_number"),
    ]


def _name_slips(seed: int) -> list[pl.Expr]:
    hit = partial(_hit, seed)
    short = dict(sorted(short_forms()))
    called = (
        pl.col("first_name").str.to_uppercase().replace_strict(short, default=None, return_dtype=pl.String)
    )
    return [
        pl.when(hit("part_surname"))
        .then(pl.col("surname").str.split("-").list.last())
        .when(hit("slip_surname"))
        .then(_slip(pl.col("surname"), seed, "s"))
        .otherwise("surname")
        .alias("surname"),
        pl.when(hit("short"))
        .then(pl.coalesce(called, "first_name"))
        .when(hit("slip_first"))
        .then(_slip(pl.col("first_name"), seed, "f"))
        .otherwise("first_name")
        .alias("first_name"),
        pl.when(~hit("no_second")).then("second_name").alias("second_name"),
    ]


def _birth_slips(seed: int) -> pl.Expr:
    hit = partial(_hit, seed)
    born = pl.col("date_of_birth")
    turned = pl.date(born.dt.year(), born.dt.day().clip(1, 12), born.dt.month())
    slip = born.dt.offset_by(pl.format("{}d", whole(seed, "which", 9) + 1))
    return (
        pl.when(hit("january"))
        .then(pl.date(born.dt.year(), 1, 1))
        .when(hit("turned_birth") & (born.dt.day() <= 12))
        .then(turned)
        .when(hit("slip_birth"))
        .then(slip)
        .otherwise(born)
        .alias("date_of_birth")
    )


def _slip(name: pl.Expr, seed: int, what: str) -> pl.Expr:
    """One letter changed, dropped, doubled, or two changed over; anywhere."""
    at = (chance(seed, f"at {what}") * name.str.len_chars()).floor().cast(pl.Int64)
    head, one, rest = name.str.slice(0, at), name.str.slice(at, 1), name.str.slice(at + 1)
    kind = whole(seed, f"kind {what}", 4)
    letter = _letter(whole(seed, f"letter {what}", 24)).str.to_lowercase()
    return (
        pl.when(kind == 0)
        .then(head + letter + rest)
        .when(kind == 1)
        .then(head + rest)
        .when(kind == 2)
        .then(head + one + one + rest)
        .otherwise(head + rest.str.head(1) + one + rest.str.slice(1))
    )


def _other_digit(number: pl.Expr, seed: int, at: int) -> pl.Expr:
    digit = number.str.slice(at, 1).cast(pl.Int64, strict=False)
    return (
        number.str.slice(0, at)
        + ((digit + 1 + whole(seed, f"digit {at}", 8)) % 10).cast(pl.String)
        + number.str.slice(at + 1)
    )


def _sentences(seed: int) -> list[pl.Expr]:
    days = [
        pl.when(chance(seed, f"sentenced {number}") < share).then(
            pl.lit(FIRST_SENTENCE) + pl.duration(days=whole(seed, f"sentence {number}", SENTENCE_DAYS))
        )
        for number, share in enumerate((0.97, 0.5, 0.25))
    ]
    return [pl.concat_list(days).list.drop_nulls().alias("sentences")]


def _postcode(seed: int, name: str, size: int) -> pl.Expr:
    """Some six persons to a postcode; a few live in one of the hostels, some hundred persons each."""
    at, hostel = whole(seed, name, max(size // 6, 10)), whole(seed, f"{name} hostel", max(size // 5_000, 2))
    is_hostel = chance(seed, f"{name} in hostel") < HOSTEL
    place = pl.when(is_hostel).then(hostel).otherwise(at + 1_000)
    return pl.format(
        "Z{}{} {}{}",
        _letter(place // 13_500 % 24),
        place // 576 % 90 + 10,
        place // 324_000 % 10,
        _pair(place % 576),
    )


def _pick(names: pl.Series, at: pl.Expr) -> pl.Expr:
    return at.replace_strict(range(len(names)), names, return_dtype=pl.String)


def _padded(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.pad_start(width, "0")


def _letter(number: pl.Expr) -> pl.Expr:
    return (number % 24).replace_strict(dict(enumerate(LETTERS)), return_dtype=pl.String)


def _pair(number: pl.Expr) -> pl.Expr:
    return _letter(number // 24) + _letter(number)
