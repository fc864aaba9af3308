"""Every rule that concerns the exports read so far is named by a spec test."""

import re
from pathlib import Path

import pytest

from vocabulary.rules import catalogue

ELSEWHERE = ("F", "T14")
"""Rules of the delivery itself, and of a delta's load (tests/unit/target/test_continuing.py)."""

DRAWN = [rule for rule in catalogue() if not rule.startswith(ELSEWHERE)]
"""T01 to T03 and T09 are held where files are read (tests/unit/extractors)."""

TESTS = [
    *Path(__file__).parent.glob("test_*_rules.py"),
    *Path(__file__).parent.glob("test_rules_*.py"),
    *Path(__file__).parent.glob("test_staff_*.py"),
    Path(__file__).with_name("test_pay.py"),
    Path(__file__).with_name("matching_cases.py"),
    Path(__file__).with_name("linkage_cases.py"),
    *(Path(__file__).parents[1] / "unit" / "extractors").glob("test_*.py"),
]
SAID = "\n".join(path.read_text("utf-8") for path in TESTS if path.name != Path(__file__).name)


@pytest.mark.parametrize("rule", DRAWN)
def test_a_spec_test_names_the_rule(rule: str) -> None:
    assert re.search(rf"\b{rule}\b", SAID, re.IGNORECASE) or re.search(rf"_{rule.lower()}_", SAID)
