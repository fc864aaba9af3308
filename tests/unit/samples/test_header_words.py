"""Whose word stands in the header of an invented delivery: the company's, then its owner's."""

import pytest

from samples import facts

LINES = [
    {
        "export": "upw",
        "part": "Sessions",
        "column": "credited",
        "MTC": "minutes",
        "PURPLE": "Hrs",
        "C17": "own",
    },
    {"export": "upw", "part": "Sessions", "column": "offered", "MTC": "offered", "PURPLE": "Off", "C17": ""},
]


@pytest.mark.parametrize(
    ("scope", "words"),
    [("C17", ["own", "offered"]), ("MTC", ["minutes", "offered"]), ("C16", ["minutes", "offered"])],
    ids=["a company with a word of its own", "its owner", "another company of the owner"],
)
def test_a_company_has_its_own_word_and_else_its_owners(scope: str, words: list[str]) -> None:
    assert [facts._word(line, scope) for line in LINES] == words
