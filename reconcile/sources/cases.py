"""The live components of nDelius on the evening before, and who manages each: read from the baseline's text.

Source: delius.md, live components; dictionary rule 1 (one active manager; of several the latest allocation).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from reconcile.sources.baseline import OWNER, Baseline
from reconcile.sources.delivery import PLACE, Frames
from reconcile.sources.reading import read_day
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.resources import text_table

OM, RQ = "OM", "RQ"
COMPONENTS, MANAGERS, LOST = "components", "managers", "lost"
REPORTS = ("CR", "IR")


@dataclass(frozen=True)
class Kind:
    """One line of kinds.csv: a kind of component, its manager and its transfer, here and in the target.

    `contact_type`: the contact that a transfer writes, blank where it writes none.
    """

    kind: str
    entity: str
    word: str
    manager: str
    table: str
    manager_table: str
    manager_column: str
    transfer_table: str
    transfer_column: str
    has_pending: bool
    contact_type: str


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, the person first."""
    return {
        row["kind"]: Kind(
            **{
                **row,
                "has_pending": row["has_pending"] == "Y",
                "contact_type": row["contact_type"] or "",
            }
        )
        for row in text_table("reconcile", "kinds.csv").iter_rows(named=True)
    }


def live_events(baseline: Frames) -> pl.Series:
    """Keys of the events that nDelius has live."""
    return baseline["event"].filter(pl.col("is_active") == "1")["event_id"]


def live_components(baseline: Frames) -> pl.DataFrame:
    """kind, component (key), person, event (key, null without), PLACE of every live component."""
    disposals = baseline["disposal"].select("disposal_id", "event_id").unique("disposal_id")
    custodies = baseline["custody"].select("custody_id", "disposal_id").unique("custody_id")
    by_custody = custodies.join(disposals, on="disposal_id").drop("disposal_id")
    active, on_live_event = (
        pl.col("is_active") == "1",
        pl.col("event_id").is_in(live_events(baseline).implode()),
    )
    everybody = baseline["offender"].with_columns(event_id=pl.lit(None, pl.String))
    found = [
        _component("OM", everybody),
        _component("OS", baseline["event"].filter(active)),
        *(
            _component(code, baseline[entity].join(above, on=word).filter(active & on_live_event))
            for code, entity, above, word in (
                ("RQ", "requirement", disposals, "disposal_id"),
                ("LC", "licence_condition", disposals, "disposal_id"),
                ("PSS", "pss_requirement", by_custody, "custody_id"),
            )
        ),
        _component("NSI", baseline["nsi"].filter(active)),
        _component("CR", baseline["court_report"].filter(pl.col("completed_date").is_null())),
        _component(
            "IR",
            baseline["institutional_report"]
            .join(by_custody, on="custody_id", how="left")
            .filter(pl.col("completed_date").is_null()),
        ),
    ]
    return pl.concat(found).unique(["kind", "component"], keep="first", maintain_order=True)


def _component(code: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (offender_id, event_id) of one kind as live_components gives them."""
    return rows.select(
        pl.lit(code).alias("kind"),
        pl.col(kinds()[code].word).alias("component"),
        pl.col("offender_id").alias("person"),
        pl.col("event_id").alias("event"),
        pl.lit(kinds()[code].entity).alias("entity"),
        *PLACE,
    )


def active_managers(baseline: Frames) -> pl.DataFrame:
    """kind, component, manager (key), area, team, officer, started, is_current of every active manager
    row."""
    found = []
    for kind in kinds().values():
        rows = baseline[kind.manager].filter((pl.col("is_active") == "1") & pl.col(kind.word).is_not_null())
        found.append(
            rows.select(
                pl.lit(kind.kind).alias("kind"),
                pl.col(kind.word).alias("component"),
                pl.col("manager_id").alias("manager"),
                "area",
                "team",
                "officer",
                read_day("delius", kind.manager, "start_date", BASELINE_COMPANY).alias("started"),
                pl.lit(kind.manager).alias("manager_entity"),
                pl.col("source_file").alias("manager_file"),
                pl.col("source_row").alias("manager_row"),
            )
        )
    latest_first = pl.concat(found).sort(
        "started", pl.col("manager").cast(pl.Int64), descending=True, nulls_last=True
    )
    return latest_first.with_columns(
        (pl.int_range(pl.len()).over("kind", "component") == 0).alias("is_current")
    )


@dataclass(frozen=True)
class NationalCases:
    """Live components of the country, or of a share of it, with their managers.

    `rows`: the frames below, on disk where they are the nation's. `homes`: area, person of whose components
    the area manages, or did by a row that is lost; always the nation's.
    """

    rows: Baseline
    homes: pl.DataFrame

    @property
    def components(self) -> pl.DataFrame:
        """live_components, then manager, area, team, officer of the current manager (null without)."""
        return self.rows[COMPONENTS]

    @property
    def managers(self) -> pl.DataFrame:
        """Every active manager row (active_managers)."""
        return self.rows[MANAGERS]

    @property
    def lost(self) -> pl.DataFrame:
        """kind, component, area of active manager rows that nDelius cannot hold: they manage nobody, and
        still say whose the component is."""
        return self.rows[LOST]

    def persons_of(self, company: str) -> pl.Series:
        """Whose components the area of the company manages, or did by a row that is lost."""
        return self.homes.filter(area=company)["person"]

    def share(self, persons: pl.Series) -> "NationalCases":
        """The components of `persons` and who manages them."""
        return NationalCases(self.rows.share(persons), self.homes)


def national_cases(
    baseline: Baseline, dangling: Frames | None = None, place: Path | None = None
) -> NationalCases:
    """What nDelius holds, for all companies at once, laid down under `place` where that is given.

    `dangling`: reconcile.sources.baseline.read_dangling of the managers.
    """
    names = ["kind", "component"]
    managers = active_managers(baseline)
    lost = (active_managers(dangling) if dangling else managers.clear()).select(*names, "area")
    current = managers.filter("is_current").drop("is_current", "started")
    components = live_components(baseline).join(current, on=names, how="left", maintain_order="left")
    of_whom = components.select(*names, "person").unique(names)
    by_area = pl.concat([rows.select(*names, "area") for rows in (managers, lost)]).unique()
    homes = by_area.join(of_whom, on=names, how="inner").select("area", "person").unique()
    person = pl.col("person").cast(pl.Int64, strict=False).alias(OWNER)
    whose = of_whom.select(*names, person)
    frames = {
        COMPONENTS: components.with_columns(person),
        MANAGERS: managers.join(whose, on=names, how="left", maintain_order="left"),
        LOST: lost.join(whose, on=names, how="left", maintain_order="left"),
    }
    return NationalCases(Baseline.of(frames) if place is None else Baseline.laid_down(frames, place), homes)


def company_cases(
    cases: NationalCases, company: str, added: pl.Series, *, has_sentence_management: bool
) -> pl.DataFrame:
    """The components that Day 1 must take from one company, with `why`: managed (transferred), orphan (O03:
    live, without a manager, of a person whose offender manager is the company's, or lost by a manager of the
    company) or missing (O01: the person has a component of the company and no offender manager at all).
    `added`: persons of components that only the company holds."""
    everything = cases.components
    managed = everything.filter(pl.col("area") == company)
    nobody = everything.filter(pl.col("area").is_null())
    lost = nobody.join(cases.lost.filter(area=company), on=["kind", "component"], how="semi")
    own_persons = pl.concat([managed, lost]).filter(pl.col("kind") == OM)["person"]
    of_own_persons = nobody.filter(pl.col("person").is_in(own_persons.implode()))
    orphans = pl.concat([of_own_persons, lost]).filter(pl.col("kind") != OM).unique(maintain_order=True)
    concerned = pl.concat([managed["person"], lost["person"], orphans["person"], added.drop_nulls()]).unique()
    missing = nobody.filter((pl.col("kind") == OM) & pl.col("person").is_in(concerned.implode()))
    parts = {"managed": managed, "orphan": orphans}
    if has_sentence_management:
        parts["missing"] = missing
    return pl.concat([rows.with_columns(pl.lit(why).alias("why")) for why, rows in parts.items()])
