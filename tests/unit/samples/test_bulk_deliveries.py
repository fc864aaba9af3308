"""Deliveries drawn part by part: shapes, keys, manifests, seed."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from bulk_world import CONTACTS, DELIUS, GATEWAY, PEOPLE, contents, counted, draw, told
from lxml import etree
from openpyxl import load_workbook
from sample_world import csv_rows, messages, table

from samples import facts
from samples.bulk.write import FIRST_PART
from samples.spg_files import MOST_MESSAGES

KEYED = [table for table in facts.parts("delius") if table != "STAFF_TEAM"]
REFERENCES = {
    "referrals": "referral_ref", "documents": "document_ref", "programmes_referrals": "referral_id",
    "programmes_sessions": "session_id", "programmes_rar": "activity_id",
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cycle of a delius company, a gateway company and the baseline."""
    return draw(tmp_path_factory.mktemp("bulk"))


def interchanges(drawn: Path) -> list[Path]:
    """The gateway company's interchanges in order."""
    return sorted((drawn / GATEWAY).glob("*_spg_*.xml"))


def test_people_are_as_many_as_asked_for(drawn: Path) -> None:
    profiles = [
        one for path in interchanges(drawn) for one in messages(path) if one["record"] == "OffenderProfile"
    ]
    recorded = table(drawn / DELIUS, "OFFENDER")
    assert len(profiles) + len(recorded) == PEOPLE
    assert min(len(profiles), len(recorded)) > FIRST_PART


@pytest.mark.parametrize("name", KEYED)
def test_a_key_is_given_once(drawn: Path, name: str) -> None:
    key = facts.columns("delius", name)[0]["column"]
    for folder in ("baseline", DELIUS):
        keys = [row[key] for row in table(drawn / folder, name)]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("column", ["CRN", "NOMS_NUMBER", "PNC_NUMBER", "CRO_NUMBER"])
def test_an_identifier_is_given_once(drawn: Path, column: str) -> None:
    given = [row[column] for row in table(drawn / "baseline", "OFFENDER") if row[column].strip()]
    assert given
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("name", facts.parts("delius"))
def test_the_baseline_has_every_row_of_the_extract(drawn: Path, name: str) -> None:
    lines = Counter((drawn / "baseline" / f"N00_delius_{name}.txt").read_bytes().split(b"\r\n"))
    own = Counter((drawn / DELIUS / f"{DELIUS}_delius_{name}.txt").read_bytes().split(b"\r\n"))
    assert own - lines == Counter()


@pytest.mark.parametrize("part", sorted(REFERENCES))
def test_a_reference_of_a_satellite_is_given_once(drawn: Path, part: str) -> None:
    rows = csv_rows(drawn / DELIUS / f"{DELIUS}_{part}.csv", "utf-8-sig")
    column = facts.header(part.partition("_")[0], part.rpartition("_")[2], "PURPLE")
    place = [line["column"] for line in facts.columns(*_part(part))].index(REFERENCES[part])
    given = [row[column[place]] for row in rows]
    assert len(set(given)) == len(given) > 1


def _part(name: str) -> tuple[str, str]:
    export, _, part = name.partition("_")
    return export, part or export


def test_contacts_are_as_many_as_asked_for_and_a_few_people_have_many(drawn: Path) -> None:
    contacts = Counter(row["OFFENDER_ID"] for row in table(drawn / DELIUS, "CONTACT"))
    people = len(table(drawn / DELIUS, "OFFENDER"))
    assert abs(contacts.total() - CONTACTS * people) <= people
    assert median(contacts.values()) < CONTACTS
    assert max(contacts.values()) > 3 * CONTACTS


def test_an_appointment_has_its_contact_and_hours_stay_below_the_order(drawn: Path) -> None:
    folder = drawn / DELIUS
    kinds = {row["CONTACT_ID"]: row["CONTACT_TYPE_CODE"].strip() for row in table(folder, "CONTACT")}
    ordered = {row["UPW_DETAILS_ID"]: int(row["UPW_LENGTH_MINUTES"]) for row in table(folder, "UPW_DETAILS")}
    credited: Counter[str] = Counter()
    for row in table(folder, "UPW_APPOINTMENT"):
        assert kinds[row["CONTACT_ID"]] == "CUPA"
        credited[row["UPW_DETAILS_ID"]] += int(row["MINUTES_CREDITED"] or 0)
    assert max(credited[order] - minutes for order, minutes in ordered.items()) <= 0


@pytest.mark.parametrize("folder", [DELIUS, GATEWAY, "baseline"])
def test_the_manifest_says_size_and_hash_of_every_file(drawn: Path, folder: str) -> None:
    stated = {name: (entry["bytes"], entry["sha256"]) for name, entry in told(drawn / folder).items()}
    assert stated == counted(drawn / folder)


@pytest.mark.parametrize("name", facts.parts("delius"))
def test_the_manifest_counts_the_lines_of_an_extract(drawn: Path, name: str) -> None:
    entry = told(drawn / DELIUS)[f"{DELIUS}_delius_{name}.txt"]
    rows = table(drawn / DELIUS, name)
    assert entry["rows"] == len(rows)
    totals = entry.get("totals", {})
    if name == "UPW_APPOINTMENT":
        assert totals["upw_minutes_credited"] == sum(int(row["MINUTES_CREDITED"] or 0) for row in rows)
        assert totals["upw_minutes_offered"] == sum(int(row["MINUTES_OFFERED"]) for row in rows)


def test_the_manifest_counts_and_sums_the_schedule(drawn: Path) -> None:
    entry = told(drawn / DELIUS)[f"{DELIUS}_upw.xlsx"]
    book = load_workbook(drawn / DELIUS / f"{DELIUS}_upw.xlsx", read_only=True)
    rows = {sheet.title: sum(1 for _ in sheet.rows) - 1 for sheet in book.worksheets}
    assert entry["rows_by_part"] == rows
    assert [*rows.values()] == [entry["totals"][name] for name in ("projects", "placements", "sessions")]


def test_an_interchange_is_whole(drawn: Path) -> None:
    assert len(interchanges(drawn)) > 1
    people: set[str] = set()
    for path in interchanges(drawn):
        sent, entry = messages(path), told(drawn / GATEWAY)[path.name]
        assert [int(one["MessageReferenceNumber"]) for one in sent] == list(range(1, len(sent) + 1))
        assert Counter(one["record"] for one in sent) == entry["rows_by_part"]
        assert entry["rows"] == len(sent) <= MOST_MESSAGES
        assert etree.parse(path).getroot()[-1].findtext("{*}ControlCount") == str(len(sent))
        credited = sum(int(one.get("MinutesCredited") or 0) for one in sent)
        assert entry["totals"]["upw_minutes_credited"] == credited
        here = {one["LocalReference"] for one in sent}
        assert not people & here
        people |= here


def test_the_messages_of_a_person_stand_together(drawn: Path) -> None:
    for path in interchanges(drawn):
        order = [one["LocalReference"] for one in messages(path)]
        changes = sum(before != after for before, after in pairwise(order))
        assert changes == len(set(order)) - 1


def test_a_known_contact_of_the_gateway_is_in_the_baseline(drawn: Path) -> None:
    known = {row["CONTACT_ID"]: row for row in table(drawn / "baseline", "CONTACT")}
    sent = [one for path in interchanges(drawn) for one in messages(path) if one["record"] == "Contact"]
    assert sum(one["ContactID"] != "0" for one in sent) > CONTACTS
    for one in sent:
        if one["ContactID"] != "0":
            row = known[one["ContactID"]]
            assert (one.get("EventID", ""), one["Team"]) == (row["EVENT_ID"], row["TEAM_CODE"].strip())


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(drawn: Path, tmp_path: Path) -> None:
    assert contents(draw(tmp_path / "again")) == contents(drawn)
    others = contents(draw(tmp_path / "other", seed=2))
    assert others["baseline/N00_delius_CONTACT.txt"] != contents(drawn)["baseline/N00_delius_CONTACT.txt"]
