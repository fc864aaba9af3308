"""The checks of the dictionary, as the database holds them: one line per kind of rule, kept and broken."""

import pytest
import sqlalchemy as sa

from target.schema.checks import check_sql
from target.schema.shape import Constraint, columns

KEPT, BROKEN = True, False
SPEC = [
    # kind table columns values argument verdict
    ("one_of", "CONTACT", "SENSITIVE", "'Y'", "Y N", KEPT),
    ("one_of", "CONTACT", "SENSITIVE", "'X'", "Y N", BROKEN),
    ("one_of", "CONTACT", "SENSITIVE", "NULL", "Y N", KEPT),
    ("one_of", "CONTACT", "ENFORCEMENT", "0", "1", BROKEN),
    ("exactly_one", "CONTACT", "TEAM_ID PROVIDER_TEAM_ID", "1, NULL", "", KEPT),
    ("exactly_one", "CONTACT", "TEAM_ID PROVIDER_TEAM_ID", "1, 1", "", BROKEN),
    ("exactly_one", "CONTACT", "TEAM_ID PROVIDER_TEAM_ID", "NULL, NULL", "", BROKEN),
    ("zero_when_set", "DISPOSAL", "ACTIVE_FLAG TERMINATION_DATE", "1, NULL", "", KEPT),
    ("zero_when_set", "DISPOSAL", "ACTIVE_FLAG TERMINATION_DATE", "0, '2021'", "", KEPT),
    ("zero_when_set", "DISPOSAL", "ACTIVE_FLAG TERMINATION_DATE", "1, '2021'", "", BROKEN),
    ("zero_when_set", "DISPOSAL", "ACTIVE_FLAG TERMINATION_DATE", "0, NULL", "", BROKEN),
    ("one_when_set", "PROBATION_AREA", "PRIVATE DIVISION_ID", "1, 5", "", KEPT),
    ("one_when_set", "PROBATION_AREA", "PRIVATE DIVISION_ID", "1, NULL", "", BROKEN),
    ("repeats", "CONTACT", "STAFF_EMPLOYEE_ID STAFF_ID PROVIDER_EMPLOYEE_ID", "7, NULL, 7", "", KEPT),
    ("repeats", "CONTACT", "STAFF_EMPLOYEE_ID STAFF_ID PROVIDER_EMPLOYEE_ID", "7, 8, NULL", "", BROKEN),
    ("not_after", "OFFENDER_ADDRESS", "START_DATE END_DATE", "'2020', NULL", "", KEPT),
    ("not_after", "OFFENDER_ADDRESS", "START_DATE END_DATE", "'2021', '2020'", "", BROKEN),
    ("above_zero", "UPW_ADJUSTMENT", "ADJUSTMENT_AMOUNT", "60", "", KEPT),
    ("above_zero", "UPW_ADJUSTMENT", "ADJUSTMENT_AMOUNT", "0", "", BROKEN),
]  # fmt: skip
LEVEL = "EVENT_ID RQMNT_ID LIC_CONDITION_ID PSS_RQMNT_ID NSI_ID"
FAMILY = (
    "RQMNT_TYPE_MAIN_CATEGORY_ID RQMNT_TYPE_SUB_CATEGORY_ID "
    "AD_RQMNT_TYPE_MAIN_CATEGORY_ID AD_RQMNT_TYPE_SUB_CATEGORY_ID"
)
COMBINED = [
    # contact level: event, requirement, licence condition, PSS requirement, NSI
    ("contact_level", "CONTACT", LEVEL, "NULL, NULL, NULL, NULL, NULL", "", KEPT),
    ("contact_level", "CONTACT", LEVEL, "1, 1, NULL, NULL, NULL", "", KEPT),
    ("contact_level", "CONTACT", LEVEL, "NULL, 1, NULL, NULL, NULL", "", BROKEN),
    ("contact_level", "CONTACT", LEVEL, "NULL, NULL, NULL, NULL, 1", "", KEPT),
    ("contact_level", "CONTACT", LEVEL, "1, 1, NULL, NULL, 1", "", BROKEN),
    # requirement: main and sub category of the current kind, then of the older kind
    ("one_family", "RQMNT", FAMILY, "1, 1, NULL, NULL", "", KEPT),
    ("one_family", "RQMNT", FAMILY, "NULL, NULL, 1, NULL", "", KEPT),
    ("one_family", "RQMNT", FAMILY, "1, NULL, 1, NULL", "", BROKEN),
    ("one_family", "RQMNT", FAMILY, "NULL, NULL, NULL, NULL", "", BROKEN),
]


@pytest.mark.parametrize(("kind", "table", "names", "values", "argument", "verdict"), SPEC + COMBINED)
def test_check(kind: str, table: str, names: str, values: str, argument: str, verdict: bool) -> None:
    rule = Constraint(table, None, kind, tuple(names.split()), argument)
    assert set(rule.columns) <= set(columns(table))
    listed = ", ".join(rule.columns)
    statement = (
        f"WITH R({listed}) AS (VALUES ({values})) SELECT COUNT(*) FROM R WHERE NOT ({check_sql(rule)})"
    )
    with sa.create_engine("sqlite://").connect() as connection:
        broken = connection.execute(sa.text(statement)).scalar()
    assert (broken == 0) is verdict
