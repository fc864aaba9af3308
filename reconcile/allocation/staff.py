"""Where each employee goes, derived a second time from the staff return: first answer counts.

Source: staff_functions.md, assignment. Whoever gets a function and has an officer code becomes an officer.
"""

import polars as pl

from reconcile.allocation.geography import places_of, teams_of
from reconcile.sources.code_lists import read_code
from reconcile.sources.delivery import PLACE, Delivery
from reconcile.sources.reading import read_day, says_yes
from vocabulary.batch import SET_ASIDE
from vocabulary.calendar import DAY_1
from vocabulary.companies import company
from vocabulary.resources import text_table

MIXED, OPEN_APPEAL = "mixed_role", "appeal_open"
OBJECTED, NOT_IN_POST = "objected", "not_in_scope"
SUPPLIER, OTHER_ROLE = "dynamic_framework", "sub_contracted"
NO_SERVICE = "no_service"
"""Answer about a sub-contracted role: it stays as it is."""

ASKED = (MIXED, OPEN_APPEAL, OTHER_ROLE)
EXPORT, ENTITY = "staff", "employee"


def functions() -> dict[str, str]:
    """Function code to the word that holds its share of working time, in their order."""
    lines = text_table("mappings", "staff", "functions.csv").select("function", "share")
    return dict(lines.iter_rows())


def assigned_employees(delivery: Delivery) -> pl.DataFrame:
    """PLACE, the words of the return, `outcome`, `function`, `region`, `pdu` (null without)."""
    rows = delivery.all(EXPORT, ENTITY) if delivery.has(EXPORT) else delivery.carried(EXPORT, ENTITY)
    # A row sent twice is no second employee; whoever is not in post is judged all the same.
    repeated = delivery.findings.filter((pl.col("rule") == "T10") & (pl.col("export") == EXPORT))
    judged = rows.join(repeated.select(PLACE), on=PLACE, how="anti", maintain_order="left")
    if judged.is_empty():
        names = ("outcome", "function", "region", "pdu")
        return judged.with_columns(pl.lit(None, pl.String).alias(name) for name in names)
    answered = judged.with_columns(_outcome(delivery).alias("outcome"), *_region(judged, delivery))
    decided = _with_answers(answered, delivery)
    return decided.with_columns(
        pl.when(pl.col("outcome").is_in(list(functions()))).then("outcome").alias("function")
    )


def officer_codes(employees: pl.DataFrame) -> pl.DataFrame:
    """`employees` who have a function, a row per officer code (`officer`, in capitals)."""
    coming = employees.filter(pl.col("function").is_not_null() & pl.col("officer_codes").is_not_null())
    return (
        coming.with_columns(pl.col("officer_codes").str.split(";").alias("officer"))
        .explode("officer")
        .with_columns(pl.col("officer").str.strip_chars().str.to_uppercase())
        .filter(pl.col("officer") != "")
    )


def home_regions(codes: pl.DataFrame, cases: pl.DataFrame, company_code: str) -> pl.DataFrame:
    """PLACE, home: where most of an officer's cases go, of equal numbers the company's first region; else the
    employee's own.

    Args:
        codes: officer_codes. cases: officer, region of the components that move.
    """
    order = {region: place for place, region in enumerate(company(company_code).regions)}
    counted = (
        codes.select(*PLACE, "officer")
        .unique()
        .join(
            cases.select(pl.col("officer").str.to_uppercase(), pl.col("region").alias("home")), on="officer"
        )
        .group_by(*PLACE, "home")
        .len("cases")
        .with_columns(pl.col("home").replace_strict(order, default=99).alias("_place"))
        .sort("cases", "_place", descending=[True, False])
        .unique(PLACE, keep="first", maintain_order=True)
    )
    everybody = codes.select(*PLACE, "region").unique(PLACE, keep="first", maintain_order=True)
    return everybody.join(counted, on=PLACE, how="left", maintain_order="left").select(
        *PLACE, pl.coalesce("home", "region").alias("home")
    )


def _outcome(delivery: Delivery) -> pl.Expr:
    end, start = (read_day(EXPORT, ENTITY, word, delivery.company) for word in ("end_date", "start_date"))
    is_out = ((end < DAY_1) | (start >= DAY_1)).fill_null(False)
    has_appealed = pl.col("appeal_date").is_not_null() | pl.col("appeal_outcome").is_not_null()
    granted = read_code("appeal_function", "function", EXPORT, delivery.company, delivery.decided)
    role = read_code("sub_contracted_role", "sub_contracted_role", EXPORT, delivery.company, delivery.decided)
    is_upheld = has_appealed & (pl.col("appeal_outcome") == "UPHELD") & granted.is_not_null()
    is_open = has_appealed & ~(pl.col("appeal_outcome") == "REJECTED").fill_null(False)
    return (
        pl.when(pl.col("row_outcome") == SET_ASIDE)
        .then(pl.lit(SET_ASIDE))
        .when(is_out)
        .then(pl.lit(NOT_IN_POST))
        .when(says_yes("has_objected"))
        .then(pl.lit(OBJECTED))
        .when(says_yes("is_sub_contracted") & (role == "FRAMEWORK").fill_null(False))
        .then(pl.lit(SUPPLIER))
        .when(says_yes("is_sub_contracted"))
        .then(pl.lit(OTHER_ROLE))
        .when(is_upheld.fill_null(False))
        .then(granted)
        .when(is_open)
        .then(pl.lit(OPEN_APPEAL))
        .otherwise(_by_shares(delivery))
    )


def _by_shares(delivery: Delivery) -> pl.Expr:
    """The function that takes at least the threshold and more than any other."""
    shares = {
        function: pl.col(word).str.replace(",", ".").cast(pl.Float64, strict=False).fill_null(0)
        for function, word in functions().items()
    }
    chosen = pl.lit(MIXED)
    for function, share in shares.items():
        others = pl.max_horizontal(value for name, value in shares.items() if name != function)
        leads = (share >= float(delivery.assign_min)) & (share > others)
        chosen = pl.when(leads).then(pl.lit(function)).otherwise(chosen)
    return chosen


def _region(employees: pl.DataFrame, delivery: Delivery) -> list[pl.Series]:
    """`region`, `pdu` of the workplace: the company's region, or the postcode's, then the team's."""
    homes = company(delivery.company).regions
    if len(homes) == 1:
        names = {"region": homes[0], "pdu": None}
        return [pl.Series(name, [value] * employees.height, pl.String) for name, value in names.items()]
    places = places_of(employees["postcode"], delivery.company)
    teams = teams_of(delivery).select("team", pl.col("region").alias("t_region"))
    answered = places.with_columns(employees["team"]).join(
        teams, on="team", how="left", maintain_order="left"
    )
    return answered.select(pl.coalesce("region", "t_region").alias("region"), "pdu").get_columns()


def _with_answers(employees: pl.DataFrame, delivery: Delivery) -> pl.DataFrame:
    """What operators answered where a question was open: function of a mixed role, an appeal or a
    sub-contracted role, region."""
    answers = delivery.staff_answers
    if answers.is_empty():
        return employees
    given = answers.select(
        "employee_ref", "decision", pl.col("function").alias("a_function"), pl.col("region").alias("a_region")
    )
    named = employees
    for question in ASKED:
        of_kind = given.filter(pl.col("decision") == question, pl.col("a_function") != NO_SERVICE).select(
            "employee_ref", "a_function"
        )
        named = named.join(of_kind, on="employee_ref", how="left", maintain_order="left").with_columns(
            pl.when((pl.col("outcome") == question) & pl.col("a_function").is_not_null())
            .then("a_function")
            .otherwise("outcome")
            .alias("outcome")
        ).drop("a_function")  # fmt: skip
    regions = given.filter(decision="region").select("employee_ref", "a_region").drop_nulls()
    return (
        named.join(regions, on="employee_ref", how="left", maintain_order="left")
        .with_columns(pl.coalesce("region", "a_region").alias("region"))
        .drop("a_region")
    )
