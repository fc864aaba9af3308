"""Damage to assessments, programmes, referrals, the staff return and the document manifest."""

import datetime as dt
import json

from samples import facts
from samples.csv_files import BARE_QUOTE
from samples.defects.site import Site
from samples.satellites.eoc import TWICE
from samples.satellites.staff import SHARES
from samples.world import Row


def _rows(site: Site, export: str, part: str) -> list[Row]:
    return site.delivery.rows(export, part)


def undecodable_byte(site: Site) -> None:
    """D15: a byte that is not UTF-8."""
    row = _rows(site, "programmes", "attendance")[0]
    row["note"] = "Sample \udcff note"
    site.expect("programmes", "attendance", row, "T02")


def formula_text(site: Site) -> None:
    """D22."""
    row = _rows(site, "referrals", "referrals")[0]
    row["service_name"] = "@Sample advice"
    site.expect("referrals", "referrals", row, "T09")


def byte_order_mark(site: Site) -> None:
    """D11: a mark where none belongs."""
    site.delivery.marked.add(("referrals", "referrals"))
    site.expect("referrals", "referrals", None, "F06")


def repeated_attendance(site: Site) -> None:
    """D23, D24: an identical row, and one with the same key and another note."""
    rows = _rows(site, "programmes", "attendance")
    again = dict(rows[4])
    other = rows[5] | {"note": "Sample note"}
    site.expect("programmes", "attendance", again, "T10")
    site.expect("programmes", "attendance", rows[5], "T11")
    site.expect("programmes", "attendance", other, "T11")
    rows += [again, other]


def merged_crn(site: Site) -> None:
    """D27: a RAR activity names the CRN that was merged away."""
    survivors = {row["OFFENDER_ID"]: row["CRN"] for row in site.baseline.rows("delius", "OFFENDER")}
    merged = {
        survivors[row["OFFENDER_ID"]]: row["IDENTIFIER"]
        for row in site.baseline.rows("delius", "ADDITIONAL_IDENTIFIER")
        if row["IDENTIFIER_NAME_CODE"] in ("PCRN", "DOFF")
    }
    row = next(row for row in _rows(site, "programmes", "rar") if row["crn"] in merged)
    row["crn"] = merged[row["crn"]]
    site.expect("programmes", "rar", row, "M03")


def cut_line(site: Site) -> None:
    """D25: a JSON line cut off."""
    rows = _rows(site, "eoc", "eoc")
    whole = json.dumps({"assessment_ref": rows[0]["assessment_ref"], "crn": rows[0]["crn"]})
    rows[0] = {"line": whole[:-8]}
    site.expect("eoc", "eoc", rows[0], "T01")


def member_twice(site: Site) -> None:
    """D75: a member twice in a JSON object, which counts in the totals all the same."""
    row = _rows(site, "eoc", "eoc")[-1]
    row[TWICE] = "surname"
    site.expect("eoc", "eoc", row, "T01")


def bare_quote(site: Site) -> None:
    """D78: a quotation mark inside an unquoted field."""
    row = next(row for row in _rows(site, "programmes", "attendance")[6:] if row["outcome"])
    row["note"] = f"Sample {BARE_QUOTE}note{BARE_QUOTE} text"
    site.expect("programmes", "attendance", row, "T01")


def unreadable_leaving(site: Site) -> None:
    """D64: an end date of 0, as a link to an empty cell gives it."""
    row = plain_employees(site)[6]
    row["end_date"] = 0
    site.expect("staff", "Staff", row, "T13")


def programme_rows(site: Site) -> None:
    """D52: attendance after Day 1 with an outcome; an activity whose component is no RAR."""
    future = next(row for row in _rows(site, "programmes", "attendance") if not row["outcome"])
    future["outcome"] = "AT"
    site.expect("programmes", "attendance", future, "A03")
    orders = {row["person_ref"] or row["crn"]: row for row in _rows(site, "programmes", "referrals")}
    for row in _rows(site, "programmes", "rar"):
        referral = orders.get(row["person_ref"] or row["crn"])
        if referral and referral["component_id"] and row["status"] == "LIVE" and row["need_area"] != "ACC":
            row["component_id"] = referral["component_id"]
            site.expect("programmes", "rar", row, "A08")
            return


def panel_rows(site: Site) -> None:
    """D52: live structured interventions that the panel rolled down, and that it has not decided about."""
    live = [
        row
        for row in reversed(_rows(site, "programmes", "rar"))
        if row["status"] == "LIVE" and row["need_area"] != "ACC"
    ]
    for row, decision, rule in zip(live, ("ROLLED_DOWN", ""), ("A07", "A05"), strict=False):
        row["panel_decision"] = decision
        site.expect("programmes", "rar", row, rule)


def referral_rows(site: Site) -> None:
    """D52: young adults outside Wales, a man in women's services, an end before the start."""
    rows = _rows(site, "referrals", "referrals")
    women = facts.own_code("referral_category", site.owner, "CRS06")
    men = [row for row in rows if row["category"] != women]
    closed = [row for row in men if row["end_date"]]
    if facts.companies()[site.company]["regions"] != "N03":
        young = men[1]
        young.update(
            category=facts.labelled_code("referral_category", site.owner, "Young adults, Wales"),
            sub_category="",
        )
        site.expect("referrals", "referrals", young, "V02")
    men[2].update(category=women, sub_category="")
    site.expect("referrals", "referrals", men[2], "V03")
    ended = next(row for row in closed if row not in men[:3])
    ended["end_date"] = dt.date(2021, 1, 12)
    site.expect("referrals", "referrals", ended, "V04")


def closed_requirement(site: Site) -> None:
    """D73: an open referral names a requirement of the company's that ended long ago."""
    persons = {person.id for person in site.world.of(site.company)}
    closed = next(
        row
        for row in site.world.tables["RQMNT"]
        if row["OFFENDER_ID"] in persons and not row["ACTIVE_FLAG"] and not row.get("local_only")
    )
    referral = next(row for row in reversed(_rows(site, "referrals", "referrals")) if not row["end_date"])
    referral["component_id"] = closed["RQMNT_ID"]
    site.expect("referrals", "referrals", referral, "V05")


def assessment_rows(site: Site) -> None:
    """D53, at the needs and plan assessments."""
    finished = [row for row in _rows(site, "eoc", "eoc") if row.get("status") in ("COMPLETE", "SIGNED")]
    finished[1]["needs"][0]["score"] = 5
    site.expect("eoc", "eoc", finished[1], "B02")
    finished[2]["completed_on"] = dt.date(2021, 8, 2)
    site.expect("eoc", "eoc", finished[2], "B04")
    finished[3]["rosh_level"] = "H"
    site.expect("eoc", "eoc", finished[3], "B06")


def twin(site: Site) -> None:
    """D70: CRN, surname and date of birth of one person, another first name."""
    finished = [row for row in _rows(site, "eoc", "eoc") if row.get("status") in ("COMPLETE", "SIGNED")]
    finished[4]["forename"] = "Zzabel"
    site.expect("eoc", "eoc", finished[4], "M10")


def star_rows(site: Site) -> None:
    """D53, at the stars."""
    finished = [row for row in _rows(site, "justice_star", "justice_star") if row["status"] == "C"]
    finished[0]["acc"] = 11
    site.expect("justice_star", "justice_star", finished[0], "B03")
    finished[1]["star_date"] = dt.date(2021, 8, 2)
    site.expect("justice_star", "justice_star", finished[1], "B04")


def plain_employees(site: Site) -> list[Row]:
    """Officers with a login who simply transfer, from the end of the list."""
    return [
        row
        for row in _rows(site, "staff", "Staff")
        if row["officer_codes"] and not row["objected"] and row["user_name"]
    ][::-1]


def shares(site: Site) -> None:
    """D54: shares that sum to 90."""
    row = plain_employees(site)[0]
    row[next(name for name in SHARES if row[name] == 100)] = 90
    site.expect("staff", "Staff", row, "S03")


def doubled_staff(site: Site) -> None:
    """D55: two National Insurance numbers of one employee; one officer code of two."""
    row = plain_employees(site)[1]
    again = row | {"ni_number": site.world.draw.national_insurance(), "officer_codes": "", "user_name": ""}
    site.expect("staff", "Staff", row, "S01")
    site.expect("staff", "Staff", again, "S01")
    first, second = plain_employees(site)[2:4]
    second["officer_codes"] = f"{second['officer_codes']};{first['officer_codes']}"
    site.expect("staff", "Staff", first, "S02")
    site.expect("staff", "Staff", second, "S02")
    _rows(site, "staff", "Staff").append(again)


def doubtful_staff(site: Site) -> None:
    """D56: vetting expired, unknown officer code, open appeal, mixed role, exactly half probation work."""
    driver, finance, resettlement, *_ = (
        row for row in _rows(site, "staff", "Staff") if not row["officer_codes"]
    )
    expired, appealed = plain_employees(site)[4:6]
    expired["vetting_expiry"] = dt.date(2021, 5, 31)
    site.expect("staff", "Staff", expired, "S10")
    driver["officer_codes"] = f"{site.company}Z999"
    site.expect("staff", "Staff", driver, "S11")
    appealed["appeal_lodged"] = dt.date(2020, 9, 10)
    site.expect("staff", "Staff", appealed, "S07")
    resettlement.update({SHARES[0]: 40, SHARES[1]: 20, SHARES[4]: 40})
    site.expect("staff", "Staff", resettlement, "S04")
    finance.update({SHARES[0]: 30, SHARES[1]: 20, SHARES[5]: 50})
    site.expect("staff", "Staff", finance, "S13")


def bad_documents(site: Site) -> None:
    """D59: an Alfresco id twice; an owner that does not exist."""
    rows = _rows(site, "documents", "documents")
    rows[1]["alfresco_id"] = rows[0]["alfresco_id"]
    site.expect("documents", "documents", rows[0], "H02")
    site.expect("documents", "documents", rows[1], "H02")
    orphan = next(row for row in rows[2:] if row["owner_table"] != "OFFENDER")
    orphan["owner_id"] = 2_599_999_999
    site.expect("documents", "documents", orphan, "H03")
