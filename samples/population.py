"""Who is in the world: for each company persons of every kind of case, and the regions' own persons."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from samples import facts
from samples.areas import place, region_place
from samples.cases import (
    Case,
    add_nsi,
    add_person_managers,
    add_prison_manager,
    add_requirement,
    open_case,
)
from samples.custody import (
    add_court_report,
    add_custody,
    add_institutional_report,
    add_licence_condition,
    add_prison,
    add_pss_requirement,
)
from samples.dates import DAY_1, days
from samples.diary import add_contacts, add_exclusion, add_registration, add_restriction
from samples.people import add_person
from samples.unpaid_work import add_order
from samples.world import Person, Place, Row, World

KINDS = (
    "community", "unpaid work", "rar", "licence", "community", "supervision",
    "two events", "closed", "shared", "before sentence", "elsewhere", "person only",
)  # fmt: skip
"""Kinds of case, in turn."""
LONG_AGO, MONTHS_MORE = dt.date(2020, 5, 4), 6
"""Sentence of an order that is past its twelve months, and by how much the court extended one."""
Drawn = tuple[Case | None, Row | None]
"""The case and the component that contacts hang on."""
History = Callable[[World, Person, int], None]
"""Adds what came before the case of a person: the world, the person, and their number."""


def add_company_people(
    world: World, company: str, count: int, *, first: int = 0, history: History | None = None
) -> None:
    """Add `count` persons of a company with their cases, counted from `first` on."""
    for number in range(first, first + count):
        desks = place(company, world, number)
        kind = KINDS[number % len(KINDS)]
        if kind == "shared":
            region = region_place(
                desks.person.area if desks.person.area != company else _region(desks), desks.pdu
            )
            desks = replace(desks, person=region.person, order=region.order)
        person = add_person(world, company, kind, desks, number)
        add_person_managers(world, person)
        if history:
            history(world, person, number)
        case, component = CASES[kind](world, person, number)
        _keep_in_company(world, person, case)
        # records of the gateway can name a requirement only: its contacts hang at no other component
        add_contacts(world, person, case, component)
        if number % 6 == 0:
            add_registration(world, person)
    _limit_access(world, company)


def add_region_people(world: World, region: str, count: int) -> None:
    """Add persons that the region itself manages: one live case each, one in seven deleted."""
    areas = facts.pdus(region)
    for number in range(count):
        desks = region_place(region, areas[number % len(areas)]["pdu_code"])
        person = add_person(world, region, "region", desks, number)
        add_person_managers(world, person)
        case = open_case(world, person, "329")
        add_requirement(world, case, "F", "RAR01", 20, desks.rar)
        if number % 7 == 6:
            person.row["SOFT_DELETED"] = True


def _region(desks: Place) -> str:
    return facts.region_of(desks.pdu)


def _keep_in_company(world: World, person: Person, case: Case | None) -> None:
    """A company without offender management holds a person through an intervention of its own."""
    if person.place.order.area == person.home or person.kind == "shared":
        return
    add_nsi(world, person, person.place.programme, _own_service(person, 4), case)


def _community(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, world.draw.pick(("329", "340")))
    add_order(world, case, world.draw.pick((60, 80, 120)), person.home)
    rar = add_requirement(world, case, "F", "RAR01", 20, person.place.rar)
    add_nsi(world, person, person.place.rar, "BRE", case, is_done=number % 3 == 0)
    return case, rar


def _unpaid_work(world: World, person: Person, number: int) -> Drawn:
    """Of four the second and the fourth are past their twelve months; the court gave the second more time."""
    turn = number // len(KINDS) % 4
    is_old, is_extended = turn % 2 == 1, turn == 1
    case = open_case(world, person, "329", sentenced=LONG_AGO if is_old else None)
    order = add_order(world, case, 120 if is_old else 40, person.home)
    if is_extended:
        add_requirement(world, case, "W1", "", MONTHS_MORE, person.place.unpaid_work)
    return case, order.requirement


def _rar(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, "341" if number % 2 else "203")
    rar = add_requirement(world, case, "F", "RAR01", 30, person.place.rar)
    add_requirement(world, case, "C", "C-TSP", 25, person.place.programme)
    add_requirement(world, case, "E", "", 12, person.place.rar, ended=case.start + days(30))
    return case, rar


def _licence(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, "307")
    if number % 24 == 15:
        # still in prison: one comes out in the first four weeks, the next one later
        add_institutional_report(world, case, add_prison(world, case, DAY_1 + days(number)))
        return case, None
    custody = add_custody(world, case, "B")
    condition = add_licence_condition(world, case, "LC19", "")
    add_licence_condition(world, case, "PRG", "PRG1", ended=case.start + days(52))
    add_institutional_report(world, case, custody)
    if number % 2:
        add_nsi(world, person, person.place.rar, "REC", case, is_done=True)
    add_prison_manager(world, person, alone=number % 24 == 3)
    return case, None if _is_gateway(person) else condition


def _supervision(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, "307")
    custody = add_custody(world, case, "P")
    open_case(world, person, "201", ended=True)
    requirement = add_pss_requirement(world, case, custody, "PSSD" if number % 2 else "PSSA")
    return case, None if _is_gateway(person) else requirement


def _two_events(world: World, person: Person, number: int) -> Drawn:
    closed = open_case(world, person, "201", ended=True)
    add_order(world, closed, 60, person.home)
    if not _is_gateway(person) and number % 4 == 2:
        deleted = open_case(world, person, None, ended=True)
        deleted.event["SOFT_DELETED"] = True
    return _community(world, person, number)


def _closed(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, "329", ended=True)
    add_requirement(world, case, "F", "RAR01", 10 + number % 5, person.place.rar)
    return case, None


def _shared(world: World, person: Person, number: int) -> Drawn:
    """The region supervises, the company runs the unpaid work."""
    case = open_case(world, person, "329")
    order = add_order(world, case, 100 + number % 20, person.home)
    return case, order.requirement


def _before_sentence(world: World, person: Person, number: int) -> Drawn:
    case = open_case(world, person, None)
    add_court_report(world, case, is_done=False)
    add_court_report(world, case, is_done=number % 2 == 0)
    return case, None


def _elsewhere(world: World, person: Person, number: int) -> Drawn:
    """One requirement is managed by the region already and is left alone (O07)."""
    case, rar = _community(world, person, number)
    if case:
        region = region_place(_region(person.place), person.place.pdu)
        add_requirement(world, case, "F", "RAR01", 5, region.rar)
    return case, rar


def _person_only(world: World, person: Person, number: int) -> Drawn:
    nsi = add_nsi(world, person, person.place.programme, _own_service(person, number % 4))
    other = _neighbour(world, person) if number % 24 == 23 else None
    if other:
        add_nsi(world, person, other.place.programme, _own_service(other, 2))
        person.row["in_two_companies"] = True
    return None, None if _is_gateway(person) else nsi


def _own_service(home: Person, number: int) -> str:
    """An in-house type of intervention, which no list of ours has: nDelius knows it, so it is known.

    A record of the gateway may be new to nDelius: it bears a type that the lists have.
    """
    return "REC" if _is_gateway(home) else f"MRS{10 + number:03}"


def _neighbour(world: World, person: Person) -> Person | None:
    """A person of the company drawn before, if both record in nDelius: its team may have a part."""
    companies = facts.companies()
    others = (other for other in reversed(world.people) if other.home != person.home)
    before = next((other for other in others if other.home in companies), None)
    if before and companies[before.home]["delius"] == companies[person.home]["delius"] == "Y":
        return before
    return None


CASES: dict[str, Callable[[World, Person, int], Drawn]] = {
    "community": _community,
    "unpaid work": _unpaid_work,
    "rar": _rar,
    "licence": _licence,
    "supervision": _supervision,
    "two events": _two_events,
    "closed": _closed,
    "shared": _shared,
    "before sentence": _before_sentence,
    "elsewhere": _elsewhere,
    "person only": _person_only,
}


def _is_gateway(person: Person) -> bool:
    return facts.companies()[person.home]["spg"] == "Y"


def _limit_access(world: World, company: str) -> None:
    people = [person for person in world.of(company) if person.kind == "community"]
    if len(people) < 4:
        return
    mine = world.officers[facts.company_teams(company)[0]["crc_team"]]
    region = facts.companies()[company]["regions"].split(";")[0]
    add_restriction(world, people[1], [world.users[mine[0]], world.users[mine[1]]])
    leaver, of_region = world.users[world.leavers[company]], world.users[f"{region}A001"]
    add_restriction(world, people[2], [world.users[mine[0]], of_region, leaver])
    for user in (world.users[mine[1]], leaver):
        add_exclusion(world, people[3], user)
