"""Draws the deliveries of any number of persons, and their baseline, part by part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.bulk.company import Company
from samples.bulk.damage import Damaged
from samples.bulk.folder import Folder
from samples.bulk.history import past_orders
from samples.bulk.marker import write_marker
from samples.bulk.sizes import shares, size_of
from samples.cut import baseline
from samples.delius_files import write_delius
from samples.delivery import BASELINE, Delivery
from samples.exports import draw_delivery
from samples.make import BASELINE_FOLDER, add_part, draw_sized
from samples.population import History
from samples.unpaid_work import projects
from samples.world import World

FIRST_PART, PART = 60, 240
"""Persons of each company in the part that all are drawn in together; then those of a further part."""
STANDING = (
    *(("delius", table) for table in ("TEAM", "STAFF", "STAFF_TEAM", "USER_", "UPW_PROJECT")),
    ("upw", "Projects"),
)
"""Parts of an export that are whole with the first part of the people."""
ONCE = ("staff", "estates")
"""Exports that are whole with the first part."""
USUAL_CONTACTS = 130


@dataclass(frozen=True)
class Asked:
    """What is to be drawn."""

    people: int
    companies: Sequence[str]
    cycle: str = "day-1"
    seed: int = 1
    contacts: int = USUAL_CONTACTS
    defects: Sequence[str] = ()

    def shares(self) -> dict[str, int]:
        """Company to its persons. A damaged one needs a whole first part.

        Raises:
            PeopleError: fewer than that, or more than there are names for.
        """
        return shares(self.companies, self.people, FIRST_PART if self.defects else 1)

    def write_marker(self, out: Path) -> None:
        """Say beside the cycle that it is drawn, and how."""
        asked: dict[str, int | Sequence[str]] = {
            "people": self.people,
            "seed": self.seed,
            "contacts_per_person": self.contacts,
            "companies": self.companies,
            "damage": self.defects,
        }
        write_marker(out, self.cycle, asked)


@dataclass(frozen=True)
class Written:
    """What was written of one company, or of the baseline (N00)."""

    company: str
    people: int
    files: int
    rows: int
    bytes: int


def write_country(out: Path, asked: Asked, begun: Callable[[str], None]) -> Iterator[Written]:
    """Write `<out>/<cycle>/<company>/` and the baseline; say of each when it is whole.

    The same arguments give the same bytes. Memory holds one part of one company at a time, beside the first
    part of all. With defects the first parts are damaged, and the findings they must lead to go to
    `<out>/expected_findings.csv`. `begun` hears of each company before it is written.

    Raises:
        PeopleError: too few or too many are asked for.
        MissingLineError: our CSV files do not say enough of a company.
    """
    people = asked.shares()
    asked.write_marker(out)
    sizes = {company: size_of(company, count, FIRST_PART) for company, count in people.items()}
    history = past_orders(min(1.0, asked.contacts / USUAL_CONTACTS))
    first = draw_sized(sizes, asked.seed, None if asked.defects else history)
    before = baseline(first, asked.cycle)
    damaged = Damaged(first, before, asked.cycle, asked.companies, asked.defects) if asked.defects else None
    known = write_delius(before)
    nation = Folder(out / asked.cycle / BASELINE_FOLDER, BASELINE, asked.cycle)
    for file in known:
        nation.add(file)
    for company, count in people.items():
        begun(company)
        folder = Folder(out / asked.cycle / company, company, asked.cycle)
        with Company(folder, nation, asked.contacts) as files:
            if damaged:
                damaged.note(company, [*files.add_as_drawn(damaged.delivery(company)), *known])
            else:
                files.add(draw_delivery(first, company, asked.cycle), first)
            for start in range(FIRST_PART, count, PART):
                _add_part(files, first, start, min(PART, count - start), history)
            written = Written(company, count, *files.close())
        if damaged:
            damaged.break_files(company, folder.path)
        yield written
    yield Written(BASELINE, sum(people.values()), *nation.close())
    if damaged:
        damaged.write_key(out)


def _add_part(files: Company, first: World, start: int, count: int, history: History) -> None:
    """Draw and write `count` persons of a company from number `start` on."""
    company, cycle = files.folder.company, files.folder.cycle
    world = World(
        first.draw,
        officers=first.officers,
        users=first.users,
        leavers=first.leavers,
        newcomers=first.newcomers,
    )
    world.tables["UPW_PROJECT"] = projects(first, company)
    add_part(world, company, count, first=start, history=history)
    known = _without_standing(baseline(world, cycle))
    for file in write_delius(known):
        files.baseline.add(file)
    files.add(_without_standing(draw_delivery(world, company, cycle, but=ONCE)), world)


def _without_standing(delivery: Delivery) -> Delivery:
    for part in STANDING:
        if part in delivery.parts:
            delivery.parts[part] = []
    return delivery
