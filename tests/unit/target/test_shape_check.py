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
        (
            "ALTER TABLE ALIAS ALTER COLUMN SURNAME TYPE VARCHAR(30)",
            "Column ALIAS.SURNAME has length 30, the dictionary says 35.",
        ),
        (
            "ALTER TABLE ALIAS ALTER COLUMN SURNAME DROP NOT NULL",
            "Column ALIAS.SURNAME may be empty, unlike in the dictionary.",
        ),
    ],
)
def test_drift_is_found(postgres: sa.Engine, drift: str, finding: str) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(drift)
    assert check(postgres) == [finding]
