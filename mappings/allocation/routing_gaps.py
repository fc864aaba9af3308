"""Teams that a delivery names and routing does not know: found before the night, with their live cases."""

import polars as pl

from mappings.allocation.routing import NO_TEAMS, own_teams
from mappings.case.added_components import REPORTS
from mappings.case.component_kinds import kinds
from mappings.case.live_components import Frames, live_components
from mappings.case.live_records import records_without_end
from mappings.case.managers import active_managers
from vocabulary.source import OWN_SYSTEM

BLANK = "(blank)"


def teams_without_receiver(
    frames: Frames, export: str, company: str, decided: pl.DataFrame = NO_TEAMS
) -> pl.DataFrame:
    """`team, cases`: teams of live cases without a row in mappings/routing/teams.csv (O04), most cases first.

    Args:
        frames: typed frames of the company's case system (`export`: delius or spg), without deleted rows.
        decided: answers about teams: one that is answered is no gap.
    """
    cases = _of_records(frames) if export == OWN_SYSTEM else _of_managers(frames)
    known = own_teams(company, decided)["team"]
    lost = cases.filter((pl.col("area") == company) & ~pl.col("team").is_in(known.implode()).fill_null(False))
    return (
        lost.group_by(pl.col("team").fill_null(BLANK))
        .agg(pl.len().alias("cases"))
        .sort("cases", "team", descending=[True, False])
    )


def _of_records(frames: Frames) -> pl.DataFrame:
    """area, team of every live record: it names its team itself. Before match nobody asks
    nDelius what is live."""
    events = frames["event"].lazy().filter(pl.col("end_date").is_null()).select("local_ref").unique()
    found = [records_without_end(frames, kind, events) for kind in kinds() if kind.code not in REPORTS]
    return pl.concat([rows.select("area", "team") for rows in found]).collect()


def _of_managers(frames: Frames) -> pl.DataFrame:
    """area, team of whoever manages a live component."""
    live = [
        live_components(frames, kind).select(
            pl.lit(kind.code).alias("kind"), pl.col(kind.word).cast(pl.String).alias("component_ref")
        )
        for kind in kinds()
    ]
    current = active_managers(frames).filter("is_current")
    return current.join(pl.concat(live), on=["kind", "component_ref"], how="semi").select("area", "team")
