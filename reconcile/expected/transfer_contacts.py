"""The diary entries that a transfer must have left: one for each manager closed and opened, and no more.

Source: dictionary rule 27 and the contact types of kinds.csv; a report has none, and so has what nobody
managed.
"""

import polars as pl

from reconcile.expected.moves import MANAGED
from reconcile.proofs.fields import Expected
from reconcile.sources.cases import OM, kinds
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies

TRANSFER = "transfer"
"""Writer of fields.csv."""

COMPONENTS = {
    "RQMNT_ID": "requirement", "LIC_CONDITION_ID": "licence_condition", "PSS_RQMNT_ID": "pss_requirement",
    "NSI_ID": "nsi",
}  # fmt: skip
"""Column of CONTACT that names a component, and its word in fields.csv."""

CHANGE_OF_OFFICER = "ROC"


def expected_contacts(moved: pl.DataFrame, closings: pl.DataFrame, evidence: Evidence) -> list[Expected]:
    """What the diary must hold of the components that moved.

    Args:
        moved: reconcile.expected.moves.assign_receivers, those that moved.
        closings: reconcile.expected.changes.expected_closings: whose responsible officer ends gets one of
            those too.
    """
    managed = _noted(moved.filter(pl.col("why") == MANAGED).drop("key"), evidence)
    written = _typed(evidence)
    parts = []
    for code, kind in kinds().items():
        if not kind.contact_type:
            continue
        rows = managed.filter(pl.col("kind") == code)
        parts.append(_found(rows, written, kind.contact_type, kind.manager_column))
    officers = managed.filter(
        (pl.col("kind") == OM) & pl.col("person").is_in(_changed_officers(closings, evidence).implode())
    )
    parts.append(_found(officers, written, CHANGE_OF_OFFICER, kinds()[OM].manager_column))
    rows = pl.concat(parts)
    return [Expected("CONTACT", TRANSFER, rows)] if rows.height else []


def _found(rows: pl.DataFrame, written: pl.DataFrame, contact_type: str, column: str) -> pl.DataFrame:
    """`rows` as fields.csv asks for them, with the lowest key of the contacts of that type about each."""
    keys = (
        written.filter(pl.col("_type") == contact_type)
        .select(pl.col(column).alias("component"), "key")
        .drop_nulls("component")
        .sort(pl.col("key").cast(pl.Int64))
        .unique("component", keep="first", maintain_order=True)
    )
    nothing = pl.lit(None, pl.String)
    return rows.join(keys, on="component", how="left", maintain_order="left").select(
        *PLACE,
        "key",
        "person",
        "event",
        pl.lit(contact_type).alias("contact_type"),
        *(
            (pl.col("component") if column == name else nothing).alias(word)
            for name, word in COMPONENTS.items()
        ),
        pl.col("n_area").alias("area"),
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
        "notes",
    )


def _typed(evidence: Evidence) -> pl.DataFrame:
    """The company's new contacts of Day 1 with `_type`; what was entered before is the companies' own."""
    contacts = evidence.inserted("CONTACT").filter(pl.col("CONTACT_DATE").str.starts_with(str(DAY_1)))
    types = evidence.country.lists.decode(contacts["CONTACT_TYPE_ID"], "CONTACT TYPE")
    return contacts.with_columns(types.alias("_type"))


def _changed_officers(closings: pl.DataFrame, evidence: Evidence) -> pl.Series:
    """Persons whose responsible officer ends."""
    keys = closings.filter(pl.col("table") == "RESPONSIBLE_OFFICER")["key"]
    rows = evidence.country.baseline["responsible_officer"]
    return rows.filter(pl.col("responsible_officer_id").is_in(keys.implode()))["offender_id"]


def _noted(rows: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`rows` with the text that says why, and whom the case comes from, as far as nDelius named them."""
    baseline = evidence.country.baseline
    teams = baseline["team"].select(pl.col("code").alias("team"), pl.col("name").alias("_team"))
    staff = baseline["staff"].select(
        "officer", pl.format("{}, {}", "surname", "first_name").alias("_officer")
    )
    trusts = {each.code: each.name for each in companies().values()}
    told = (
        rows.join(teams.unique("team", keep="first"), on="team", how="left", maintain_order="left")
        .join(staff.drop_nulls("officer").unique("officer", keep="first"), on="officer", how="left",
              maintain_order="left")
        .with_columns(pl.col("area").replace_strict(trusts, default=None).alias("_area"))
    )  # fmt: skip
    text = pl.lit("Transfer Reason: Transfer to the National Probation Service")
    for label, name, code in (
        ("Trust", "_area", "area"), ("Team", "_team", "team"), ("Officer", "_officer", "officer"),
    ):  # fmt: skip
        line = pl.format("\nFrom " + label + ": {} ({})", name, code)
        text = pl.concat_str(text, pl.when(pl.col(name).is_not_null()).then(line).otherwise(pl.lit("")))
    return told.with_columns(text.alias("notes"))
