"""Where each employee goes, derived a second time: drawn as tables, and as mappings/ does on any return."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from text_world import delivery

from mappings.parsing.convert import convert
from mappings.staff.assignment import assign
from reconcile.allocation.staff import assigned_employees, home_regions, officer_codes
from reconcile.sources.reading import blank_as_null
from tests.spec.drawn_tables import drawn, label
from tests.spec.staff_rows import employee_text, employees, role_answers, shares
from vocabulary.employment import with_role_answers


def assigned(
    *changes: dict[str, str], company: str = "C06", outcomes: list[str] | None = None, **known: object
) -> pl.DataFrame:
    """The employees as the proofs assign them. `known`: fields of the delivery."""
    text = blank_as_null(employee_text(*changes, company=company), "staff", "employee")
    rows = text.with_columns(pl.Series("row_outcome", outcomes or ["carried"] * text.height))
    sent = replace(delivery(company, staff={}), **known)  # type: ignore[arg-type]
    sent.frames["staff"]["employee"] = rows
    return assigned_employees(sent)


BY_SHARE = drawn("""
shares                   | least | outcome
SM 100                   | 50    | SM
CORP 100                 | 50    | CORP
SM 50 UPW 30 AP 20       | 50    | SM
SM 49.99 UPW 30 AP 20.01 | 50    | mixed_role
SM 50.01 UPW 49.99       | 50    | SM
SM 50 UPW 50             | 50    | mixed_role
SM 40 UPW 20 RES 40      | 50    | mixed_role
SM 59 UPW 41             | 60    | mixed_role
SM 30 UPW 36 AP 34       | 30    | UPW
SM 30 UPW 35 AP 35       | 30    | mixed_role
""")


@pytest.mark.parametrize("case", BY_SHARE, ids=label)
def test_a_share_decides(case: dict[str, str]) -> None:
    found = assigned(shares(case["shares"]), assign_min=case["least"]).row(0, named=True)
    assert found["outcome"] == case["outcome"]
    assert found["function"] == (None if case["outcome"] == "mixed_role" else case["outcome"])


FIRST_ANSWERS = drawn("""
end_date   | start_date | objects | supplier's | role      | lodged     | decided  | for | shares       | row       | outcome
2021-06-25 |            | N       | N          |           |            |          |     | SM 100       | carried   | not_in_scope
2021-06-26 |            | N       | N          |           |            |          |     | SM 100       | carried   | SM
           | 2021-06-26 | N       | N          |           |            |          |     | SM 100       | carried   | not_in_scope
           | 2021-06-25 | N       | N          |           |            |          |     | SM 100       | carried   | SM
2021-05-31 |            | Y       | Y          |           |            |          |     | SM 100       | carried   | not_in_scope
           |            | Y       | Y          |           |            |          |     | SM 100       | carried   | objected
           |            | N       | Y          | FRAMEWORK | 2020-09-01 |          |     | SM 100       | carried   | dynamic_framework
           |            | N       | Y          | PM        |            |          |     | SM 100       | carried   | sub_contracted
           |            | N       | Y          |           |            |          |     | SM 100       | carried   | sub_contracted
           |            | N       | N          |           | 2020-09-01 | UPHELD   | UPW | SM 100       | carried   | UPW
           |            | N       | N          |           | 2020-09-01 | UPHELD   |     | SM 100       | carried   | appeal_open
           |            | N       | N          |           | 2020-09-01 | REJECTED | UPW | SM 100       | carried   | SM
           |            | N       | N          |           | 2020-09-01 | REJECTED |     | SM 50 UPW 50 | carried   | mixed_role
           |            | N       | N          |           | 2020-09-01 |          |     | SM 100       | carried   | appeal_open
           |            | N       | N          |           |            | UPHELD   | UPW | SM 100       | carried   | UPW
           |            | Y       | N          |           |            |          |     | SM 100       | set_aside | set_aside
""")  # noqa: E501 - a table is read by its columns


def returned_row(case: dict[str, str]) -> dict[str, str]:
    return {
        "end_date": case["end_date"], "start_date": case["start_date"] or "2014-06-01",
        "has_objected": case["objects"], "is_sub_contracted": case["supplier's"],
        "sub_contracted_role": case["role"],
        "appeal_date": case["lodged"], "appeal_outcome": case["decided"], "appeal_function": case["for"],
        **shares(case["shares"]),
    }  # fmt: skip


@pytest.mark.parametrize("case", FIRST_ANSWERS, ids=label)
def test_the_first_answer_counts(case: dict[str, str]) -> None:
    assert assigned(returned_row(case), outcomes=[case["row"]])["outcome"].item() == case["outcome"]


ANSWERS = drawn("""
case                 | shares       | lodged     | role      | decision       | function          | outcome
mixed role           | SM 50 UPW 50 |            |           | mixed_role     | UPW               | UPW
open appeal          | SM 100       | 2020-09-01 |           | appeal_open    | CORP              | CORP
no question was open | SM 100       |            |           | mixed_role     | UPW               | SM
another question     | SM 50 UPW 50 |            |           | appeal_open    | UPW               | mixed_role
no answer yet        | SM 50 UPW 50 |            |           | mixed_role     |                   | mixed_role
peer mentor comes    | SM 100       |            | PM        | sub_contracted | UPW               | UPW
goes with framework  | SM 100       | 2020-09-01 | PM        | sub_contracted | dynamic_framework | dynamic_framework
stays with supplier  | SM 100       |            | PLW       | sub_contracted | no_service        | sub_contracted
not asked about      | SM 100       |            | FRAMEWORK | sub_contracted | UPW               | dynamic_framework
not of a supplier    | SM 50 UPW 50 |            |           | sub_contracted | UPW               | mixed_role
""")  # noqa: E501 - a table is read by its columns


def answers(decision: str, function: str, region: str = "") -> pl.DataFrame:
    words = {
        "employee_ref": "E1",
        "decision": decision,
        "function": function or None,
        "region": region or None,
    }
    return pl.DataFrame([words], schema=dict.fromkeys(words, pl.String))


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case["case"])
def test_an_operator_answers_what_was_open(case: dict[str, str]) -> None:
    row = {**shares(case["shares"]), "appeal_date": case["lodged"], "sub_contracted_role": case["role"]}
    row["is_sub_contracted"] = "Y" if case["role"] else "N"
    given = answers(case["decision"], case["function"])
    assert assigned(row, staff_answers=given)["outcome"].item() == case["outcome"]


REGIONS = drawn("""
company | postcode | team   | answer | region
C06     |          |        |        | N51
C07     | BL1 9ZZ  | C07S12 |        | N50
C07     | bl19zz   | C07S12 |        | N50
C07     | ZZ1 9ZZ  | C07S01 |        | N50
C07     | ZZ1      | C07S12 |        | N51
C07     | ZZ1 9ZZ  | C07UAT |        |
C07     | ZZ1 9ZZ  | C07UAT | N51    | N51
C07     | BL1 9ZZ  | C07UAT | N51    | N50
""")


@pytest.mark.parametrize("case", REGIONS, ids=label)
def test_the_workplace_says_which_region(case: dict[str, str]) -> None:
    row = {"postcode": case["postcode"], "team": case["team"]}
    given = answers("region", "", case["answer"])
    found = assigned(row, company=case["company"], staff_answers=given)
    assert found["region"].item() == (case["region"] or None)


def test_only_who_has_a_function_and_a_code_becomes_an_officer() -> None:
    codes = {"officer_codes": "C06A001; C06A002"}
    found = officer_codes(
        assigned(
            codes, {"officer_codes": ""}, {**codes, **shares("SM 50 UPW 50")}, {**codes, "has_objected": "Y"}
        )
    )
    assert found.select("employee_ref", "officer").rows() == [("E1", "C06A001"), ("E1", "C06A002")]


HOMES = drawn("""
cases       | home
N51 N51 N50 | N51
N50 N51     | N50
            | N51
""")


@pytest.mark.parametrize("case", HOMES, ids=label)
def test_an_officer_stands_where_most_of_the_cases_go(case: dict[str, str]) -> None:
    codes = officer_codes(
        assigned({"officer_codes": "C07A001", "team": "C07S12", "postcode": ""}, company="C07")
    )
    regions = case["cases"].split()
    cases = pl.DataFrame(
        {"officer": ["C07A001"] * len(regions), "region": regions},
        schema={"officer": pl.String, "region": pl.String},
    )
    assert home_regions(codes, cases, "C07")["home"].item() == case["home"]


percents = st.integers(0, 10_000).map(lambda number: f"{number / 100:.2f}")
days = st.sampled_from(["", "2020-09-01", "2021-06-25", "2021-06-26", "2021-07-30"])
returned = st.fixed_dictionaries(
    {
        **dict.fromkeys(shares("SM 100"), percents),
        "end_date": days,
        "start_date": st.sampled_from(["2014-06-01", "2021-06-25", "2021-06-26"]),
        "appeal_date": st.sampled_from(["", "2020-09-01", "2021-06-26", "2020-13-01"]),
        "appeal_outcome": st.sampled_from(["", "UPHELD", "REJECTED", "LOST"]),
        "appeal_function": st.sampled_from(["", "SM", "CORP", "X"]),
        "has_objected": st.sampled_from(["Y", "N", ""]),
        "is_sub_contracted": st.sampled_from(["Y", "N", ""]),
        "sub_contracted_role": st.sampled_from(["FRAMEWORK", "PM", "QQ", ""]),
        "team": st.sampled_from(["C07S01", "C07S12", "C07UAT", "", "ZZ"]),
        "postcode": st.sampled_from(["BL1 9ZZ", "ZZ1", "bl1 9zz", ""]),
    }
)


role_answer = st.sampled_from(["", "UPW", "dynamic_framework", "no_service"])


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(returned, st.booleans(), role_answer), min_size=30, max_size=40))
def test_mappings_and_proofs_assign_any_return_alike(rows: list[tuple[dict[str, str], bool, str]]) -> None:
    words = [row for row, _, _ in rows]
    outcomes = ["set_aside" if is_aside else "carried" for _, is_aside, _ in rows]
    answered = role_answers(*(answer for _, _, answer in rows))
    typed = employees(*words, company="C07").with_columns(pl.Series("row_outcome", outcomes))
    told = convert(employee_text(*words, company="C07"), "staff", "employee", "C07").findings
    names = ["source_row", "outcome", "function", "region"]
    mapped = assign(with_role_answers(typed, answered), told, "C07").select(names)
    given = answered.rename({"answer": "function"}).with_columns(pl.lit(None, pl.String).alias("region"))
    found = assigned(*words, company="C07", outcomes=outcomes, staff_answers=given).select(names)
    assert (
        found.sort("source_row").rows()
        == mapped.with_columns(pl.col(names).cast(pl.String)).sort("source_row").rows()
    )
