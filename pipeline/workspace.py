"""A workspace: where deliveries lie, where work and reports go, which target, which cycle,
which companies."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.line import CYCLES, WORK, cycle_order, is_delta, line_before, standing_cycle
from pipeline.settings import CONFIG, NEW_WORKSPACE, Settings, read_config, read_settings
from vocabulary.companies import BASELINE_COMPANY, companies, require_companies
from vocabulary.errors import ConfigError, UsageError
from vocabulary.resources import resource

FOLDERS = ("deliveries", "decisions", WORK, "reports")
BASELINE_FOLDER = "baseline"
COMPANY_FOLDER = "[A-Z][0-9][0-9]"
"""How a company's folder is named, as a glob: by its code."""


@dataclass(frozen=True)
class Workspace:
    """An opened workspace.

    `chosen` are the companies asked for, empty for all that have a delivery in the cycle. `settings`: what
    its people decide. `run` names the run that is at work in it (pipeline.runs), blank outside one.
    """

    root: Path
    deliveries: Path
    target_url: str
    cycle: str
    chosen: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    run: str = ""

    @classmethod
    def init(cls, root: Path) -> Path:
        """Make a workspace at `root`; what is there stays."""
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        if not (root / CONFIG).exists():
            (root / CONFIG).write_bytes(resource("pipeline", NEW_WORKSPACE).read_bytes())
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
        wave: str | None = None,
    ) -> "Workspace":
        """The workspace at `root`. A folder without day1.toml is one with the usual places.

        `wave`: in the place of `companies` those that day1.toml puts under this name.

        Raises:
            ConfigError: day1.toml cannot be read. UsageError: a company or wave is unknown, or both are
                named.
        """
        config = read_config(root)
        settings = read_settings(root, config)
        if wave:
            companies = _of_wave(settings, wave, companies)
        delivered = deliveries or root / str(config.get("deliveries", "deliveries"))
        require_companies(companies)
        return cls(
            root=root,
            deliveries=delivered,
            target_url=target or _target(root, str(config.get("target", "sqlite:///target.db"))),
            cycle=cycle or _newest(delivered) or _newest(root / WORK),
            chosen=tuple(sorted(set(companies))),
            settings=settings,
        )

    @property
    def company_codes(self) -> tuple[str, ...]:
        """The companies to work on: those chosen, else all known ones with a folder in the cycle."""
        if self.chosen:
            return self.chosen
        return tuple(code for code in companies() if (self.deliveries / self.cycle / code).is_dir())

    @property
    def cycles(self) -> tuple[str, ...]:
        """The cycles that were delivered or run, in the order they happen."""
        folders = (folder for folder in (self.deliveries, self.root / WORK) if folder.is_dir())
        found = {path.name for folder in folders for path in folder.iterdir() if path.is_dir()}
        return tuple(sorted((name for name in found if name.startswith(CYCLES)), key=cycle_order))

    @property
    def seen_codes(self) -> tuple[str, ...]:
        """The companies of the cycle that delivered or were run, wherever the deliveries lie now."""
        places = (self.deliveries / self.cycle, self.root / WORK / self.cycle)
        return tuple(code for code in companies() if any((place / code).is_dir() for place in places))

    def looked_at(self) -> "Workspace":
        """The same, to look at what was run: of the companies chosen, or else of all that were seen.

        Raises:
            ConfigError: there is no such workspace, cycle or company in it.
        """
        self.require_there()
        if self.cycle and self.cycle not in self.cycles:
            raise ConfigError(f"{self.root} has no cycle {self.cycle}. It has {_listed(self.cycles)}.")
        seen = self.seen_codes
        for code in self.chosen:
            if code not in seen:
                raise ConfigError(f"{code} is not in {self.cycle} of {self.root}. It has {_listed(seen)}.")
        return replace(self, chosen=self.chosen or seen)

    def require_there(self) -> None:
        """There is such a workspace: a folder with a day1.toml, deliveries or work in it.

        Raises:
            ConfigError: there is none.
        """
        if not any(path.exists() for path in (self.root / CONFIG, self.deliveries, self.root / WORK)):
            raise ConfigError(
                f"There is no workspace {self.root.absolute()}. Make it with `day1 init`, or mend the path."
            )

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
        return self.deliveries / self.cycle_of(company) / name

    def stage_folder(self, company: str, stage: str) -> Path:
        """Where a stage keeps what it made."""
        return self.root / WORK / self.cycle_of(company) / company / stage

    def cycle_of(self, company: str) -> str:
        """The cycle itself; in a cycle of deltas, of the baseline and of a company without changes, the one
        that says how it stands (pipeline.line)."""
        if not self.is_delta or (company != BASELINE_COMPANY and self._delivers(company)):
            return self.cycle
        return standing_cycle(self.root, self.cycle, company)

    def _delivers(self, company: str) -> bool:
        places = (self.deliveries / self.cycle, self.root / WORK / self.cycle)
        return company in self.chosen or any((place / company).is_dir() for place in places)

    @property
    def is_delta(self) -> bool:
        """True in a cycle that continues another."""
        return is_delta(self.cycle)

    @property
    def line(self) -> tuple[str, ...]:
        """The cycles up to this one that are loaded on top of each other, in order."""
        return (*line_before(self.root, self.cycle), self.cycle)

    @property
    def of_baseline(self) -> "Workspace":
        """The same workspace in the cycle whose baseline it stands on."""
        return self.of_cycle(self.line[0])

    def of_cycle(self, cycle: str) -> "Workspace":
        """The same workspace, looked at in another cycle."""
        return replace(self, cycle=cycle)

    @property
    def whole(self) -> "Workspace":
        """The same cycle with every company that delivered, whichever were chosen."""
        return replace(self, chosen=())

    @property
    def reports(self) -> Path:
        """Where the cycle's reports go."""
        return self.root / "reports" / self.cycle

    @property
    def revealed(self) -> Path:
        """Where reports with values go: beside the others, never in their place."""
        return self.root / "reports" / f"{self.cycle}-revealed"

    @property
    def decisions(self) -> Path:
        """Answers of operators, as CSV."""
        return self.root / "decisions"


def _of_wave(settings: Settings, wave: str, companies: tuple[str, ...]) -> tuple[str, ...]:
    if companies:
        raise UsageError(f"--wave {wave} and --company are given. Give one of them.")
    if wave not in settings.waves:
        known = _listed(list(settings.waves))
        raise UsageError(f"--wave {wave} is unknown. [waves] of day1.toml has {known}.")
    return settings.waves[wave]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _require_known_folders(cycle_folder: Path) -> None:
    codes = sorted(path.name for path in cycle_folder.glob(COMPANY_FOLDER) if path.is_dir())
    strange = [code for code in codes if code not in companies()]
    if strange:
        raise ConfigError(
            f"{cycle_folder} has a folder {strange[0]}, which is no company of vocabulary/companies.csv. "
            "Add a row there (docs/add-a-company.md), or name the companies to work on with --company."
        )


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
