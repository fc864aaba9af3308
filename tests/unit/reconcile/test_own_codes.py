"""A code that nDelius uses and that was told of as unknown is a difference, by file and row."""

import polars as pl
import pytest

from reconcile.proofs.own_codes import find_refused_codes
from reconcile.sources.baseline import Baseline
from tests.spec.drawn_tables import drawn, label
from tests.unit.reconcile.text_world import baseline, delivery
from vocabulary.findings import findings_of

BASELINE = baseline(
    disposal=[{"type": "SD7", "end_reason": "E77"}],
    offence=[{"offence_code": "77701"}],
    address=[{"type": "A99"}],
)
CASES = drawn("""
case                           | company | export | entity   | word         | code  | rule | found
known nowhere                  | C06     | delius | disposal | type         | SD8   | Q01  | 0
nDelius uses it                | C06     | delius | disposal | type         | SD7   | Q01  | 1
the same, an optional column   | C06     | delius | disposal | end_reason   | E77   | Q02  | 1
in another column only         | C06     | delius | disposal | type         | E77   | Q01  | 0
written to another record      | C17     | spg    | event    | offence_code | 77701 | Q01  | 1
a line of ours counts first    | C06     | delius | address  | type         | A99   | Q02  | 0
""")


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_code_that_ndelius_uses_is_not_unknown(case: dict[str, str]) -> None:
    export, entity, word = case["export"], case["entity"], case["word"]
    row = {word: case["code"], "row_outcome": "carried" if case["rule"] == "Q02" else "set_aside"}
    sent = delivery(case["company"], **{export: {entity: [row]}})
    told = findings_of(
        sent.all(export, entity).with_columns(company=pl.lit(case["company"])), case["rule"], entity, word
    )
    sent = delivery(case["company"], told, **{export: {entity: [row]}})
    found = find_refused_codes(sent, Baseline.of(BASELINE))
    assert found.height == int(case["found"])
    assert found["source_row"].to_list() == ["2"] * found.height
