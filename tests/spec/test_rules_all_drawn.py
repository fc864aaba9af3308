"""Every rule that concerns the exports read so far is named by a spec test."""

import re
from pathlib import Path

import pytest

from vocabulary.rules import catalogue

DRAWN = tuple(
    rule
    for line in """
T01 T02 T03 T04 T05 T06 T07 T09 T10 T11 T12 T13
P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P12
M01 M02 M03 M04 M05 M06 M07 M08 M09 M10
E01 E02 E03 E04 E05
R01 R02 R04 R05 R07 R09 R10
O01 O02 O03 O04 O05 O06 O07 O08 O09
G01 G02
U01 U02 U03 U04 U05 U06 U07 U08 U09 U10 U11 U12 U13 U14 U15 U16 U17 U19 U20 U21 U22
A01 A02 A03 A04 A05 A06 A07 A08
V01 V02 V03 V04 V05 V06
Q01 Q02 Q03 Q04 Q05
B01 B02 B03 B04 B06
S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15
L02 L03
H01 H02 H03
X01 X02 X04 X05 X06 X07
K01 K02 K03 K04 K05
""".splitlines()
    for rule in line.split()
)
"""Rules of these exports; T01 to T03 and T09 are held where files are read (tests/unit/extractors)."""

LATER = "F T08"
"""Rules of the delivery, of deltas, of lists and of exports that this page does not concern."""

TESTS = [
    *Path(__file__).parent.glob("test_*_rules.py"),
    *Path(__file__).parent.glob("test_rules_*.py"),
    *Path(__file__).parent.glob("test_staff_*.py"),
    Path(__file__).with_name("test_pay.py"),
    Path(__file__).with_name("matching_cases.py"),
    *(Path(__file__).parents[1] / "unit" / "extractors").glob("test_*.py"),
]
SAID = "\n".join(path.read_text("utf-8") for path in TESTS if path.name != Path(__file__).name)


@pytest.mark.parametrize("rule", DRAWN)
def test_a_spec_test_names_the_rule(rule: str) -> None:
    assert rule in catalogue()
    assert re.search(rf"\b{rule}\b", SAID, re.IGNORECASE) or re.search(rf"_{rule.lower()}_", SAID)


def test_no_rule_of_the_catalogue_is_forgotten() -> None:
    later = tuple(LATER.split())
    assert [rule for rule in catalogue() if rule not in DRAWN and not rule.startswith(later)] == []
