"""The staff data return: every named officer of the company, and some employees who are none."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from samples import facts
from samples.delivery import Delivery, SentFile
from samples.formats import dialect
from samples.satellites.holdings import own_rows, region_postcode
from samples.workbooks import Book, write_workbook
from samples.world import Row, World

SHARES = (
    "pct_sentence_management", "pct_unpaid_work", "pct_programmes",
    "pct_structured_interventions", "pct_resettlement", "pct_corporate",
)  # fmt: skip
NO_SHARES = dict.fromkeys(SHARES, 0)
SHARE_OF_KIND = {"SM": SHARES[0], "UPW": SHARES[1], "AP": SHARES[2], "HUB": SHARES[5]}
HOURS_ONLY, FTE_ONLY = ("C08", "C11"), ("C12",)
"""Companies that give weekly hours and no FTE, and the other way round."""
FULL_TIME = 37.0
OTHERS = 8
"""Lines of the return beside one for each officer of a team."""
CENT = Decimal("0.01")


def add_staff(world: World, delivery: Delivery) -> None:
    """One employee per named officer; then a driver, a corporate post, and those who do not transfer."""
    company = delivery.company
    rows = own_rows(delivery, "staff", "Staff")
    staff = {row["OFFICER_CODE"]: row for row in world.tables["STAFF"]}
    teams = facts.company_teams(company)
    officers = [(team, officer) for team in teams for officer in world.officers.get(team["crc_team"], [])]
    for team, officer in [*officers, (teams[0], world.newcomers[company])]:
        row = _employee(world, company, team, len(rows) + 1)
        rows.append(row | _as_known(world, staff[officer]))
    _add_others(world, company, rows, _as_known(world, staff[world.leavers[company]]))


def _as_known(world: World, officer: Row) -> Row:
    """Name, grade, code and login of an employee whom nDelius has as an officer."""
    code = officer["OFFICER_CODE"]
    return {
        "forename": officer["FORENAME"],
        "surname": officer["SURNAME"],
        "grade": officer["STAFF_GRADE_CODE"],
        "officer_codes": code,
        "user_name": world.users[code],
    }


def _add_others(world: World, company: str, rows: list[Row], leaver: Row) -> None:
    team = facts.company_teams(company)[0]
    others: list[Row] = [
        {"job_title": "Driver", **NO_SHARES, SHARES[1]: 100},
        {"job_title": "Finance officer", **NO_SHARES, SHARES[5]: 100, "pension_scheme": "OTHER"},
        {"job_title": "Resettlement worker", **NO_SHARES, SHARES[0]: 30, SHARES[4]: 70},
        {"sub_contracted": True, "supplier": "Sample Homes CIC", "sub_contracted_role": "FRAMEWORK"},
        {"objected": True, **leaver},
        {"end_date": dt.date(2021, 5, 31)},
        {
            "appeal_lodged": dt.date(2020, 9, 10),
            "appeal_outcome": "UPHELD",
            "appeal_function": "UPW",
        },
    ]
    for change in others:
        rows.append(_employee(world, company, team, len(rows) + 1) | change)


def _employee(world: World, company: str, team: facts.Line, number: int) -> Row:
    fte = 0.6 if number % 5 == 0 else 1.0
    shares = NO_SHARES | {SHARE_OF_KIND[team["kind"]]: 100}
    employer = facts.companies()[facts.companies()[company]["employer"]]
    return {
        "employee_no": f"P{number:07d}",
        "title": "Ms" if number % 2 else "Mr",
        "forename": world.draw.first_name(),
        "surname": world.draw.surname(),
        "date_of_birth": world.draw.day(dt.date(1962, 1, 1), dt.date(1996, 12, 31)),
        "ni_number": world.draw.national_insurance(),
        "employer": f"{employer['name'][:50]} Sample Ltd",
        "start_date": dt.date(2014, 6, 1),
        "continuous_from": dt.date(2001, 9, 3),
        "end_date": None,
        "job_title": "Responsible officer",
        "grade": "CRCQ",
        "fte": None if company in HOURS_ONLY else fte,
        "weekly_hours": None if company in FTE_ONLY else FULL_TIME * fte,
        "full_time_hours": FULL_TIME,
        "salary": 21_500.00 * fte,
        "pay_point": "CRC4-03",
        "contract": "P",
        "contract_end": None,
        "workplace": "Sample House",
        "workplace_postcode": region_postcode(company, team["pdu_code"]),
        "team_code": team["crc_team"],
        **shares,
        "line_manager_no": "P0000001" if number > 1 else "",
        "pension_scheme": "LGPS",
        "vetting_status": "CLEARED",
        "vetting_expiry": dt.date(2023, 3, 31),
        "sub_contracted": False,
        "supplier": "",
        "sub_contracted_role": "",
        "letter_date": dt.date(2020, 8, 26),
        "appeal_lodged": None,
        "appeal_outcome": "",
        "appeal_function": "",
        "objected": False,
        "officer_codes": "",
        "user_name": "",
    }


def write_staff(delivery: Delivery) -> list[SentFile]:
    """The one workbook of the export."""
    form = dialect("staff", delivery.company)
    book = Book(delivery.company, "staff", ["Staff"], form, spec_version=delivery.spec_version)
    content, positions = write_workbook(delivery, "staff", ["Staff"], book)
    rows = delivery.rows("staff", "Staff")
    salary = sum((_money(row["salary"]) for row in rows), Decimal(0))
    return [
        SentFile(
            name=f"{delivery.company}_staff.xlsx",
            export="staff",
            content=content,
            encoding="binary",
            rows=len(rows),
            totals={
                "employees": len(rows),
                "fte": str(sum((_fte(row) for row in rows), Decimal("0.00"))),
                "salary": str(salary.quantize(CENT)),
            },
            rows_by_part=book.counts,
            positions=positions,
        )
    ]


def _fte(row: Row) -> Decimal:
    if row["fte"] is not None:
        return _money(row["fte"])
    if row["weekly_hours"] is None:
        return Decimal(0)
    return _money(Decimal(str(row["weekly_hours"])) / Decimal(str(row["full_time_hours"])))


def _money(value: float | Decimal) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


SENDS = ("staff", add_staff, write_staff)
