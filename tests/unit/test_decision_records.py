"""The decision records of docs/adr: each number once, and a status that agrees with what replaces it."""

import re
from pathlib import Path

ADR = Path(__file__).parents[2] / "docs" / "adr"
RECORDS = {int(path.name[:4]): path.read_text("utf-8") for path in sorted(ADR.glob("[0-9]*.md"))}
FORM = re.compile(
    r"# (\d+)\. .+\n\n- status: (.+)\n- date: \d{4}-\d\d-\d\d\n\n## Decision\n\n(.+)\n\n## Reason\n\n.+\n"
)


def form_of(number: int) -> re.Match[str]:
    found = FORM.fullmatch(RECORDS[number])
    assert found, f"{number} has another form"
    return found


def replaced_by(number: int) -> set[int]:
    """The decisions that the text of `number` names as replaced."""
    named = " ".join(re.findall(r"\(replaces ([^:;)]*)", form_of(number)[3]))
    return {int(one) for one in re.findall(r"\b\d+\b", named)}


def test_numbers_run_without_a_gap_and_each_file_bears_its_own() -> None:
    assert list(RECORDS) == list(range(1, len(RECORDS) + 1))
    assert [int(form_of(number)[1]) for number in RECORDS] == list(RECORDS)


def test_no_decision_stands_twice() -> None:
    texts = [form_of(number)[3] for number in RECORDS]
    assert len({*texts}) == len(texts)


def test_a_status_names_what_replaces_it_and_nothing_else() -> None:
    said = {
        (int(later), number)
        for number in RECORDS
        for later in re.findall(r"superseded (?:in part )?by (\d+)", form_of(number)[2])
    }
    told = {(number, earlier) for number in RECORDS for earlier in replaced_by(number)}
    assert said == told
    assert all(earlier < later for later, earlier in said)


def test_a_status_is_one_of_two() -> None:
    for number in RECORDS:
        part = r"superseded (in part )?by \d+"
        assert re.fullmatch(rf"accepted|{part}(; {part})*", form_of(number)[2]), number
