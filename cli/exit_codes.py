"""From results to exit codes: 0 clean, 1 rows set aside or differences, 4 a delivery is refused.

2 (usage), 3 (our configuration) and 5 (the target) come with their errors, see `vocabulary.errors`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vocabulary.errors import DeliveryError

if TYPE_CHECKING:
    from pipeline.status import StatusLine
    from reports.data import Reconciliation

CLEAN = 0
DIFFERENCES = 1
BLOCKED = DeliveryError.exit_code
BUG = 70
"""EX_SOFTWARE: a fault of this program must not look like rows set aside."""
INTERRUPTED = 130


def of_reconciliation(reconciliation: "Reconciliation") -> int:
    """The worst that the reconciliation says. A verdict never hides rows set aside, left or not proved."""
    verdicts = {reconciliation.verdict, *(company.verdict for company in reconciliation.companies)}
    if "blocked" in verdicts:
        return BLOCKED
    asks = any(
        company.left
        or company.changed_otherwise
        or company.differences
        or any(file.set_aside or file.unproven for file in company.files)
        for company in reconciliation.companies
    )
    return DIFFERENCES if asks or verdicts - {"clean"} else CLEAN


def of_status(lines: Iterable["StatusLine"]) -> int:
    """The worst of what the stages so far have found."""
    lines = list(lines)
    if any(line.blocks for line in lines):
        return BLOCKED
    return DIFFERENCES if any(line.set_aside for line in lines) else CLEAN
