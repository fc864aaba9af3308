"""What a delivered code stands for, as the proofs read the code lists: scopes, drops, waiting and answers."""

import polars as pl
import pytest

from reconcile.sources.code_lists import decided_code, read_code, scope_of, targets_of
from tests.spec.drawn_tables import drawn, label
from vocabulary.decisions import CODES
from vocabulary.resources import text_table

SCOPES = drawn("""
export | company | scope
delius | C06     | delius
spg    | C17     | delius
upw    | C06     | {owner}
staff  | C17     | {owner}
delius | N00     | delius
""")


@pytest.mark.parametrize("case", SCOPES, ids=label)
def test_codes_of_the_case_systems_are_ndelius_s_own(case: dict[str, str]) -> None:
    owners = dict(text_table("vocabulary", "companies.csv").select("company", "owner").iter_rows())
    wanted = case["scope"].format(owner=owners.get(case["company"], ""))
    assert scope_of(case["export"], case["company"]) == wanted


def answered(*answers: tuple[str, str, str, str]) -> dict[str, pl.DataFrame]:
    """Answers of operators: scope, list, code, answer."""
    return {CODES: pl.DataFrame(answers, schema=["scope", "list", "code", "answer"], orient="row")}


TARGETS = drawn("""
case                        | list             | export | company | code  | target
nDelius's own scope         | upw_project_type | delius | C12     | NP1   | NP1
an owner's code             | upw_project_type | upw    | C12     | E     | ES
the same, another owner     | upw_project_type | upw    | C07     | E     | UP06
another owner's code        | upw_project_type | upw    | C12     | GRP   |
nDelius's code in a return  | upw_project_type | upw    | C12     | ICP   |
everyone's line             | gender           | upw    | C12     | M     | M
dropped                     | ethnicity        | delius | C06     | ZZ    |
dropped by one owner        | upw_outcome      | upw    | C07     | XX    |
without a line, nDelius's   | gender           | delius | C06     | Q     | Q
other letter case           | gender           | delius | C06     | m     | m
without a line, an owner's  | upw_outcome      | upw    | C07     | QQ    |
waits: stands for itself    | upw_outcome      | upw    | C06     | SH    | SH
""")


@pytest.mark.parametrize("case", TARGETS, ids=lambda case: case["case"])
def test_a_code_is_read_in_its_scope(case: dict[str, str]) -> None:
    read = read_code("code", case["list"], case["export"], case["company"], {})
    assert pl.DataFrame({"code": [case["code"]]}).select(read).item() == (case["target"] or None)


ANSWERS = drawn("""
case                  | scope      | list             | code | answer | target
answered              | PEOPLEPLUS | upw_project_type | E    | ICP    | ICP
answered with drop    | PEOPLEPLUS | upw_project_type | E    | drop   |
about another owner   | PURPLE     | upw_project_type | E    | ICP    | ES
about another list    | PEOPLEPLUS | upw_outcome      | E    | ICP    | ES
""")


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case["case"])
def test_an_operator_s_answer_counts_before_the_lists(case: dict[str, str]) -> None:
    decided = answered((case["scope"], case["list"], case["code"], case["answer"]))
    assert targets_of("upw_project_type", "upw", "C12", decided)["E"] == (case["target"] or None)


def test_a_code_of_day_1_s_own_follows_the_answer() -> None:
    decided = answered(("delius", "contact_type", "CRCA", "X99"))
    assert decided_code("contact_type", "CRCA", "C06", {}) == "CRCA"
    assert decided_code("contact_type", "CRCA", "C06", decided) == "X99"


def test_a_code_that_waits_stands_for_itself_or_for_the_one_proposed() -> None:
    targets = targets_of("gender", "delius", "C06", {})
    waiting = text_table("mappings", "codes", "gender.csv").filter(decision="needed")
    assert waiting.height
    for code, proposed in waiting.select("source_code", "target_code").iter_rows():
        assert targets[code] == (proposed or code)
