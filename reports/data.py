"""Every figure of a reconciliation, computed before a cell is written. Frozen: no report changes a number."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FileAccount:
    """The row account of a file: delivered = carried + set_aside + not_in_scope, in source rows (K02)."""

    export: str
    file: str
    delivered: int
    carried: int
    set_aside: int
    not_in_scope: int

    @property
    def closes(self) -> bool:
        """True when every delivered row has exactly one outcome."""
        return self.delivered == self.carried + self.set_aside + self.not_in_scope


@dataclass(frozen=True)
class EntityCount:
    """Rows of one target entity, expected by the second path against what was read back."""

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


@dataclass(frozen=True)
class CompanyReconciliation:
    """All figures of one company. `verdict` is clean, differences or blocked."""

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
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reconciliation:
    """The whole run. `verdict` is the worst of its companies'; `totals` are per region and national."""

    run: str
    cycle: str
    verdict: str
    companies: tuple[CompanyReconciliation, ...]
    totals: tuple[Total, ...] = field(default=())
