"""Employees who became officers: rows of STAFF, OFFICER, STAFF_TEAM and USER_, accounts that moved, and which
old code became which."""

import polars as pl

from reconcile.allocation.account_claims import MADE
from reconcile.allocation.accounts import expected_account_changes, expected_areas, with_accounts
from reconcile.allocation.receivers import NO_OFFICERS, receivers_of
from reconcile.allocation.staff import ENTITY, EXPORT, assigned_employees, home_regions, officer_codes
from reconcile.differences import FIELD, differences_of
from reconcile.proofs.fields import Expected
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence

STAFF, OFFICER, USER, MEMBER = "STAFF", "OFFICER", "USER_", "STAFF_TEAM"
WRONG_CODE = "The officer's code is not one of its area, or another officer has it as well."
WRITER = f"{EXPORT}.{ENTITY}"


def new_codes(evidence: Evidence, employees: pl.DataFrame) -> pl.DataFrame:
    """officer (old code in capitals), region, new_officer: from the STAFF rows that the employees became.

    Only of employees whom the return assigns (reconcile.allocation.staff): a row for somebody else gives
    nobody a case.
    """
    codes = evidence.with_keys(officer_codes(employees), STAFF, EXPORT)
    lists = evidence.country.lists
    rows = evidence.inserted(STAFF)
    written = rows.select("key", pl.col("OFFICER_CODE").alias("new_officer")).with_columns(
        lists.decode(rows["PROBATION_AREA_ID"], "PROBATION AREA").alias("_area")
    )
    return (
        codes.select("officer", "key")
        .join(written, on="key", how="inner")
        .select("officer", pl.col("_area").alias("region"), "new_officer")
        .unique(["officer", "region"], keep="first", maintain_order=True)
    )


def expected_officers(
    evidence: Evidence, employees: pl.DataFrame, cases: pl.DataFrame, kept: pl.DataFrame
) -> tuple[list[Expected], pl.DataFrame, pl.DataFrame]:
    """The rows of those who become officers; PLACE, tables that each must be in (proof 1); EXPECTED_CHANGE.

    Args:
        employees: reconcile.allocation.staff.assigned_employees.
        cases: officer, region of the components that move.
        kept: n_officer, n_team, keeps of everything that may stay with its practitioner.
    """
    codes = officer_codes(employees)
    homes = home_regions(codes, cases, evidence.company)
    coming = (
        employees.join(codes.select(PLACE).unique(), on=PLACE, how="semi", maintain_order="left")
        .join(homes, on=PLACE, how="left", maintain_order="left")
        .filter(pl.col("home").is_not_null())
    )
    keyed = evidence.with_keys(evidence.with_keys(coming, STAFF, EXPORT, "staff"), USER, EXPORT, "new_user")
    placed = with_accounts(evidence, keyed).with_columns(pl.col("home").alias("area"))
    found = [Expected(STAFF, WRITER, placed.with_columns(key="staff"), EXPORT, ENTITY)]
    union = placed.with_columns(pl.format("0:{}", "staff").alias("key"))
    found.append(Expected(OFFICER, WRITER, union, EXPORT, ENTITY))
    is_made = (pl.col("account") == MADE).fill_null(False)
    made = placed.filter(is_made).with_columns(key="new_user")
    found.append(Expected(USER, WRITER, made, EXPORT, ENTITY))
    found.append(expected_areas(evidence, placed, WRITER))
    found.append(Expected(MEMBER, WRITER, _members(evidence, placed, kept)))
    required = placed.select(
        *PLACE,
        pl.when(is_made)
        .then(pl.lit([STAFF, MEMBER, USER]))
        .otherwise(pl.lit([STAFF, MEMBER]))
        .alias("tables"),
    )
    return found, required, expected_account_changes(placed)


def find_wrong_codes(evidence: Evidence) -> pl.DataFrame:
    """Differences of new officer codes that are not of their area, or that another officer has as well."""
    lists = evidence.country.lists
    rows = evidence.inserted(STAFF)
    written = rows.select("key", pl.col("OFFICER_CODE").alias("found")).with_columns(
        lists.decode(rows["PROBATION_AREA_ID"], "PROBATION AREA").alias("expected"),
        pl.lit(STAFF).alias("table"),
        pl.lit("OFFICER_CODE").alias("column"),
    )
    codes = lists.table(STAFF)["OFFICER_CODE"]
    shared = codes.filter(codes.is_duplicated())
    is_of_area = (pl.col("found").str.head(3) == pl.col("expected")).fill_null(False)
    wrong = written.filter(~is_of_area | pl.col("found").is_in(shared.implode()).fill_null(False))
    return differences_of(wrong, FIELD, WRONG_CODE)


def assignments(evidence: Evidence) -> pl.DataFrame:
    """The employees of the company with outcome, function and region."""
    return assigned_employees(evidence.delivery)


def _members(evidence: Evidence, placed: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """The teams that each officer joins: those that receive the cases kept, else the one of the own team."""
    written = evidence.inserted(STAFF).select(
        pl.col("key").alias("staff"), pl.col("OFFICER_CODE").alias("new_officer")
    )
    people = placed.join(written, on="staff", how="left", maintain_order="left")
    by_cases = kept.filter("keeps").select(pl.col("n_officer").alias("new_officer"), "n_team").unique()
    nothing = pl.lit(None, pl.String)
    homes = people.select(
        *PLACE, "staff", "new_officer", "team", "pdu",
        region="home", person_team=nothing, officer=nothing,
    )  # fmt: skip
    own = receivers_of(homes, evidence.delivery, NO_OFFICERS)
    names = [*PLACE, "staff", "n_team"]
    joined = pl.concat(
        [
            people.join(by_cases, on="new_officer", how="inner").select(names),
            own.join(by_cases, on="new_officer", how="anti").select(names),
        ]
    )
    ids = evidence.country.lists.codes("TEAM").select(pl.col("code").alias("n_team"), "id")
    return joined.join(ids, on="n_team", how="left").select(
        *PLACE,
        "staff",
        pl.col("n_team").alias("team"),
        pl.concat_str("staff", "id", separator=":").alias("key"),
    )
