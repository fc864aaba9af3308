"""Whether a row is out of scope, judged a second time by what the row itself says.

Out of scope is the one outcome that nothing later asks about: a row that slips into it is lost without a
word. So every one must bear its own reason, and no carried row may bear one.
"""

import polars as pl

from reconcile.differences import DESTINATION, differences_of, no_differences
from reconcile.sources.code_lists import read_code
from reconcile.sources.delivery import PLACE, Delivery, Frames
from reconcile.sources.reading import read_day
from vocabulary.batch import CARRIED, NOT_IN_SCOPE
from vocabulary.calendar import DAY_1
from vocabulary.links import links, parents_first
from vocabulary.source import source_words

NO_REASON = "Not in scope, and neither the row nor what it hangs on says why."
HAS_REASON = "Carried, and the row itself says that it is not in scope."
STRUCTURED = ("ATB", "DA", "EM")
"""Need areas of structured interventions (BR16)."""


def find_wrong_scope(delivery: Delivery) -> pl.DataFrame:
    """Differences of rows that are out of scope without a reason, and of carried ones that have one."""
    found = [no_differences()]
    for export, frames in delivery.frames.items():
        outside: dict[str, pl.DataFrame] = {}
        for entity in parents_first(export):
            is_out, reason = pl.col("row_outcome") == NOT_IN_SCOPE, _own_reason(delivery, export, entity)
            is_kept = (pl.col("row_outcome") == CARRIED) & pl.col("_own") & ~pl.col("_answered")
            told = (
                delivery.scan(export, entity)
                .select(
                    *PLACE,
                    "row_outcome",
                    *_named_words(export, entity),
                    reason.alias("_own"),
                    _is_below(export, entity, outside).alias("_below"),
                    _is_answered(entity).alias("_answered"),
                )
                .filter(is_out | is_kept)
                .collect()
            )
            if told.is_empty():
                continue
            outside[entity] = told.filter(is_out)
            bare = outside[entity].filter(~pl.col("_own") & ~pl.col("_below"))
            alone = bare if bare.is_empty() else _not_repeated(bare, frames[entity], export, entity)
            found.append(differences_of(alone, DESTINATION, NO_REASON))
            found.append(differences_of(told.filter(is_kept).select(PLACE), DESTINATION, HAS_REASON))
    return pl.concat(found)


def _named_words(export: str, entity: str) -> set[str]:
    """The words of `entity` by which rows of other entities name its rows."""
    return {link.parent_word for own in links(export).values() for link in own if link.parent == entity}


def _own_reason(delivery: Delivery, export: str, entity: str) -> pl.Expr:
    """What of the row's own content takes it out of Day 1."""
    company = delivery.company

    def code(column: str, name: str) -> pl.Expr:
        return read_code(column, name, export, company, delivery.decided)

    match (export, entity):
        case ("delius", _):
            words = {word.name for word in source_words(export)[entity]}
            reason = pl.col("is_deleted") == "1" if "is_deleted" in words else pl.lit(False)
        case (_, "assessment"):
            reason = code("status", "eoc_status") == "DRAFT"
        case (_, "star"):
            reason = code("status", "star_status") == "D"
        case (_, "service_referral"):
            ended = read_day(export, entity, "end_date", company) < DAY_1
            reason = (code("status", "referral_status") == "closed") | ended.fill_null(False)
        case (_, "rar_activity"):
            reason = (
                (code("status", "rar_status") != "LIVE").fill_null(True)
                | ~pl.col("need_area").is_in(STRUCTURED)
                | pl.col("panel_decision").is_null()
                | (code("panel_decision", "panel_decision") == "ROLLED_DOWN").fill_null(False)
            )
        case (_, "employee"):
            end, start = (read_day(export, entity, word, company) for word in ("end_date", "start_date"))
            reason = (end < DAY_1).fill_null(False) | (start >= DAY_1).fill_null(False)
        case _:
            reason = pl.lit(False)
    return reason.fill_null(False)


def _is_answered(entity: str) -> pl.Expr:
    """An operator may have answered for the panel where the row is blank."""
    return pl.col("panel_decision").is_null() if entity == "rar_activity" else pl.lit(False)


def _is_below(export: str, entity: str, outside: Frames) -> pl.Expr:
    """The row names a parent that is out of scope."""
    is_below = pl.lit(False)
    for link in links(export).get(entity, ()):
        if link.parent in outside:
            gone = outside[link.parent][link.parent_word].drop_nulls()
            is_below = is_below | pl.col(link.word).is_in(gone.implode()).fill_null(False)
    return is_below


def _not_repeated(bare: pl.DataFrame, rows: pl.DataFrame, export: str, entity: str) -> pl.DataFrame:
    """PLACE of those of `bare` that no earlier row of the file is the same as in every column."""
    words = [word.name for word in source_words(export)[entity] if word.name in rows.columns]
    keys = ["source_file", *(word for word in words if word not in ("message_reference",))]
    place = pl.int_range(pl.len()).over(keys)
    ordered = rows.sort("source_file", "row_number", maintain_order=True)
    twice = ordered.filter(place > 0).select(PLACE)
    return bare.select(PLACE).join(twice, on=PLACE, how="anti", maintain_order="left")
