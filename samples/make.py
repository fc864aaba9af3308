"""Draws invented deliveries and their baseline: `python -m samples.make OUT --company C17 --company C06`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from samples import facts
from samples.acknowledgement import forget_some
from samples.areas import add_company, add_region
from samples.cut import baseline
from samples.draw import Draw
from samples.exports import draw_delivery, write_files
from samples.manifest import write_delivery
from samples.population import add_company_people, add_region_people
from samples.world import World

REGION_PEOPLE = 8


def make(
    out: Path,
    *,
    cycle: str = "day-1",
    companies: Sequence[str] = (),
    people: int = 60,
    seed: int = 1,
) -> None:
    """Write `<out>/<cycle>/<company>/` for each of `companies`, all if none is named, and the baseline.

    `people` is the number of persons drawn for each company. The same arguments give the same bytes.
    """
    chosen = [code for code in facts.companies() if not companies or code in companies]
    world = draw_world(chosen, people, seed)
    before = baseline(world, cycle)
    write_delivery(out / cycle / "baseline", before.company, cycle, write_files(before))
    for company in chosen:
        delivery = draw_delivery(world, company, cycle)
        write_delivery(out / cycle / company, company, cycle, write_files(delivery))


def draw_world(companies: Sequence[str], people: int, seed: int) -> World:
    """The whole world of a run: areas first, then the regions' and the companies' persons."""
    world = World(Draw(seed))
    for line in facts.regions():
        add_region(world, line)
    for company in companies:
        add_company(world, company)
    for line in facts.regions():
        add_region_people(world, line["region"], REGION_PEOPLE)
    for company in companies:
        add_company_people(world, company, people)
        if facts.companies()[company]["spg"] == "Y":
            forget_some(world, company)
    return world


def main() -> None:
    """Read the command line and make the deliveries."""
    parser = argparse.ArgumentParser(prog="python -m samples.make", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--cycle", default="day-1")
    parser.add_argument("--company", action="append", default=[], choices=list(facts.companies()))
    parser.add_argument("--people", type=int, default=60, help="persons per company")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    make(given.out, cycle=given.cycle, companies=given.company, people=given.people, seed=given.seed)


if __name__ == "__main__":
    main()
