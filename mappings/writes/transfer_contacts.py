"""The diary entries that nDelius makes when it transfers a case: one for each manager closed and opened.

ETOM for the person's manager, ROC for the responsible officer, ETOS for the order, ETRC for a component, NTRS
for an NSI (mappings/kinds.csv); none for a report, none where nothing was closed (O03).
"""

from collections.abc import Sequence

import polars as pl

from mappings.case.component_kinds import OM, kind
from mappings.writes.transfers import PROVENANCE
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies

OFFICER_CHANGE = "ROC"
"""Contact type of a change of the responsible officer."""

REASON = "Transfer to the National Probation Service"
_LINES = (("From Trust: ", "from_area"), ("From Team: ", "from_team"), ("From Officer: ", "from_officer"))


def transfer_contacts(routed: pl.DataFrame, changes: Sequence[Change], baseline: Batch) -> pl.DataFrame:
    """Rows of CONTACT, dated Day 1, under the new team and officer.

    Args:
        routed: Components.moving with region, n_team, n_officer.
        changes: what the transfers close: whose responsible officer is among it gets ROC.
        baseline: nDelius as it stands: the event of each component, names of teams and officers.
    """
    transferred = routed.filter(pl.col("manager_id").is_not_null())
    told = _with_notes(transferred, baseline).join(
        _component_events(baseline), on=["kind", "component_ref"], how="left", maintain_order="left"
    )
    rows = [
        _contacts(group, kind(str(code)).contact_type, kind(str(code)).word)
        for (code,), group in told.group_by("kind", maintain_order=True)
        if kind(str(code)).contact_type
    ]
    persons = _persons_with_new_officer(changes, baseline)
    changed = told.filter((pl.col("kind") == OM) & pl.col("person_id").is_in(persons.implode()))
    rows.append(_contacts(changed, OFFICER_CHANGE, kind(OM).word))
    return pl.concat(rows, how="diagonal")


def _contacts(rows: pl.DataFrame, contact_type: str, word: str) -> pl.DataFrame:
    component = [] if word in ("offender_id", "event_id") else [pl.col("component_ref").alias(word)]
    return rows.select(
        pl.concat_str(pl.lit(f"{contact_type}:"), "kind", pl.lit(":"), "component_ref").alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        "event_id",
        *component,
        pl.lit(contact_type).alias("type"),
        pl.lit(DAY_1).alias("date"),
        pl.col("region").alias("area"),
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
        "notes",
        pl.lit(False).alias("is_rar"),
        pl.lit(False).alias("is_sensitive"),
        pl.lit(False).alias("is_deleted"),
    )


def _with_notes(rows: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """`rows` with notes: why, and from whom. A team or officer that nobody named has no line."""
    teams = baseline.known("team").select(
        pl.col("code").alias("old_team"), _named("name", "code").alias("from_team")
    )
    officers = baseline.known("staff").select(
        pl.col("officer").alias("old_officer"),
        _named(pl.concat_str("surname", pl.lit(", "), "first_name"), "officer").alias("from_officer"),
    )
    areas = pl.DataFrame(
        [(each.code, f"{each.name} ({each.code})") for each in companies().values()],
        schema={"old_area": pl.String, "from_area": pl.String},
        orient="row",
    )
    named = rows
    for names, word in ((areas, "old_area"), (teams, "old_team"), (officers, "old_officer")):
        known = names.drop_nulls(word).unique(word, keep="first", maintain_order=True)
        named = named.join(known, on=word, how="left", maintain_order="left")
    lines = [pl.lit(f"Transfer Reason: {REASON}"), *(pl.lit(label) + pl.col(name) for label, name in _LINES)]
    return named.with_columns(pl.concat_str(lines, separator="\n", ignore_nulls=True).alias("notes"))


def _named(name: str | pl.Expr, code: str) -> pl.Expr:
    return pl.concat_str(name, pl.lit(" ("), code, pl.lit(")"))


def _component_events(baseline: Batch) -> pl.DataFrame:
    """kind, component_ref, event_id (text) of everything that stands on an event."""
    sentences = baseline.known("disposal").select("disposal_id", "event_id").unique("disposal_id")
    custodies = baseline.known("custody").select("custody_id", "disposal_id").unique("custody_id")
    below = {
        "OS": baseline.known("event"),
        "RQ": baseline.known("requirement").join(sentences, on="disposal_id"),
        "LC": baseline.known("licence_condition").join(sentences, on="disposal_id"),
        "PSS": baseline.known("pss_requirement").join(
            custodies.join(sentences, on="disposal_id"), on="custody_id"
        ),
        "NSI": baseline.known("nsi"),
    }
    return pl.concat(
        rows.select(
            pl.lit(code).alias("kind"),
            pl.col(kind(code).word).cast(pl.String).alias("component_ref"),
            pl.col("event_id").cast(pl.String).alias("event_id"),
        )
        for code, rows in below.items()
    ).unique(["kind", "component_ref"])


def _persons_with_new_officer(changes: Sequence[Change], baseline: Batch) -> pl.Series:
    closed = [change.rows["key"] for change in changes if change.table == "RESPONSIBLE_OFFICER"]
    officers = baseline.known("responsible_officer")
    keys = pl.concat([pl.Series("key", [], pl.Int64), *closed])
    return officers.filter(pl.col("responsible_officer_id").is_in(keys.implode()))["offender_id"].cast(
        pl.String
    )
