"""Restricts one more record of a drawn baseline."""

from samples.delivery import Delivery


def restrict_person(before: Delivery, company: str, login: str) -> int:
    """OFFENDER_ID of a person of the company whom few may see from now on, among them `login`."""
    rows = before.rows("delius", "RESTRICTION")
    restricted = {row["OFFENDER_ID"] for row in rows}
    person = next(
        int(row["OFFENDER_ID"])
        for row in before.rows("delius", "OFFENDER_MANAGER")
        if row["PROBATION_AREA_CODE"] == company
        and row["ACTIVE_FLAG"]
        and row["OFFENDER_ID"] not in restricted
    )
    key = max(row["RESTRICTION_ID"] for row in rows) + 1
    rows.append({**rows[-1], "RESTRICTION_ID": key, "OFFENDER_ID": person, "USER_NAME": login})
    offender = next(row for row in before.rows("delius", "OFFENDER") if row["OFFENDER_ID"] == person)
    offender["CURRENT_RESTRICTION"] = True
    return person
