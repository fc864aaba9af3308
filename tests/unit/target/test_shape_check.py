"""A live database against the dictionary."""

import pytest
import sqlalchemy as sa

from target.check import check


def test_a_target_of_our_own_has_the_dictionarys_shape(target: sa.Engine) -> None:
    assert check(target) == []


def test_a_postgres_target_has_the_dictionarys_shape(postgres: sa.Engine) -> None:
    assert check(postgres) == []


@pytest.mark.parametrize(
    ("drift", "finding"),
    [
        ("ALTER TABLE ALIAS DROP COLUMN THIRD_NAME", "Column ALIAS.THIRD_NAME is missing."),
        ("DROP TABLE CASELOAD", "Table CASELOAD is missing."),
        ("DROP SEQUENCE CONTACT_ID_SEQ", "Sequence CONTACT_ID_SEQ is missing: its table gets no new ids."),
        (
            "ALTER TABLE ALIAS ALTER COLUMN SURNAME TYPE VARCHAR(30)",
            "Column ALIAS.SURNAME has length 30, the dictionary says 35.",
        ),
        (
            "ALTER TABLE ALIAS ALTER COLUMN SURNAME DROP NOT NULL",
            "Column ALIAS.SURNAME may be empty, unlike in the dictionary.",
        ),
        (
            "ALTER TABLE ALIAS ADD COLUMN LATER VARCHAR(5) NOT NULL",
            "Column ALIAS.LATER must be filled and has no default, and the nDelius of 2021-06 has no such "
            "column: no row can be inserted.",
        ),
    ],
)
def test_drift_is_found(postgres: sa.Engine, drift: str, finding: str) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(drift)
    assert check(postgres) == [finding]


@pytest.mark.parametrize("drift", ["LATER VARCHAR(5)", "LATER VARCHAR(5) DEFAULT 'Y' NOT NULL"])
def test_a_newer_database_may_have_grown(postgres: sa.Engine, drift: str) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE ALIAS ADD COLUMN {drift}")
    assert check(postgres) == []
