"""Damage to the staff return: logins and names that nDelius has otherwise, roles that nobody decided."""

from samples import facts
from samples.defects.satellite_rows import plain_employees
from samples.defects.site import Site


def accounts(site: Site) -> None:
    """D68: a login in capitals, which is the same login; a married name; the login of somebody else."""
    capitals, married, foreign = plain_employees(site)[7:10]
    capitals["user_name"] = capitals["user_name"].upper()
    married["surname"] = site.world.draw.surname()
    site.expect("staff", "Staff", married, "S14")
    region = facts.companies()[site.company]["regions"].split(";")[0]
    foreign["user_name"] = site.world.users[f"{region}A001"]
    site.expect("staff", "Staff", foreign, "S14")


def roles(site: Site) -> None:
    """D56, sub-contracted staff: a peer mentor, a partner link worker, and one without a role."""
    rows = site.delivery.rows("staff", "Staff")
    known = next(row for row in rows if row["sub_contracted"])
    for role in ("PM", "PLW", ""):
        row = known | {
            "employee_no": f"P{len(rows) + 1:07d}",
            "ni_number": site.world.draw.national_insurance(),
            "sub_contracted_role": role,
        }
        rows.append(row)
        site.expect("staff", "Staff", row, "S15")
