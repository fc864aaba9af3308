"""A workspace: where deliveries lie, where work and reports go, which target, which cycle,
which companies."""

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from mappings.staff.assignment import ASSIGN_MIN
from vocabulary.companies import BASELINE_COMPANY, companies, require_companies
from vocabulary.errors import ConfigError

CONFIG = "day1.toml"
FOLDERS = ("deliveries", "decisions", "work", "reports")
BASELINE_FOLDER = "baseline"
COMPANY_FOLDER = "[A-Z][0-9][0-9]"
"""How a company's folder is named, as a glob: by its code."""

REHEARSAL, DAY, DELTA = "rehearsal-", "day-1", "delta-"
CYCLES = (REHEARSAL, DAY, DELTA)
"""Cycles in the order they happen (exports/README, a delivery)."""

WHOLE = 100

TEMPLATE = """\
# A day1 workspace. Paths are relative to this file.
deliveries = "deliveries"
target = "sqlite:///target.db"

[thresholds]
# Share of working time from which a function decides an employee's assignment (ours, not published).
assign_min = 50
"""


@dataclass(frozen=True)
class Workspace:
    """An opened workspace.

    `chosen` are the companies asked for, empty for all that have a delivery in the cycle. `assign_min` is the
    share of working time, in per cent, from which a function decides an assignment.
    """

    root: Path
    deliveries: Path
    target_url: str
    cycle: str
    chosen: tuple[str, ...] = ()
    assign_min: Decimal = ASSIGN_MIN

    @classmethod
    def init(cls, root: Path) -> Path:
        """Make a workspace at `root`; what is there stays."""
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        if not (root / CONFIG).exists():
            (root / CONFIG).write_text(TEMPLATE, encoding="utf-8")
        return root / CONFIG

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        deliveries: Path | None = None,
        target: str | None = None,
        cycle: str | None = None,
        companies: tuple[str, ...] = (),
    ) -> "Workspace":
        """The workspace at `root`. A folder without day1.toml is one with the usual places.

        Raises:
            ConfigError: day1.toml cannot be read. UsageError: a company is unknown.
        """
        config = _config(root)
        delivered = deliveries or root / str(config.get("deliveries", "deliveries"))
        require_companies(companies)
        return cls(
            root=root,
            deliveries=delivered,
            target_url=target or _target(root, str(config.get("target", "sqlite:///target.db"))),
            cycle=cycle or _newest(delivered),
            chosen=tuple(sorted(set(companies))),
            assign_min=_assign_min(root, config),
        )

    @property
    def company_codes(self) -> tuple[str, ...]:
        """The companies to work on: those chosen, else all known ones with a folder in the cycle."""
        if self.chosen:
            return self.chosen
        return tuple(code for code in companies() if (self.deliveries / self.cycle / code).is_dir())

    def require_deliveries(self) -> None:
        """There is something to work on.

        Raises:
            ConfigError: there is no folder of deliveries, no cycle in it, no company in the cycle, or one
                that companies.csv does not have: it would be left out in silence.
        """
        hint = "Put deliveries there as <cycle>/<company>/, or give --deliveries."
        if not self.deliveries.is_dir():
            raise ConfigError(f"There is no folder {self.deliveries}. {hint}")
        if not self.cycle:
            raise ConfigError(f"{self.deliveries} has no cycle folder such as day-1/. {hint}")
        if not self.chosen:
            _require_known_folders(self.deliveries / self.cycle)
        if not self.company_codes:
            raise ConfigError(f"No company has a delivery in {self.deliveries / self.cycle}. {hint}")

    def delivery_folder(self, company: str) -> Path:
        """Where `company`, or the baseline, delivered."""
        name = BASELINE_FOLDER if company == BASELINE_COMPANY else company
        return self.deliveries / self.cycle / name

    def stage_folder(self, company: str, stage: str) -> Path:
        """Where a stage keeps what it made."""
        return self.root / "work" / self.cycle / company / stage

    def of_cycle(self, cycle: str) -> "Workspace":
        """The same workspace, looked at in another cycle."""
        return replace(self, cycle=cycle)

    @property
    def reports(self) -> Path:
        """Where the cycle's reports go."""
        return self.root / "reports" / self.cycle

    @property
    def decisions(self) -> Path:
        """Answers of operators, as CSV."""
        return self.root / "decisions"


def _require_known_folders(cycle_folder: Path) -> None:
    codes = sorted(path.name for path in cycle_folder.glob(COMPANY_FOLDER) if path.is_dir())
    strange = [code for code in codes if code not in companies()]
    if strange:
        raise ConfigError(
            f"{cycle_folder} has a folder {strange[0]}, which is no company of vocabulary/companies.csv. "
            "Add a row there (docs/add-a-company.md), or name the companies to work on with --company."
        )


def _config(root: Path) -> dict[str, object]:
    path = root / CONFIG
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not readable as TOML ({error}). Mend it, or run `day1 init` elsewhere."
        ) from error


def _assign_min(root: Path, config: dict[str, object]) -> Decimal:
    thresholds = config.get("thresholds", {})
    given = thresholds.get("assign_min", ASSIGN_MIN) if isinstance(thresholds, dict) else thresholds
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal) or not 0 < given <= WHOLE:
        raise ConfigError(
            f"{root / CONFIG}: assign_min under [thresholds] is {given!r}. Give a number above 0, at most "
            "100: the share of working time from which a function decides."
        )
    return Decimal(str(given))


def _target(root: Path, url: str) -> str:
    """A relative SQLite file is meant from the workspace."""
    prefix = "sqlite:///"
    if (
        url.startswith(prefix)
        and not Path(url.removeprefix(prefix)).is_absolute()
        and url != f"{prefix}:memory:"
    ):
        return prefix + str((root / url.removeprefix(prefix)).resolve())
    return url


def _newest(deliveries: Path) -> str:
    """The last cycle that has a folder; blank when there is none, which is enough to make a target."""
    if not deliveries.is_dir():
        return ""
    found = [
        folder.name for folder in deliveries.iterdir() if folder.is_dir() and folder.name.startswith(CYCLES)
    ]
    return max(found, key=cycle_order, default="")


def cycle_order(cycle: str) -> tuple[int, str]:
    """Sorts cycles as they happen: rehearsals, day-1, deltas."""
    place = next((place for place, prefix in enumerate(CYCLES) if cycle.startswith(prefix)), len(CYCLES))
    return place, cycle
