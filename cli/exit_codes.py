"""From results to exit codes: 0 clean, 1 rows set aside or differences, 4 a delivery is refused.

2 (usage), 3 (our configuration) and 5 (the target) come with their errors, see `vocabulary.errors`; so does
the code of a company that an error stopped while the others went on. Of several the highest counts.
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


def of_reconciliation(reconciliation: "Reconciliation") -> int:
    """The worst that the reconciliation says. A verdict never hides rows set aside, left or not proved."""
    verdicts = {reconciliation.verdict, *(company.verdict for company in reconciliation.companies)}
    stopped = [company.exit_code for company in reconciliation.companies]
    if worst := max([*stopped, BLOCKED if "blocked" in verdicts else 0], default=0):
        return worst
    asks = any(
        company.left
        or company.changed_otherwise
        or company.differences
        or any(file.set_aside or file.unproven for file in company.files)
        for company in reconciliation.companies
    )
    return DIFFERENCES if asks or verdicts - {"clean"} else CLEAN


def of_status(lines: Iterable["StatusLine"], stopped: Iterable[int] = ()) -> int:
    """The worst of what the stages so far have found. `stopped`: of companies that an error stopped."""
    lines = list(lines)
    if worst := max([*stopped, BLOCKED if any(line.blocks for line in lines) else 0], default=0):
        return worst
    return DIFFERENCES if any(line.set_aside for line in lines) else CLEAN
