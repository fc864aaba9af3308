"""What the figures stand on, in words: public, assumed or sample, and what that does to sign-off."""

from reports.data import Reconciliation, SampleInUse
from reports.tables import Table

SUBJECTS = {"layout": "layouts", "code": "codes", "routing": "routing", "pay": "pay"}
"""Subjects of a mark, in the order they are told."""

WHERE = "docs/basis.md"


def basis_table(reconciliation: Reconciliation) -> Table:
    """Every part of our tables with its mark."""
    rows = [
        (SUBJECTS[one.subject], one.what, one.mark, one.lines, one.source) for one in reconciliation.basis
    ]
    title = f"What the tables stand on ({WHERE})"
    return Table(title, ("subject", "what", "basis", "lines", "source"), tuple(rows), "nothing is said")


def basis_sentence(reconciliation: Reconciliation) -> str:
    """Per subject how many lines bear which mark."""
    counts: dict[str, dict[str, int]] = {subject: {} for subject in SUBJECTS}
    for one in reconciliation.basis:
        marks = counts[one.subject]
        marks[one.mark] = marks.get(one.mark, 0) + one.lines
    told = [
        f"{SUBJECTS[subject]}: " + ", ".join(f"{lines:,} {mark}" for mark, lines in marks.items())
        for subject, marks in counts.items()
        if marks
    ]
    return "; ".join(told)


def sign_off_sentence(reconciliation: Reconciliation) -> str:
    """Whether sample figures are in use, and whether sign-off waits for the real ones."""
    used = in_use(reconciliation)
    if not used:
        return "no sample figure is in use"
    told = ", ".join(f"{count:,} {what}" for what, count in used.items())
    if any(one.holds for one in _samples(reconciliation)):
        return f"waits: {told}. Put the agreed ones in their place ({WHERE})"
    return f"a rehearsal, which may be signed off although sample figures are in use: {told}"


def in_use(reconciliation: Reconciliation) -> dict[str, int]:
    """What is invented and used, to how often over all companies."""
    used: dict[str, int] = {}
    for one in _samples(reconciliation):
        used[one.what] = used.get(one.what, 0) + one.count
    return used


def _samples(reconciliation: Reconciliation) -> list[SampleInUse]:
    return [one for company in reconciliation.companies for one in company.samples]
