"""Manager rows and transfer records that Day 1 must have written for the components that move.

One manager opened per component; for one that was closed also a transfer record, per person a master
transfer, and a responsible officer for every offender manager opened (target.md, transfers are per
component).
"""

import polars as pl

from reconcile.differences import FIELD, differences_of
from reconcile.expected.changes import ending_managers, open_officers, replaced_officers
from reconcile.expected.moves import MANAGED
from reconcile.proofs.fields import Expected
from reconcile.sources.cases import OM, REPORTS, kinds
from reconcile.sources.delivery import PLACE, Frames
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records
from vocabulary.keys import key_words

WRONG_PERSON = "The row is about another person than the source row that it is traced to."
COMPONENT, PERSON = "component", "person"
"""Writers of fields.csv: rows that a component, or a person, that moves got."""


def with_manager(moves: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`moves` with `key`, the manager row opened for each component, null where there is none."""
    parts = []
    for (code,), rows in moves.group_by("kind", maintain_order=True):
        kind = kinds()[str(code)]
        opened = evidence.inserted(kind.manager_table)
        keys = opened.select(pl.col(kind.manager_column).alias("component"), "key").drop_nulls("component")
        parts.append(_first(rows, keys, "component"))
    return pl.concat(parts) if parts else moves.with_columns(pl.lit(None, pl.String).alias("key"))


def expected_managers(moves: pl.DataFrame, evidence: Evidence) -> list[Expected]:
    """What the components that moved got; of `moves` (with_manager) those with a manager row."""
    moved = moves.filter(pl.col("key").is_not_null())
    masters = _masters(moved, evidence)
    placed = _with_transfer(moved, evidence).join(
        masters.select("person", pl.col("key").alias("master_transfer")),
        on="person",
        how="left",
        maintain_order="left",
    )
    found: list[Expected] = []
    for (code,), rows in placed.group_by("kind", maintain_order=True):
        kind = kinds()[str(code)]
        found.append(Expected(kind.manager_table, COMPONENT, _manager_rows(rows, str(code))))
        closed = rows.filter(pl.col("why") == MANAGED)
        if closed.height:
            transfers = closed.with_columns(pl.col("transfer").alias("key"))
            found.append(Expected(kind.transfer_table, COMPONENT, _with_origin(transfers)))
    if masters.height:
        found.append(Expected("MASTER_TRANSFER", PERSON, masters))
    opened = _becoming_responsible(placed, evidence)
    if opened.height:
        found.append(Expected("RESPONSIBLE_OFFICER", PERSON, _responsible(opened, evidence)))
    return found


def find_wrong_persons(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """Differences of transfer and officer rows about another person than the source row behind them."""
    tables = ["MASTER_TRANSFER", "RESPONSIBLE_OFFICER", *(kind.transfer_table for kind in kinds().values())]
    rows = pl.concat(
        [
            evidence.inserted(table).select(pl.lit(table).alias("table"), "key", found="OFFENDER_ID")
            for table in tables
        ]
    )
    traced = evidence.trail.rows.join(rows, on=["table", "key"], how="inner", maintain_order="left")
    wrong = traced.join(_persons_of_rows(evidence, records, traced), on=PLACE, how="inner").filter(
        pl.col("expected") != pl.col("found")
    )
    return differences_of(wrong.with_columns(pl.lit("OFFENDER_ID").alias("column")), FIELD, WRONG_PERSON)


def _persons_of_rows(evidence: Evidence, records: Records | None, named: pl.DataFrame) -> pl.DataFrame:
    """PLACE, expected: whose row each component of nDelius and of the delivery is, of the rows `named`."""
    baseline = evidence.country.baseline
    found = [
        evidence.country.cached("persons of rows", lambda: pl.concat(_with_expected(baseline, "offender_id")))
    ]
    if evidence.delivery.has("delius"):
        found += _with_expected(_as_known(evidence), "offender_id")
    if records is not None:
        found += _with_expected(records.frames, "person")
    own = [rows.join(named, on=PLACE, how="semi") for rows in found]
    return pl.concat(own).drop_nulls("expected").unique(PLACE, keep="first", maintain_order=True)


def _as_known(evidence: Evidence) -> dict[str, pl.DataFrame]:
    """Delivered components with the person whom nDelius says on the evening before, by its own key: two may
    have been merged, or parted again, since the extract."""
    frames, baseline = evidence.delivery.frames["delius"], evidence.country.baseline
    entities = [kind.entity for kind in kinds().values() if kind.entity in frames and kind.entity in baseline]
    keys = {entity: key_words("delius", entity)[0] for entity in entities}

    def known() -> pl.DataFrame:
        return pl.concat(
            baseline[entity].select(entity=pl.lit(entity), _key=word, _there="offender_id")
            for entity, word in keys.items()
        ).unique(["entity", "_key"])

    there = evidence.country.cached("persons of keys", known)
    found = {}
    for entity, word in keys.items():
        own = there.filter(entity=entity).drop("entity")
        named = frames[entity].join(own, left_on=word, right_on="_key", how="left", maintain_order="left")
        found[entity] = named.with_columns(pl.coalesce("_there", "offender_id").alias("offender_id"))
    return found


def _with_expected(frames: Frames, word: str) -> list[pl.DataFrame]:
    """PLACE, expected (the person in `word`) of every kind of component that `frames` have."""
    entities = [kind.entity for kind in kinds().values() if kind.entity in frames]
    return [frames[entity].select(*PLACE, pl.col(word).alias("expected")) for entity in entities]


def _first(rows: pl.DataFrame, keys: pl.DataFrame, on: str, name: str = "key") -> pl.DataFrame:
    """`rows` with the lowest of the keys that belong to each: a second row of the target is one too many."""
    lowest = keys.sort(pl.col("key").cast(pl.Int64)).unique(on, keep="first", maintain_order=True)
    return rows.join(lowest.rename({"key": name}), on=on, how="left", maintain_order="left")


def _with_transfer(moved: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    parts = []
    for (code,), rows in moved.group_by("kind", maintain_order=True):
        kind = kinds()[str(code)]
        written = evidence.inserted(kind.transfer_table)
        keys = written.select(pl.col(kind.transfer_column).alias("component"), "key")
        parts.append(_first(rows, keys, "component", "transfer"))
    return pl.concat(parts) if parts else moved.with_columns(pl.lit(None, pl.String).alias("transfer"))


def _masters(moved: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """One master transfer for each person with something transferred."""
    persons = (
        moved.filter(pl.col("why") == MANAGED)
        .unique("person", keep="first", maintain_order=True)
        .select(*PLACE, "person", pl.col("n_area").alias("area"))
    )
    written = evidence.inserted("MASTER_TRANSFER")
    return _first(persons, written.select(pl.col("OFFENDER_ID").alias("person"), "key"), "person")


def _manager_rows(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """The derived columns of a manager row; of a report it names event and transfer by the report's kind."""
    is_closed = pl.col("why") == MANAGED
    transfer = pl.when(is_closed).then("transfer")
    nothing = pl.lit(None, pl.String)
    of_report = [
        (pl.col("component") if code == report else nothing).alias(name)
        for report, name in zip(REPORTS, ("court_report", "institutional_report"), strict=True)
    ] + [
        (transfer if code == report else nothing).alias(f"{name}_transfer")
        for report, name in zip(REPORTS, ("court_report", "institutional_report"), strict=True)
    ]
    return rows.select(
        *PLACE,
        "key",
        "component",
        "event",
        transfer.alias("transfer"),
        pl.col("n_area").alias("area"),
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
        *of_report,
    )


def _with_origin(rows: pl.DataFrame) -> pl.DataFrame:
    """Where a component came from: its manager's team and officer, or what stands for a blank one (rule
    8)."""
    team = pl.coalesce("team", pl.col("officer").str.head(3) + "UAT", pl.col("area") + "UAT")
    return rows.select(
        *PLACE,
        "key",
        "component",
        "person",
        "master_transfer",
        team.alias("origin_team"),
        pl.coalesce("officer", team + "U").alias("origin_officer"),
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
    )


def _becoming_responsible(placed: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """The offender managers whose person had the old one responsible, or nobody at all."""
    moved = placed.filter(pl.col("kind") == OM)
    replaced = replaced_officers(evidence, placed, ending_managers(evidence, placed))["offender_id"]
    kept = open_officers(evidence).filter(~pl.col("offender_id").is_in(replaced.implode()))["offender_id"]
    return moved.filter(~pl.col("person").is_in(kept.implode()))


def _responsible(opened: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    written = evidence.inserted("RESPONSIBLE_OFFICER")
    rows = opened.select(*PLACE, "person", pl.col("key").alias("manager"))
    return _first(rows, written.select(pl.col("OFFENDER_MANAGER_ID").alias("manager"), "key"), "manager")
