"""Which rule must have a finding in which export, and why not in the others.

Rules that are functions (validators.registry) say it themselves and need no line here.
"""

from collections.abc import Iterator

from validators.registry import rule_functions
from vocabulary.companies import EXPORTS

OTHER_RULES = """
F06 | delius referrals | a mark is looked for by the readers of text and CSV, once for all
T01 | * but spg staff estates | cells and elements are not split at separators
F14 | | samples state what their damaged files hold, tests/unit/extractors/test_limits.py
T02 | * but spg staff estates | a workbook with such a byte is refused, a message set aside in tests/hostile
T03 | * |
T04 | * |
T05 | * |
T06 | * |
T07 | upw eoc staff documents | no text of the others has a column of its own in nDelius
T08 | | a row of a delta, tests/functional/test_deltas.py
T09 | * but spg delius eoc | only what a spreadsheet opens
T10 | * |
T11 | * |
T12 | * but spg delius eoc | only what a spreadsheet has written
T13 | spg delius upw programmes referrals staff | where a closing date stands
T14 | | a row of a delta that users changed meanwhile, tests/functional/test_deltas.py
P01 | * but staff estates | they name no person
P02 | delius | of a company with its own case system the second bearer is held (M06)
P03 | spg delius eoc programmes | where there is a PNC number
P04 | spg delius eoc programmes | where there is a PNC number
P05 | spg delius | where there is a CRO number
P06 | spg delius eoc programmes | where there is a PNC number
P07 | spg delius | where there is a prison number
P08 | spg delius | where there is a prison number
P09 | spg delius | persons; employees have a rule function
P10 | * but staff estates documents | where a person has a date of birth
P12 | spg delius staff estates | where a postcode is somebody's address or workplace
M01 | * but delius staff estates | nobody to find: nDelius's own key, or no person
M02 | * but delius staff estates documents | nobody to find, or no name to disagree with
M03 | spg upw programmes | one way of matching for all exports
M04 | spg | one way of matching for all exports
M05 | spg | one way of matching for all exports
M06 | spg | one way of matching for all exports
M07 | spg | only a company's own case system has new persons
M08 | spg | one way of matching for all exports
M11 | spg | only a full record has enough to be weighed
M12 | spg | only a full record has enough to be weighed
M09 | spg | only a company's own case system has new persons
M10 | spg upw eoc | one way of matching for all exports
R09 | spg delius | case systems
R10 | delius | a message has no flag for a pending transfer
O01 | delius | of a company with its own case system the baseline says who manages
O02 | delius | of a company with its own case system the baseline says who manages
O03 | delius | of a company with its own case system the baseline says who manages
O04 | spg delius | case systems
O05 | spg delius | case systems
O07 | spg delius | case systems
O08 | delius | one way of reading the baseline for all companies
O09 | | a row of nDelius alone, tests/spec/test_rules_responsible.py
G01 | delius | only extracts of nDelius come from companies of two regions
G02 | delius | only extracts of nDelius come from companies of two regions
U12 | spg | told of an order, whichever system has it
U13 | upw delius | told of a placement, or of an order without one
U14 | upw spg delius | told of a placement, or of an order without one
U22 | upw | told of a project, which the schedule has
A01 | programmes |
A05 | programmes |
A06 | programmes |
A07 | programmes |
V01 | referrals |
V05 | referrals |
V06 | referrals |
B01 | eoc justice_star |
S04 | staff |
S05 | staff |
S06 | staff |
S07 | staff |
S09 | staff |
S12 | staff |
S13 | staff |
S14 | staff |
S15 | staff |
L02 | delius |
L03 | delius |
Q01 | * |
Q02 | * but justice_star estates documents | they have no optional code
Q03 | spg delius | only their lists have retired codes that the samples use
Q04 | delius | junk is a property of a list, read alike everywhere
Q05 | spg delius upw eoc programmes | where a list waits for a decision
X01 | spg delius upw programmes referrals estates documents | no parent row; with a held person all go one way
X02 | * but staff referrals | neither an employee nor a referral has a parent; what a referral names is V05
X04 | delius | an extract of nDelius is compared with nDelius
X05 | delius | an extract of nDelius is compared with nDelius
X06 | delius | an extract of nDelius is compared with nDelius
K01 | | a figure of reconcile that holds sign-off, tests/spec/test_rules_reconcile.py
K02 | | the row account of reconcile, tests/spec/test_rules_reconcile.py
K03 | | totals of reconcile, tests/spec/test_rules_reconcile.py
K04 | | totals of reconcile, tests/spec/test_rules_reconcile.py
K05 | | a figure of reconcile that holds sign-off, tests/spec/test_rules_reconcile.py
"""
"""Rule, the exports it must be found in (* for all, but for some), and why it is not asked of the others."""

REFUSING = ("F01", "F02", "F03", "F04", "F05", "F07", "F08", "F09", "F10", "F11", "F12", "F13", "F15")
"""Rules that refuse a delivery: each has one of its own."""


def demanded() -> dict[str, set[str]]:
    """Rule to the exports in which a canary must have fired it; none where its line says why."""
    wanted: dict[str, set[str]] = {}
    for rule, exports, _ in lines():
        named = {*exports.split()}
        wanted[rule] = {*EXPORTS} - named if "*" in named else named
    for each in rule_functions():
        for rule in each.rules:
            wanted.setdefault(rule, set()).update(each.exports)
    return wanted


def lines() -> Iterator[tuple[str, str, str]]:
    """Rule, exports and reason of OTHER_RULES."""
    for line in OTHER_RULES.strip().splitlines():
        rule, exports, why = (cell.strip() for cell in line.split("|"))
        yield rule, exports, why
