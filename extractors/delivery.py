"""One company's delivery of one cycle, as its manifest describes it (exports/README, "A delivery")."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.layout import LATEST_VERSION, SPEC_VERSIONS
from extractors.manifest import complaints, extract_time
from extractors.problem import MANIFEST, Problem
from vocabulary.limits import Limits, default_limits


@dataclass(frozen=True)
class DeliveredFile:
    """One [[file]] of the manifest. `rows_by_part` and `totals` are empty where the manifest gives none."""

    name: str
    export: str
    rows: int
    bytes: int
    sha256: str
    encoding: str
    rows_by_part: dict[str, int]
    totals: dict[str, Decimal]


@dataclass(frozen=True)
class Delivery:
    """A readable manifest and the folder it describes. `previous` is blank unless `kind` is delta.

    `spec_version` says which layout the files have.
    """

    folder: Path
    spec_version: str
    company: str
    cycle: str
    kind: str
    previous: str
    extract_taken_at: dt.datetime
    files: tuple[DeliveredFile, ...]

    @property
    def is_delta(self) -> bool:
        """True when only changed rows are delivered, each with a `change`."""
        return self.kind == "delta"

    def of(self, export: str) -> tuple[DeliveredFile, ...]:
        """The files of `export`, in the order of the manifest."""
        return tuple(file for file in self.files if file.export == export)

    def path(self, file: DeliveredFile) -> Path:
        """Where `file` lies."""
        return self.folder / file.name


def read_delivery(
    folder: Path, company: str, cycle: str, limits: Limits | None = None
) -> tuple[Delivery | None, tuple[Problem, ...]]:
    """The delivery in `folder`, or None and the problems (F01, F15) that make its manifest unusable."""
    manifest, problem = _load(folder, limits)
    if manifest is None:
        return None, (problem,) if problem else ()
    files = manifest.get("file", [])
    most = (limits or default_limits()).of("manifest")["files"]
    if isinstance(files, list) and len(files) > most:
        told = f"{MANIFEST} names {len(files):,} files, {most:,} are allowed."
        return None, (Problem("F15", f"{told} Ask {company} for a delivery as agreed."),)
    found = complaints(manifest, company, cycle)
    if found:
        advice = f"Ask {company} for a corrected {MANIFEST}."
        return None, tuple(Problem("F01", f"{MANIFEST}: {complaint} {advice}") for complaint in found)
    return _delivery(folder, manifest), ()


def stated_version(folder: Path) -> str:
    """The version of the specification that the manifest in `folder` names, else the latest."""
    manifest, _ = _load(folder)
    stated = (manifest or {}).get("spec_version")
    return stated if stated in SPEC_VERSIONS else LATEST_VERSION


def _load(folder: Path, limits: Limits | None = None) -> tuple[dict[str, Any] | None, Problem | None]:
    path = folder / MANIFEST
    most = (limits or default_limits()).of("manifest")["bytes"]
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            told = f"{path} has more than {most:,} bytes: it is no manifest."
            return None, Problem("F15", f"{told} Ask the company for the manifest that belongs to the files.")
        return tomllib.loads(content.decode("utf-8"), parse_float=Decimal), None
    except FileNotFoundError:
        reason = f"{path} is missing. A delivery is a folder <cycle>/<company> with its files and a manifest."
    except (
        ValueError,
        RecursionError,
        ArithmeticError,
    ):  # no TOML, no UTF-8, too deep, or too large a number
        reason = f"{path} is not readable TOML in UTF-8."
    except OSError as error:
        reason = f"{path} cannot be opened: {error.strerror}."
    return None, Problem("F01", f"{reason} Ask the company for the manifest that belongs to the files.")


def _delivery(folder: Path, manifest: dict[str, Any]) -> Delivery:
    taken = extract_time(manifest["extract_taken_at"])
    assert taken is not None  # complaints() has refused anything else
    return Delivery(
        folder=folder,
        spec_version=manifest["spec_version"],
        company=manifest["company"],
        cycle=manifest["cycle"],
        kind=manifest["kind"],
        previous=manifest.get("previous", ""),
        extract_taken_at=taken,
        files=tuple(_file(entry) for entry in manifest.get("file", [])),
    )


def _file(entry: dict[str, Any]) -> DeliveredFile:
    return DeliveredFile(
        name=entry["name"],
        export=entry["export"],
        rows=entry["rows"],
        bytes=entry["bytes"],
        sha256=entry["sha256"].lower(),
        encoding=entry["encoding"],
        rows_by_part=dict(entry.get("rows_by_part", {})),
        totals={name: Decimal(value) for name, value in entry.get("totals", {}).items()},
    )
