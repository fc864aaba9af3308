"""Employees as the map stage gives them: text as a company writes it, read by our own converter."""

import datetime as dt

import polars as pl

from mappings.parsing.convert import convert
from tests.spec.valid_rows import text_rows
from vocabulary.batch import Batch
from vocabulary.employment import with_role_answers

SHARE_WORDS = {
    "SM": "share_sentence_management",
    "UPW": "share_unpaid_work",
    "AP": "share_programmes",
    "SI": "share_structured_interventions",
    "RES": "share_resettlement",
    "CORP": "share_corporate",
}
PLAIN = {
    "fte": "1.00",
    "weekly_hours": "",
    "full_time_hours": "37.0",
    "ni_number": "ZZ123456C",
    "grade": "CRCM",
    "salary": "30000.00",
    "pension_scheme": "LGPS",
    "vetting_status": "CLEARED",
    "officer_codes": "",
    "user": "",
    "supplier": "",
    "postcode": "B1 9ZZ",
}
DATES = {
    "start_date": "2014-06-01",
    "end_date": "",
    "letter_date": "2020-08-26",
    "vetting_expiry_date": "2023-03-31",
    "appeal_date": "",
}
DECIDED = {
    "is_sub_contracted": "N",
    "sub_contracted_role": "",
    "has_objected": "N",
    "appeal_outcome": "",
    "appeal_function": "",
}


def shares(text: str) -> dict[str, str]:
    """Shares written as `SM 60 UPW 40`; the others are 0."""
    parts = text.split()
    given = dict(zip(parts[::2], parts[1::2], strict=True))
    return {word: given.get(function, "0") for function, word in SHARE_WORDS.items()}


def employee_text(*changes: dict[str, str], company: str = "C06") -> pl.DataFrame:
    """Employees E1, E2 ... in full-time sentence management as text, each with its change."""
    plain = {**PLAIN, **DATES, **DECIDED, **shares("SM 100"), "team": f"{company}S01"}
    rows = [{**plain, "employee_ref": f"E{number + 1}", **change} for number, change in enumerate(changes)]
    return text_rows("staff", "employee", company, *rows)


def employees(*changes: dict[str, str], company: str = "C06", outcome: str = "carried") -> pl.DataFrame:
    """The same employees, typed."""
    text = employee_text(*changes, company=company)
    typed = convert(text, "staff", "employee", company).frame
    return with_role_answers(typed.with_columns(pl.lit(outcome).alias("row_outcome")), None)


def role_answers(*answers: str) -> pl.DataFrame:
    """What operators said of the roles of E1, E2 ... at a supplier; blank: nothing."""
    rows = [
        (f"E{number}", "sub_contracted", answer) for number, answer in enumerate(answers, start=1) if answer
    ]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("employee_ref", "decision", "answer"), pl.String), orient="row"
    )


def staff_batch(frame: pl.DataFrame, company: str = "C06") -> Batch:
    """The batch of a company that delivered these employees only."""
    return Batch(company, "day-1", dt.date(2021, 6, 25), {"staff": {"employee": frame}})


def baseline_batch(*officers: tuple[str, str, str | None]) -> Batch:
    """A baseline with these staff: officer code, area, end date (ISO or None)."""
    schema = {"officer": pl.String, "area": pl.String, "end_date": pl.String}
    staff = pl.DataFrame(list(officers), schema=schema, orient="row").with_columns(
        pl.col("end_date").str.to_date(), pl.lit("carried").alias("row_outcome")
    )
    return Batch("N00", "day-1", dt.date(2021, 6, 25), {"delius": {"staff": staff}})
