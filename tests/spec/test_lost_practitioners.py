"""Which cases lose their practitioner, and the reason that a region is told (routing.md)."""

import polars as pl
import pytest
from drawn_tables import drawn, label

from mappings.staff.practitioners import lost_practitioners

EMPLOYEES = drawn("""
officer_codes   | outcome
C07A001         | SM
C07A002         | objected
C07A003         | dynamic_framework
C07A004         | not_in_scope
C07A005         | set_aside
C07A006;C07A007 | mixed_role
C07A008         | appeal_open
""")

CASES = drawn("""
officer | allocation  | unmanaged | unknown | reason
C07A001 | kept        |           |         |
C07A001 | default     |           |         | practitioner goes to another region
C07A002 | default     |           |         | practitioner objects (S06)
C07A003 | default     |           |         | practitioner goes to a supplier (S05)
C07A004 | default     |           |         | practitioner leaves, or joins later (S09)
C07A005 | default     |           |         | practitioner's row of the staff return is set aside
C07A007 | default     |           |         | practitioner's role is to be decided (S04)
C07A008 | default     |           |         | practitioner's appeal is open (S07)
C07A099 | default     |           |         | practitioner is not in the staff return
        | default     |           |         | had no practitioner
C07S01U | default     |           |         | had no practitioner
C07A001 | unallocated |           |         | with the company's unallocated team
C07A001 | unallocated |           | Y       | team unknown to routing (O04)
C07A001 | unallocated | Y         |         | had no manager (O01, O03)
""")


def moving(case: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "team": ["C07S01"],
            "officer": [case["officer"] or None],
            "allocation": [case["allocation"]],
            "goes_unallocated": [case["unmanaged"] == "Y"],
            "is_team_unknown": [case["unknown"] == "Y"],
        },
        schema_overrides={"officer": pl.String},
    )


@pytest.mark.parametrize("case", CASES, ids=label)
def test_why_a_case_loses_its_practitioner(case: dict[str, str]) -> None:
    reasons = lost_practitioners(moving(case), pl.DataFrame(EMPLOYEES))["reason"].to_list()
    assert reasons == ([case["reason"]] if case["reason"] else [])


def test_without_a_staff_return_nobody_is_known() -> None:
    lost = lost_practitioners(moving(CASES[1]), None)
    assert lost["reason"].to_list() == ["practitioner is not in the staff return"]
