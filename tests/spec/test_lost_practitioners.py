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
C07A009         | sub_contracted
""")

CASES = drawn("""
officer | allocation  | team   | unmanaged | unknown | reason
C07A001 | kept        | C07S01 |           |         |
C07A001 | default     | C07S01 |           |         | practitioner goes to another region
C07A002 | default     | C07S01 |           |         | practitioner objects (S06)
C07A003 | default     | C07S01 |           |         | practitioner goes to a supplier (S05)
C07A004 | default     | C07S01 |           |         | practitioner leaves, or joins later (S09)
C07A005 | default     | C07S01 |           |         | practitioner's row of the staff return is set aside
C07A007 | default     | C07S01 |           |         | practitioner's role is to be decided (S04)
C07A008 | default     | C07S01 |           |         | practitioner's appeal is open (S07)
C07A009 | default     | C07S01 |           |         | practitioner works for a supplier (S15)
C07A099 | default     | C07S01 |           |         | practitioner is not in the staff return
        | default     | C07S01 |           |         | had no practitioner
C07S01U | default     | C07S01 |           |         | had no practitioner
C07A001 | unallocated | C07UAT |           |         | with the company's unallocated team
C07A001 | unallocated | C07H01 |           |         | no team of the region is known to receive it
C07A001 | unallocated | C07S01 |           | Y       | team unknown to routing (O04)
C07A001 | unallocated | C07S01 | Y         |         | had no manager (O01, O03)
""")


def moving(case: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "team": [case["team"]],
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
