"""M09 and H02: what two companies deliver that there is only one of, drawn as tables."""

import polars as pl
from drawn_tables import drawn

from matching.across import VALUE_SCHEMA, identifiers_of, shared_rows
from pipeline.stages.across import by_own_number, judged
from tests.spec.drawn_batch import batch_of
from vocabulary.findings import PROVENANCE

PERSONS = drawn("""
company | pnc_number    | noms_number | cro_number | shared
C16     | 2003/0062845E |             |            | one
C16     |               | A1111ZZ     |            | two
C16     | 2003/0000001A | A2222ZZ     |            |
C16     | wrong         |             |            |
C17     | 03/0062845E   |             |            | one
C17     |               | A1111ZZ     | 265416/21G | two
C17     |               | A2223ZZ     |            |
C17     | wrong         |             |            |
C21     |               |             | 265416/21g | two
C21     |               | A2223ZY     |            |
""")


def test_m09_new_persons_of_two_companies_with_one_number_are_one() -> None:
    persons = pl.concat(
        batch_of(
            row["company"],
            spg={"offender": [{k: v for k, v in row.items() if k not in ("company", "shared")}]},
        )
        .all("spg", "offender")
        .with_columns(pl.lit(str(place)).alias("source_row"))
        for place, row in enumerate(PERSONS)
    )
    found = shared_rows(identifiers_of(persons))
    groups = dict(found.select("source_row", "shared").iter_rows())
    expected = {str(place): row["shared"] for place, row in enumerate(PERSONS) if row["shared"]}
    assert {*groups} == {*expected}
    assert len({(groups[place], expected[place]) for place in groups}) == len({*expected.values()})


def test_h02_an_alfresco_id_within_one_company_is_not_told_here() -> None:
    rows = [
        ("C06", "documents", "f", "2", "a"),
        ("C06", "documents", "f", "3", "a"),
        ("C06", "documents", "f", "4", "b"),
        ("C17", "documents", "g", "2", "b"),
    ]
    found = shared_rows(pl.DataFrame(rows, schema=VALUE_SCHEMA, orient="row"))
    assert found.select("company", "source_row").rows() == [("C06", "4"), ("C17", "2")]


HELD = drawn("""
case                       | loaded  | held then | answer | held
nobody is loaded           |         |           |        | C16 C17
one is loaded already      | C17     |           |        | C16
both are, one without it   | C16 C17 | C16       |        | C16
both are, both without it  | C16 C17 | C16 C17   |        | C16 C17
one counts                 |         |           | C16    | C17
one counts, other is loaded| C17     |           | C16    | C17
they are different         |         |           | all    |
no row counts              | C17     |           | none   | C16 C17
""")


def test_what_is_loaded_already_stays_and_an_answer_counts_before_all() -> None:
    rows = [(code, "spg", "f", "2", "name", "M09") for code in ("C16", "C17")]
    shared = pl.DataFrame(
        rows, schema=dict.fromkeys((*PROVENANCE, "shared", "rule"), pl.String), orient="row"
    )
    for case in HELD:
        answers = pl.DataFrame({"rule": ["M09"], "shared": ["name"], "answer": [case["answer"]]})
        then = shared.filter(pl.col("company").is_in(case["held then"].split())).select(*PROVENANCE, "rule")
        found = judged(shared, answers.filter(pl.col("answer") != ""), (case["loaded"].split(), then))
        assert found.filter("is_held")["company"].to_list() == case["held"].split(), case["case"]


SEVERAL = drawn("""
answer | held
       | 2 3 4
all    |
none   | 2 3 4
C17:1  | 3 4
C17:2  | 2 4
C16    | 2 3
C17    | 4
""")


def test_of_several_rows_of_one_company_one_may_count() -> None:
    rows = [("C17", "spg", "f", "2"), ("C17", "spg", "f", "3"), ("C16", "spg", "g", "4")]
    shared = pl.DataFrame(
        [(*row, "name", "M09") for row in rows],
        schema=dict.fromkeys((*PROVENANCE, "shared", "rule"), pl.String),
        orient="row",
    )
    nobody: tuple[list[str], pl.DataFrame] = ([], shared.clear().select(*PROVENANCE, "rule"))
    for case in SEVERAL:
        answers = pl.DataFrame({"rule": ["M09"], "shared": ["name"], "answer": [case["answer"]]})
        found = judged(shared, answers.filter(pl.col("answer") != ""), nobody)
        assert found.filter("is_held")["source_row"].to_list() == case["held"].split(), case["answer"]


def test_m09_rows_that_look_like_one_may_be_of_one_company() -> None:
    rows = [("C17", "spg", "f", "2", "alike a"), ("C17", "spg", "f", "3", "alike a")]
    found = shared_rows(pl.DataFrame(rows, schema=VALUE_SCHEMA, orient="row"))
    assert found["shared"].n_unique() == 1
    assert found.height == 2


def test_which_of_several_an_answer_means_does_not_hang_on_the_order_of_the_file() -> None:
    """C17:2 is the record with the second own number, wherever it stands in the delivery."""
    answers = pl.DataFrame({"rule": ["M09"], "shared": ["name"], "answer": ["C17:2"]})
    held = []
    for order in (("OF-1", "OF-2"), ("OF-2", "OF-1")):
        rows = [("C17", "spg", "f", str(place)) for place in (2, 3)]
        numbers = pl.DataFrame(rows, schema=list(PROVENANCE), orient="row").with_columns(key=pl.Series(order))
        shared = numbers.drop("key").with_columns(shared=pl.lit("name"), rule=pl.lit("M09"))
        nobody: tuple[list[str], pl.DataFrame] = ([], shared.clear().select(*PROVENANCE, "rule"))
        found = judged(by_own_number(shared, numbers), answers, nobody)
        held += found.join(numbers, on=PROVENANCE).filter("is_held")["key"].to_list()
    assert held == ["OF-1", "OF-1"]
