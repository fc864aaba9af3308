"""Teams, officers and users of the companies and the regions."""

from samples import facts
from samples.dates import FOUNDED
from samples.draw import Draw
from samples.world import Desk, Place, Row, World

TEAM_NAME_LENGTH = 50
LAST_OFFICER = 999
"""Number after which officer codes go on with the next letter."""
GRADES = {"SM": ("CRCM", "CRCQ"), "UPW": ("CRC4", "CRC6"), "AP": ("CRCC", "CRC1"), "HUB": ("CRCR", "CRCS")}
"""Grades of the officers of a team by its kind; the unallocated officer of a team has none."""


def add_company(world: World, company: str, officers: int = 1) -> None:
    """Add all teams of a company, with `officers` of each grade and their users.

    Beside the officers of the teams stand two without cases: one who will object, and one whom nDelius has
    given no account yet.
    """
    for line in facts.company_teams(company):
        team = _team(
            world, company, line["crc_team"], line["crc_team_name"], line["pdu_code"], line["kind"] == "UPW"
        )
        _officer(world, team, f"{line['crc_team']}U", "")
        for grade in GRADES.get(line["kind"], ()) * officers:
            code = _next_code(world, company)
            staff = _officer(world, team, code, grade)
            world.officers[line["crc_team"]].append(code)
            _user(world, staff)
    first = next(row for row in world.tables["TEAM"] if row["PROBATION_AREA_CODE"] == company)
    world.leavers[company] = _officer_beside(world, first, "Qxlea", "Zzgoing")
    _user(world, world.tables["STAFF"][-1])
    world.newcomers[company] = _officer_beside(world, first, "Qxnew", "Zzcoming")
    world.users[world.newcomers[company]] = user_name(world.draw)


def _next_code(world: World, company: str) -> str:
    """The next officer code of a company, from A001 to Z999 after its own code."""
    letter, number = divmod(world.draw.next(f"officer {company}") - 1, LAST_OFFICER)
    return f"{company}{chr(ord('A') + letter)}{number + 1:03d}"


def _officer_beside(world: World, team: Row, first_name: str, surname: str) -> str:
    """The code of one more officer of the team, who has no cases."""
    company = team["PROBATION_AREA_CODE"]
    code = _next_code(world, company)
    ending = "".join(chr(ord("a") + int(digit)) for digit in company[1:])
    _officer(world, team, code, "CRCQ", (first_name, f"{surname}{ending}"))
    return code


def add_region(world: World, line: facts.Line) -> None:
    """Add the receiving teams of a region with their default officers, and the unallocated team."""
    region = line["region"]
    _officer(
        world,
        _team(world, region, line["unallocated_team"], "Unallocated", "", False),
        line["unallocated_officer"],
        "",
    )
    seen: set[str] = set()
    for pdu in facts.pdus(region):
        for kind in ("sm", "upw", "programmes"):
            code = pdu[f"{kind}_team"]
            if code in seen:
                continue
            seen.add(code)
            name = f"{pdu['pdu_name'][: TEAM_NAME_LENGTH - len(kind) - 1]} {kind}"
            team = _team(world, region, code, name, _unit_above(pdu, kind), kind == "upw")
            _officer(world, team, pdu[f"{kind}_default_officer"], "")
    named = _officer(world, team, f"{region}A001", "")
    _user(world, named)


def _unit_above(pdu: facts.Line, kind: str) -> str:
    """A team of unpaid work or programmes stands under the region's cluster for it, not under the PDU."""
    clusters = {"upw": "UPW", "programmes": "AP"}
    return facts.cluster(pdu["region"], clusters[kind]) if kind in clusters else pdu["pdu_code"]


def add_commissioned_services(world: World) -> None:
    """Add the one team and officer that all commissioned services are managed under."""
    team = _team(world, "CRS", "CRSUAT", "Unallocated", "", False)
    _officer(world, team, "CRSUATU", "")


def place(company: str, world: World, number: int) -> Place:
    """The desks of the person of `number`: round robin over the PDUs, so that every team has somebody."""
    teams = facts.company_teams(company)
    upw_teams = [line for line in teams if line["kind"] == "UPW"]
    line = upw_teams[number % len(upw_teams)]
    upw = _desk(world, company, line["crc_team"])
    programme_teams = [team for team in teams if team["kind"] == "AP"]
    programme = next(team for team in programme_teams if team["region"] == line["region"])
    programmes = _desk(world, company, programme["crc_team"])
    supervision = [team for team in teams if team["kind"] == "SM" and team["pdu_code"] == line["pdu_code"]]
    if (
        not supervision
    ):  # no sentence management team of its own: persons and orders are managed in the region
        person = region_place(line["region"], line["pdu_code"]).person
        return Place(line["pdu_code"], person, person, programmes, upw, programmes)
    person = _person_desk(world, company, supervision[0]["crc_team"], number)
    order = _desk(world, company, supervision[0]["crc_team"])
    return Place(line["pdu_code"], person, order, order, upw, programmes)


def _person_desk(world: World, company: str, team: str, number: int) -> Desk:
    """Now and then a person is held by the company's hub team, or by nobody yet."""
    hubs = [line["crc_team"] for line in facts.company_teams(company) if line["kind"] == "HUB"]
    if number % 24 == 12 and hubs:
        return _desk(world, company, hubs[0])
    is_in_one_region = ";" not in facts.companies()[company]["regions"]
    if number % 48 == 24 and is_in_one_region:
        return Desk(company, f"{company}UAT", f"{company}UATU")
    return _desk(world, company, team)


def region_place(region: str, pdu_code: str) -> Place:
    """The desks of a PDU of the region itself."""
    pdu = next(line for line in facts.pdus(region) if line["pdu_code"] == pdu_code)
    person = Desk(region, pdu["sm_team"], pdu["sm_default_officer"])
    upw = Desk(region, pdu["upw_team"], pdu["upw_default_officer"])
    programmes = Desk(region, pdu["programmes_team"], pdu["programmes_default_officer"])
    return Place(pdu_code, person, person, person, upw, programmes)


def _desk(world: World, company: str, team: str) -> Desk:
    return Desk(company, team, world.draw.pick(world.officers[team]))


def _team(world: World, area: str, code: str, name: str, pdu: str, is_unpaid_work: bool) -> Row:
    return world.add(
        "TEAM",
        CODE=code,
        DESCRIPTION=name[:TEAM_NAME_LENGTH],
        PROBATION_AREA_CODE=area,
        PDU_CODE=pdu,
        UNPAID_WORK_TEAM=is_unpaid_work,
        START_DATE=FOUNDED,
    )


def _officer(world: World, team: Row, code: str, grade: str, name: tuple[str, str] | None = None) -> Row:
    if name is None:
        is_nobody = code.endswith("U")
        name = ("Unallocated", "Staff") if is_nobody else (world.draw.first_name(), world.draw.surname())
    staff = world.add(
        "STAFF",
        OFFICER_CODE=code,
        FORENAME=name[0],
        SURNAME=name[1],
        STAFF_GRADE_CODE=grade,
        PROBATION_AREA_CODE=team["PROBATION_AREA_CODE"],
        START_DATE=FOUNDED,
    )
    world.add("STAFF_TEAM", STAFF_ID=staff["STAFF_ID"], TEAM_ID=team["TEAM_ID"])
    return staff


def _user(world: World, staff: Row) -> Row:
    login = user_name(world.draw)
    world.users[staff["OFFICER_CODE"]] = login
    return world.add(
        "USER_",
        STAFF_ID=staff["STAFF_ID"],
        DISTINGUISHED_NAME=login,
        FORENAME=staff["FORENAME"],
        SURNAME=staff["SURNAME"],
    )


def user_name(draw: Draw) -> str:
    """A login nobody else of the run has."""
    return f"zzsample.user{draw.next('user'):05d}"
