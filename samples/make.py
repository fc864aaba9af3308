"""Draws invented deliveries and their baseline: `python -m samples.make OUT --company C17 --company C06`."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples import facts
from samples.acknowledgement import forget_some
from samples.areas import add_commissioned_services, add_company, add_region
from samples.cut import baseline
from samples.defects.across import ACROSS, plant_across
from samples.defects.blocking import BLOCKING
from samples.defects.plan import CARRIED, expected_lines, plant
from samples.defects.site import NoVictimError, Site, expected_text, severity_of
from samples.delivery import SentFile
from samples.draw import Draw
from samples.exports import EXPORTS, draw_delivery, write_files
from samples.manifest import write_delivery
from samples.population import History, add_company_people, add_region_people
from samples.unpaid_work import add_projects
from samples.world import World

REGION_PEOPLE = 8
BASELINE_FOLDER, KEY = "baseline", "expected_findings.csv"
"""Where the baseline lies in a cycle, and beside the cycle what damage must lead to."""


@dataclass(frozen=True)
class Size:
    """How much of one company is drawn: persons, officers of each grade in a team, sets of projects."""

    people: int
    officers: int = 1
    projects: int = 1


def make(
    out: Path,
    *,
    cycle: str = "day-1",
    companies: Sequence[str] = (),
    people: int = 60,
    seed: int = 1,
    defects: Sequence[str] = (),
    exports: Sequence[str] = (),
    spec_version: str = facts.LATEST_VERSION,
) -> None:
    """Write `<out>/<cycle>/<company>/` for each of `companies`, all if none is named, and the baseline.

    `people` is the number of persons drawn for each company. `defects` are planted where they concern one of
    `exports` (all if none is named); the findings they must lead to go to `<out>/expected_findings.csv`.
    `spec_version` is the version of the agreement whose columns are written. The same arguments give the same
    bytes.

    Raises:
        NoVictimError: too few people for so many defects.
        MissingLineError: our CSV files do not say enough of a company.
    """
    chosen = [code for code in facts.companies() if not companies or code in companies]
    world = draw_world(chosen, people, seed)
    before = baseline(world, cycle, spec_version)
    planted = exports or list(EXPORTS)
    sites: Iterable[Site] = (
        plant(world, draw_delivery(world, code, cycle, spec_version), before, defects, planted)
        for code in chosen
    )
    if set(defects) & set(ACROSS):
        sites = list(sites)  # two companies lie beside each other; else memory holds one at a time
        plant_across(sites, defects, planted)
    written: list[tuple[Site, list[SentFile], list[list[str]]]] = []
    for site in sites:
        company, files = site.company, write_files(site.delivery)
        write_delivery(out / cycle / company, site.delivery, files)
        if defects:
            written.append((site, files, break_delivery(out / cycle / company, company, defects)))
    known = write_files(before)
    write_delivery(out / cycle / BASELINE_FOLDER, before, known)
    if defects:
        expected: list[list[str]] = []
        for site, files, broken in written:  # a finding may name nDelius's own row
            expected += [*expected_lines(site, [*files, *known]), *broken]
        (out / KEY).write_bytes(expected_text(expected).encode())


def break_delivery(folder: Path, company: str, defects: Sequence[str]) -> list[list[str]]:
    """Do the blocking ones of `defects` to a written delivery; the findings they must lead to."""
    lines = []
    for defect, damage in BLOCKING.items():
        broken = damage(folder) if defect in defects else None
        if broken:
            export, file, rule = broken
            lines.append([company, export, file, "", rule, severity_of(rule), defect])
    return lines


def draw_world(companies: Sequence[str], people: int, seed: int) -> World:
    """The whole world of a run, with as many people in each company."""
    return draw_sized(dict.fromkeys(companies, Size(people)), seed)


def draw_sized(companies: Mapping[str, Size], seed: int, history: History | None = None) -> World:
    """The whole world of a run: areas first, then the regions' and the companies' persons."""
    world = World(Draw(seed))
    for line in facts.regions():
        add_region(world, line)
    add_commissioned_services(world)
    for company, size in companies.items():
        add_company(world, company, size.officers)
    for line in facts.regions():
        add_region_people(world, line["region"], REGION_PEOPLE)
    for company, size in companies.items():
        add_projects(world, company, size.projects)
        add_part(world, company, size.people, history=history)
    return world


def add_part(
    world: World, company: str, count: int, *, first: int = 0, history: History | None = None
) -> None:
    """Add persons of a company. Where it has a system of its own, nDelius does not know all of it."""
    add_company_people(world, company, count, first=first, history=history)
    if facts.companies()[company]["spg"] == "Y":
        forget_some(world, company)


def main() -> None:
    """Read the command line and make the deliveries."""
    parser = argparse.ArgumentParser(prog="python -m samples.make", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--cycle", default="day-1")
    parser.add_argument("--company", action="append", default=[], choices=list(facts.companies()))
    parser.add_argument("--people", type=int, default=60, help="persons per company")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--defects", action="store_true", help="plant every defect that does not block a delivery"
    )
    known = sorted({*BLOCKING, *CARRIED})
    parser.add_argument("--defect", action="append", default=[], choices=known, help="plant this defect")
    parser.add_argument(
        "--export", action="append", default=[], choices=list(EXPORTS), help="plant only here"
    )
    parser.add_argument("--spec-version", default=facts.LATEST_VERSION, choices=facts.SPEC_VERSIONS)
    given = parser.parse_args()
    try:
        make(
            given.out,
            cycle=given.cycle,
            companies=given.company,
            people=given.people,
            seed=given.seed,
            defects=[*given.defect, *(CARRIED if given.defects else ())],
            exports=given.export,
            spec_version=given.spec_version,
        )
    except (NoVictimError, facts.MissingLineError) as problem:
        parser.exit(1, f"{problem}\n")


if __name__ == "__main__":
    main()
