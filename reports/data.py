"""Every figure of a reconciliation, computed before a cell is written. Frozen: no report changes a number."""

from dataclasses import dataclass, field

PLACES = ("written", "already_there", "list_only", "unproven")
"""Where a carried row is, as FileAccount counts it."""


@dataclass(frozen=True)
class FileAccount:
    """The row account of a file: delivered = carried + set_aside + not_in_scope, in source rows (K02).

    Where the carried rows are is counted from the target: `written` by this load, `already_there` before it,
    `list_only` (on a list that people work with, by a declared reason). What is none of the three is
    `unproven`: a carried row that the target does not show.
    """

    export: str
    file: str
    delivered: int
    carried: int
    set_aside: int
    not_in_scope: int
    written: int = 0
    already_there: int = 0
    list_only: int = 0
    unproven: int = 0

    @property
    def closes(self) -> bool:
        """True when every delivered row has exactly one outcome, and every carried one a destination."""
        proven = self.written + self.already_there + self.list_only
        return (
            self.delivered == self.carried + self.set_aside + self.not_in_scope
            and self.carried == proven + self.unproven
            and not self.unproven
        )


@dataclass(frozen=True)
class EntityCount:
    """Rows of one target entity: expected from the sources (proofs 1 and 2) against rows of the target."""

    entity: str
    expected: int
    identical: int
    different: int
    missing: int
    extra: int


@dataclass(frozen=True)
class Total:
    """A control total before and after: source = target + explained; its name says of what."""

    name: str
    scope: str
    source: int
    target: int
    explained: int

    @property
    def agrees(self) -> bool:
        """True when nothing is unexplained."""
        return self.source == self.target + self.explained


@dataclass(frozen=True)
class Move:
    """Live components of one kind that go to one region."""

    kind: str
    region: str
    transferred: int
    opened: int
    left_behind: int
    not_added: int = 0


@dataclass(frozen=True)
class Left:
    """A row of the target that still stands with a closing company after the load (proof 4).

    `person` is nDelius's key of the person, blank for a row of the organisation. `column` names the company:
    area, team, user or manager. `source_file` and `source_row` are the row set aside or held that explains
    it, by `because`; blank where nothing does.
    """

    rule: str
    table: str
    key: str
    column: str
    person: str
    because: str = ""
    source_file: str = ""
    source_row: str = ""


@dataclass(frozen=True)
class LinkedByEvidence:
    """A person whom no identifier found and weighed evidence linked (M11).

    `person` is nDelius's key of the person, `region` theirs; `source_file` and `source_row` are
    the delivered row's.
    """

    person: str
    region: str
    source_file: str
    source_row: str


@dataclass(frozen=True)
class Undelivered:
    """A live component, or its manager, that moved though nobody delivered its row (X05).

    `person` is nDelius's key of the person, `region` where it moved; `source_file` and `source_row` are
    nDelius's own row.
    """

    table: str
    key: str
    person: str
    region: str
    source_file: str
    source_row: str


@dataclass(frozen=True)
class DifferenceCount:
    """How many differences one proof found in one table; `table` is blank where none is named."""

    proof: str
    table: str
    rows: int


@dataclass(frozen=True)
class TableCount:
    """One target table's rows that are the company's."""

    table: str
    before: int
    inserted: int
    closed: int
    repointed: int
    after: int


@dataclass(frozen=True)
class FindingCount:
    """How many findings of a rule."""

    rule: str
    severity: str
    rows: int


@dataclass(frozen=True)
class OfficerCount:
    """Who has the moved components of one region: own practitioner, a default officer, or nobody yet."""

    region: str
    kept: int
    default: int
    unallocated: int


@dataclass(frozen=True)
class LostPractitioner:
    """Components, and the persons behind them, that do not stay with their practitioner, by reason."""

    region: str
    reason: str
    components: int
    persons: int


@dataclass(frozen=True)
class Waiting:
    """Something a person must still decide, with the number of rows that wait. Never a person's data."""

    kind: str
    subject: str
    rows: int
    action: str


EDITED = "edited since"
"""A kind of Waiting: its subject is table and key of a row of nDelius."""

BLOCKED, FAILED = "blocked", "failed"
"""Verdicts of a company that is not loaded: its delivery is refused, or an error stopped it."""


@dataclass(frozen=True)
class Basis:
    """What a part of our tables stands on: `subject` is layout, code, routing or pay; `mark` is public with
    its year, public later (than June 2021), inferred, assumed (ours, to be confirmed), sample (invented) or
    agreed (in the place of a sample). `lines` of our tables bear the mark; `source` is of public ones.
    """

    subject: str
    what: str
    mark: str
    lines: int
    source: str


@dataclass(frozen=True)
class SampleInUse:
    """Something invented that the figures of a company stand on: `count` of `what` under `subject`.

    It holds the sign-off of the day itself (`holds`), not of a rehearsal.
    """

    subject: str
    what: str
    count: int
    holds: bool


@dataclass(frozen=True)
class Unattended:
    """Somebody whose `event` (release, or post-sentence supervision ends) is on `day` (ISO) in the first four
    weeks and who has no practitioner in post. `person` is nDelius's key, never a name."""

    region: str
    pdu: str
    team: str
    person: str
    event: str
    day: str


@dataclass(frozen=True)
class Workload:
    """What comes to a team from Day 1 on: practitioners with their cases, persons, those without a
    practitioner, and how many practitioners are over capacity (assumed: mappings/workload/)."""

    region: str
    pdu: str
    team: str
    practitioners: int
    persons: int
    without_practitioner: int
    over_capacity: int


@dataclass(frozen=True)
class CompanyReconciliation:
    """All figures of one company. `verdict` is clean, differences, BLOCKED or FAILED.

    `exit_code`: of the error that stopped it; 0 where none did. `run`: the run that found them; blank where
    none was recorded.
    """

    company: str
    name: str
    verdict: str
    files: tuple[FileAccount, ...] = ()
    entities: tuple[EntityCount, ...] = ()
    totals: tuple[Total, ...] = ()
    moves: tuple[Move, ...] = ()
    tables: tuple[TableCount, ...] = ()
    findings: tuple[FindingCount, ...] = ()
    officers: tuple[OfficerCount, ...] = ()
    lost_practitioners: tuple[LostPractitioner, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    left: tuple[Left, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    linked: tuple[LinkedByEvidence, ...] = ()
    changed_otherwise: int = 0
    differences: tuple[DifferenceCount, ...] = ()
    samples: tuple[SampleInUse, ...] = ()
    unattended: tuple[Unattended, ...] = ()
    workload: tuple[Workload, ...] = ()
    problems: tuple[str, ...] = ()
    exit_code: int = 0
    run: str = ""

    @property
    def is_out(self) -> bool:
        """True when it was neither loaded nor proved."""
        return self.verdict in (BLOCKED, FAILED)


@dataclass(frozen=True)
class Reconciliation:
    """The whole run. `verdict` is the worst of its companies'; `totals` are per region and national; `basis`
    is what our tables stand on."""

    run: str
    cycle: str
    verdict: str
    companies: tuple[CompanyReconciliation, ...]
    totals: tuple[Total, ...] = field(default=())
    basis: tuple[Basis, ...] = ()
