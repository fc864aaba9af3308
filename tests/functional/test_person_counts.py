"""Contacts and RAR days of each person of a provider extract: target against files, by the csv module."""

import csv
import json
from collections import Counter
from pathlib import Path

from delivered_minutes import schedule
from sample_runs import rows_of

COMPANY = "C06"
LAST_DAY = "2021-06-25"
TRANSFERS = ("ETOM", "ROC", "ETOS", "ETRC", "NTRS")
"""Types of the contacts that tell of a transfer: nobody delivered them (test_written_as_ndelius)."""


def lines(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of one text table of the extract that are not deleted."""
    path = folder / f"{COMPANY}_delius_{table}.txt"
    with path.open(encoding="cp1252", newline="") as file:
        rows = csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row.get("SOFT_DELETED", "0") == "0"]


def delivered(clean_run: Path) -> Path:
    """The folder of the company's delivery."""
    return clean_run / "deliveries/day-1" / COMPANY


def in_target(clean_run: Path, query: str) -> Counter[str]:
    """OFFENDER_ID to a number, of the persons the company delivered."""
    own = {row["OFFENDER_ID"] for row in lines(delivered(clean_run), "OFFENDER")}
    found = rows_of(clean_run / "target.db", query)
    return Counter({str(person): int(count) for person, count in found if str(person) in own})


def attended(folder: Path) -> list[str]:
    """The CRN of each attendance of a past session that nobody had pushed."""
    parts = {}
    for part in ("referrals", "sessions", "attendance"):
        with (folder / f"{COMPANY}_programmes_{part}.csv").open(encoding="utf-8-sig", newline="") as file:
            parts[part] = list(csv.DictReader(file))
    crns = {row["referral_id"]: row["crn"] for row in parts["referrals"]}
    past = {row["session_id"] for row in parts["sessions"] if row["session_date"] <= LAST_DAY}
    return [
        crns[row["referral_id"]]
        for row in parts["attendance"]
        if row["session_id"] in past and not row["contact_id"]
    ]


def assessed(folder: Path) -> list[str]:
    """The CRN of each finished assessment."""
    text = (folder / f"{COMPANY}_eoc.jsonl").read_text("utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    return [row["crn"] for row in found if row["status"] != "DRAFT"]


def test_each_person_has_the_contacts_delivered_and_one_per_session_or_assessment_added(
    clean_run: Path,
) -> None:
    folder = delivered(clean_run)
    expected = Counter(row["OFFENDER_ID"] for row in lines(folder, "CONTACT"))
    persons = {row["CRN"].strip(): row["OFFENDER_ID"] for row in lines(folder, "OFFENDER")}
    crns, sessions = schedule(folder)
    expected.update(persons[crns[placement]] for placement, ref, _ in sessions if not ref)
    expected.update(persons[crn] for crn in [*attended(folder), *assessed(folder)])
    query = (
        "SELECT OFFENDER_ID, COUNT(*) FROM CONTACT JOIN R_CONTACT_TYPE USING (CONTACT_TYPE_ID) "
        f"WHERE CONTACT.SOFT_DELETED = 0 AND CODE NOT IN {TRANSFERS} GROUP BY OFFENDER_ID"
    )
    assert in_target(clean_run, query) == expected


def test_each_person_has_the_rar_days_delivered(clean_run: Path) -> None:
    rar = [
        row
        for row in lines(delivered(clean_run), "RQMNT")
        if row["RQMNT_TYPE_MAIN_CATEGORY_CODE"].strip() == "F"
    ]
    expected: Counter[str] = Counter()
    for row in rar:
        expected[row["OFFENDER_ID"]] += int(row["LENGTH"] or 0) * 1000 + int(row["RAR_COUNT"] or 0)
    query = (
        "SELECT R.OFFENDER_ID, SUM(COALESCE(R.LENGTH, 0) * 1000 + COALESCE(R.RAR_COUNT, 0)) FROM RQMNT R "
        "JOIN R_RQMNT_TYPE_MAIN_CATEGORY C ON C.RQMNT_TYPE_MAIN_CATEGORY_ID = R.RQMNT_TYPE_MAIN_CATEGORY_ID "
        "WHERE C.CODE = 'F' AND R.SOFT_DELETED = 0 GROUP BY R.OFFENDER_ID"
    )
    assert sum(expected.values()) > 0
    assert in_target(clean_run, query) == expected
