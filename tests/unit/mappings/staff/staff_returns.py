"""A small staff return for tests of what follows the assignment: typed frames, made by hand."""

import polars as pl

from mappings.staff.assignment import with_function
from mappings.staff.pay import with_pay
from mappings.staff.pension import with_pension

SCHEMA = {
    "company": pl.String,
    "export": pl.String,
    "source_file": pl.String,
    "source_row": pl.String,
    "employee_ref": pl.String,
    "surname": pl.String,
    "first_name": pl.String,
    "ni_number": pl.String,
    "job_title": pl.String,
    "grade": pl.String,
    "grade_target": pl.String,
    "fte": pl.Decimal(4, 2),
    "weekly_hours": pl.Decimal(4, 1),
    "full_time_hours": pl.Decimal(4, 1),
    "salary": pl.Decimal(12, 2),
    "team": pl.String,
    "share_corporate": pl.Decimal(38, 12),
    "pension_scheme": pl.String,
    "vetting_status": pl.String,
    "vetting_expiry_date": pl.Date,
    "supplier": pl.String,
    "sub_contracted_role": pl.String,
    "letter_date": pl.Date,
    "appeal_date": pl.Date,
    "appeal_outcome": pl.String,
    "appeal_function": pl.String,
    "officer_codes": pl.String,
    "user": pl.String,
    "outcome": pl.String,
    "function": pl.String,
    "goes_to": pl.String,
    "region": pl.String,
    "region_from": pl.String,
    "pdu_code": pl.String,
    "leading_function": pl.String,
    "leading_share": pl.Decimal(9, 6),
    "second_share": pl.Decimal(9, 6),
    "threshold": pl.Decimal(9, 6),
    "step": pl.Int64,
    "rule": pl.String,
    "role_answer": pl.String,
}
PLAIN = {
    "company": "C07",
    "export": "staff",
    "source_file": "C07_staff.xlsx",
    "surname": "Zzcarrow",
    "first_name": "Qxbel",
    "ni_number": "ZZ123456C",
    "job_title": "Responsible officer",
    "grade": "CRCM",
    "grade_target": "PSM",
    "fte": 1,
    "full_time_hours": 37,
    "salary": 30000,
    "team": "C07S01",
    "share_corporate": 0,
    "pension_scheme": "LGPS",
    "vetting_status": "CLEARED",
    "outcome": "SM",
    "region": "N50",
    "region_from": "postcode district",
    "leading_function": "SM",
    "leading_share": 100,
    "second_share": 0,
    "threshold": 50,
    "step": 6,
}


def assigned(*changes: dict[str, object]) -> pl.DataFrame:
    """Assigned employees E1, E2 ... of C07 in rows Staff!2, Staff!3 ..., each with its change."""
    rows = [
        {**PLAIN, "employee_ref": f"E{number}", "source_row": f"Staff!{number + 1}", **change}
        for number, change in enumerate(changes, start=1)
    ]
    return with_function(pl.DataFrame(rows, schema=SCHEMA))


def completed(*changes: dict[str, object]) -> pl.DataFrame:
    """The same with pay and pension."""
    return with_pension(with_pay(assigned(*changes)))


def components(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    """Routed components of C07: old officer, region, receiving team, allocation; at its default officer."""
    names = ["officer", "region", "n_team", "allocation"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.lit("C07").alias("company"), (pl.col("n_team") + "U").alias("n_officer")
    )
