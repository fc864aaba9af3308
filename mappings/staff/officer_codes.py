"""New officer codes: region and four characters, one per employee and region (routing.md, officer)."""

from collections.abc import Iterator

import polars as pl

from vocabulary.companies import companies

FIRST_LETTER, LAST_LETTER, LAST_NUMBER = "A", "Z", 999
"""The four characters are a letter and three digits, A001 to Z999, as nDelius's own officers have them."""

EMPLOYEE = ["company", "employee_ref"]
CODE_SCHEMA = {**dict.fromkeys(EMPLOYEE, pl.String), "region": pl.String, "new_officer": pl.String}


def home_regions(moving: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    """company, employee_ref, region: where most of the officer's moving components are.

    Args:
        moving: `company, officer, region` of components that move; `officer` is the old code.
        officers: `company, employee_ref, officer`: every old code of every employee, in capitals.

    A tie goes to the region that the company list names first.
    """
    ranks = pl.DataFrame(
        [
            (code, region, rank)
            for code, found in companies().items()
            for rank, region in enumerate(found.regions)
        ],
        schema={"company": pl.String, "region": pl.String, "rank": pl.Int64},
        orient="row",
    )
    owners = officers.select(*EMPLOYEE, "officer").unique()
    return (
        moving.select("company", pl.col("officer").str.to_uppercase(), "region")
        .join(owners, on=["company", "officer"], how="inner")
        .group_by(*EMPLOYEE, "region")
        .len("components")
        .join(ranks, on=["company", "region"], how="left")
        .sort(*EMPLOYEE, "components", "rank", descending=[False, False, True, False], nulls_last=True)
        .unique(EMPLOYEE, keep="first", maintain_order=True)
        .select(*EMPLOYEE, "region")
    )


def new_officer_codes(officers: pl.DataFrame, taken: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """The new code of each employee: CODE_SCHEMA, in the order of company and first old code.

    Args:
        officers: `company, employee_ref, officer, region`: old codes of those who get one.
        taken: the codes of the baseline.
        known: the crosswalk so far, CODE_SCHEMA; a pair once given stays.
    """
    wanted = (
        officers.sort("company", "officer")
        .unique([*EMPLOYEE, "region"], keep="first", maintain_order=True)
        .select(*EMPLOYEE, "region")
    )
    kept = wanted.join(known, on=[*EMPLOYEE, "region"], how="left", maintain_order="left")
    used = {*taken.drop_nulls(), *known["new_officer"]}
    found = [
        _given(rows, str(region), used) for (region,), rows in kept.group_by("region", maintain_order=True)
    ]
    codes = pl.concat([pl.DataFrame(schema=CODE_SCHEMA), *found])
    return wanted.join(codes, on=[*EMPLOYEE, "region"], how="left", maintain_order="left")


def _given(rows: pl.DataFrame, region: str, used: set[str]) -> pl.DataFrame:
    """The employees of one region; who has no code yet gets the next free one."""
    free = _free_codes(region, used)
    codes = [code if code is not None else next(free) for code in rows["new_officer"]]
    return rows.with_columns(pl.Series("new_officer", codes, pl.String))


def _free_codes(region: str, used: set[str]) -> Iterator[str]:
    for letter in range(ord(FIRST_LETTER), ord(LAST_LETTER) + 1):
        for number in range(1, LAST_NUMBER + 1):
            code = f"{region}{chr(letter)}{number:03d}"
            if code not in used:
                yield code
