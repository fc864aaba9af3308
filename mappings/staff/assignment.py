"""Who goes where: one outcome per employee, the first answer counts (staff_functions.md, assignment)."""

from decimal import Decimal

import polars as pl

from mappings.allocation.routing import NO_TEAMS
from mappings.staff.reassignment import functions, leads_alone, with_leading_share
from mappings.staff.region import with_region
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, SET_ASIDE
from vocabulary.employment import (
    DYNAMIC_FRAMEWORK,
    FRAMEWORK,
    NO_SERVICE,
    ROLE_QUESTION,
    SHARES,
    is_not_in_post,
)
from vocabulary.findings import collect, findings_of

ROW = ["source_file", "source_row"]
ASSIGN_MIN = Decimal(50)
"""Default of `assign_min`: the published threshold was not found, this one is ours."""

FUNCTIONS = tuple(functions()["function"])
APPEAL_WORDS = ("appeal_date", "appeal_outcome")
UNREAD = ("T06", "Q02")
"""Rules that leave a value out: an appeal whose day or outcome nobody can read is still an appeal."""

MIXED_ROLE, APPEAL_OPEN = "mixed_role", "appeal_open"
SUB_CONTRACTED, OBJECTED = ROLE_QUESTION, "objected"
OUTCOMES = (
    *FUNCTIONS, MIXED_ROLE, APPEAL_OPEN, DYNAMIC_FRAMEWORK, SUB_CONTRACTED, OBJECTED, NOT_IN_SCOPE, SET_ASIDE,
)  # fmt: skip
TRANSFERRING = (*FUNCTIONS, MIXED_ROLE, APPEAL_OPEN)
"""Who comes to the NPS: of the last two only the function waits for a decision."""

UPHELD, REJECTED = "UPHELD", "REJECTED"
SET_ASIDE_STEP, APPEAL_STEP, SHARE_STEP = 4, 5, 6
STEPS = {
    NOT_IN_SCOPE: 1, OBJECTED: 2, DYNAMIC_FRAMEWORK: 3, SUB_CONTRACTED: 3, SET_ASIDE: SET_ASIDE_STEP,
}  # fmt: skip
RULES = {
    NOT_IN_SCOPE: "S09",
    OBJECTED: "S06",
    DYNAMIC_FRAMEWORK: "S05",
    SUB_CONTRACTED: "S15",
    APPEAL_OPEN: "S07",
    MIXED_ROLE: "S04",
}
"""Outcome to the rule that decides it. A function has none; what sets aside is in the findings."""

RULE_WORDS = {
    "S04": ";".join(SHARES),
    "S05": "is_sub_contracted;sub_contracted_role",
    "S06": "has_objected",
    "S07": "appeal_outcome",
    "S09": "end_date;start_date",
    "S15": "is_sub_contracted;sub_contracted_role",
}


def assign(
    employees: pl.DataFrame,
    findings: pl.DataFrame,
    company: str,
    assign_min: Decimal = ASSIGN_MIN,
    decided: pl.DataFrame = NO_TEAMS,
) -> pl.DataFrame:
    """One row per employee with the answer and what decided it.

    Args:
        employees: typed rows of entity `employee` with `row_outcome` and `role_answer`
            (vocabulary.employment); a repeated row (T10) counts no second time and is left out.
        findings: what set rows aside so far, and which words of an appeal could not be read.
        assign_min: per cent of the employee's time.
        decided: answers about teams (mappings.allocation.routing).

    Returns:
        The rows with `outcome` (one of OUTCOMES), `function`, `goes_to`, `region, region_from, pdu_code`,
        `leading_function, leading_share, second_share, threshold`, `step` (1 to 6: which answer counted) and
        `rule` (null for a function; several that set aside are joined by `;`).
    """
    counted = employees.filter(pl.col("row_outcome") != NOT_IN_SCOPE)
    judged = _with_appeal(with_leading_share(with_region(counted, company, decided), assign_min), findings)
    answered = judged.with_columns(_outcome().alias("outcome")).join(
        _rules_that_set_aside(findings), on=ROW, how="left", maintain_order="left"
    )
    return with_function(
        answered.with_columns(
            _step().alias("step"),
            pl.when(pl.col("outcome") == SET_ASIDE)
            .then("_rules")
            .when(_is_by_role())
            .then(pl.lit(RULES[SUB_CONTRACTED]))
            .otherwise(pl.col("outcome").replace_strict(RULES, default=None, return_dtype=pl.String))
            .alias("rule"),
        ).drop("_rules", "_has_appealed")
    )


def with_function(assigned: pl.DataFrame) -> pl.DataFrame:
    """`assigned` with `function` and `goes_to` as its outcome says; null while no function is given."""
    goes_to = dict(functions().select("function", "goes_to").iter_rows())
    return assigned.with_columns(
        pl.when(pl.col("outcome").is_in(FUNCTIONS)).then("outcome").alias("function"),
        pl.col("outcome").replace_strict(goes_to, default=None, return_dtype=pl.String).alias("goes_to"),
    )


def row_outcome() -> pl.Expr:
    """The outcome of the source row: only who is not in post, or set aside, is not carried."""
    is_kept = ~pl.col("outcome").is_in([NOT_IN_SCOPE, SET_ASIDE])
    return pl.when(is_kept).then(pl.lit(CARRIED)).otherwise("outcome")


def assignment_findings(assigned: pl.DataFrame) -> pl.DataFrame:
    """Findings of S04 to S07, S09 and S15: one per employee whose outcome a rule decides."""
    found = [
        findings_of(assigned.filter(pl.col("outcome") == outcome), rule, "employee", RULE_WORDS[rule])
        for outcome, rule in RULES.items()
    ]
    nameless = (pl.col("outcome") == DYNAMIC_FRAMEWORK) & pl.col("supplier").is_null()
    return collect([*found, findings_of(assigned.filter(nameless), "S05", "employee", "supplier")])


def _outcome() -> pl.Expr:
    """The first answer. A row that could not be read or is set aside has none of its own."""
    has_appealed = pl.col("_has_appealed")
    is_upheld = (pl.col("appeal_outcome") == UPHELD) & pl.col("appeal_function_target").is_not_null()
    is_rejected = (pl.col("appeal_outcome") == REJECTED).fill_null(False)
    return (
        pl.when(pl.col("row_outcome") == SET_ASIDE)
        .then(pl.lit(SET_ASIDE))
        .when(is_not_in_post())
        .then(pl.lit(NOT_IN_SCOPE))
        .when("has_objected")
        .then(pl.lit(OBJECTED))
        .when(pl.col("is_sub_contracted") & (pl.col("sub_contracted_role_target") == FRAMEWORK))
        .then(pl.lit(DYNAMIC_FRAMEWORK))
        .when(pl.col("is_sub_contracted") & (pl.col("role_answer") != NO_SERVICE))
        .then("role_answer")
        .when("is_sub_contracted")
        .then(pl.lit(SUB_CONTRACTED))
        .when(has_appealed & is_upheld)
        .then("appeal_function_target")
        # Without an outcome the appeal is open, and upheld without a function nobody knows for what.
        .when(has_appealed & ~is_rejected)
        .then(pl.lit(APPEAL_OPEN))
        .when(leads_alone())
        .then("leading_function")
        .otherwise(pl.lit(MIXED_ROLE))
    )


def _step() -> pl.Expr:
    is_by_appeal = (pl.col("outcome") == APPEAL_OPEN) | (pl.col("appeal_outcome") == UPHELD).fill_null(False)
    last = pl.when(is_by_appeal).then(APPEAL_STEP).otherwise(SHARE_STEP)
    by_outcome = pl.col("outcome").replace_strict(STEPS, default=None, return_dtype=pl.Int64)
    by_role = pl.when(_is_by_role()).then(STEPS[SUB_CONTRACTED])
    return pl.coalesce(by_outcome, by_role, last).cast(pl.Int64)


def _is_by_role() -> pl.Expr:
    """An operator gave somebody of a supplier the function."""
    return pl.col("outcome").is_in(FUNCTIONS) & pl.col("role_answer").is_not_null()


def _with_appeal(employees: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """`_has_appealed`: a day or an outcome is there, even one that nobody could read."""
    is_of_appeal = pl.col("column").str.split(";").list.eval(pl.element().is_in(APPEAL_WORDS)).list.any()
    unread = (
        findings.filter((pl.col("entity") == "employee") & pl.col("rule").is_in(UNREAD) & is_of_appeal)
        .select(*ROW, pl.lit(True).alias("_unread"))
        .unique()
    )
    is_there = pl.any_horizontal(pl.col(word).is_not_null() for word in APPEAL_WORDS)
    return (
        employees.join(unread, on=ROW, how="left", maintain_order="left")
        .with_columns((is_there | pl.col("_unread").fill_null(False)).alias("_has_appealed"))
        .drop("_unread")
    )


def _rules_that_set_aside(findings: pl.DataFrame) -> pl.DataFrame:
    own = findings.filter((pl.col("entity") == "employee") & (pl.col("severity") == SET_ASIDE))
    return own.group_by(ROW).agg(pl.col("rule").unique().sort().str.join(";").alias("_rules"))
