"""What proofs may find, planted: rows that stay with a company, an unproven row, differences."""

from dataclasses import replace

from reports.data import (
    CompanyReconciliation,
    DifferenceCount,
    FileAccount,
    Left,
    Reconciliation,
)

UNPROVEN = FileAccount("upw", "C17_upw.xlsx", 640, 640, 0, 0, written=638, unproven=2)
HELD = Left(
    rule="active restriction user", table="RESTRICTED_STAFF", key="71", column="user", person="1200",
    because="L03", source_file="C17_spg.xml", source_row="7",
)  # fmt: skip
BARE = Left("future contact", "CONTACT", "9012", "area", "1201")


def with_faults(reconciliation: Reconciliation) -> Reconciliation:
    """The first company with two rows left, two carried rows unproven, and a difference."""
    company: CompanyReconciliation = replace(
        reconciliation.companies[0],
        files=(UNPROVEN,),
        left=(HELD, BARE),
        changed_otherwise=4,
        differences=(DifferenceCount("field", "UPW_APPOINTMENT", 1),),
    )
    return replace(reconciliation, companies=(company, *reconciliation.companies[1:]))
