"""The proofs look at everything that a clean run wrote, and a row or field damaged afterwards is named."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from sample_runs import COMPANIES, rows_of

from pipeline.stages.prove import Sources
from pipeline.workspace import Workspace
from reconcile.differences import ACCESS, DESTINATION, FIELD, LEFT, OWN_RECORDS, UNCHANGED
from reconcile.prove_company import CompanyProof
from reconcile.target.code_names import place_of
from target.database import connect, transaction
from vocabulary.resources import text_table


@pytest.fixture(scope="module")
def sources(clean_run: Path) -> Sources:
    """The sources' side of the clean run, kept in memory."""
    return Sources.of(Workspace.open(clean_run), COMPANIES).hold()


@pytest.fixture
def connection(clean_run: Path) -> Iterator[sa.Connection]:
    """The target of the clean run; whatever happens to it is rolled back."""
    with transaction(connect(f"sqlite:///{clean_run}/target.db"), dry_run=True) as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection


def test_every_table_with_new_rows_is_laid_beside_the_sources(
    clean_run: Path, connection: sa.Connection
) -> None:
    judged: set[str] = set()

    def take(proof: CompanyProof, left: pl.DataFrame) -> None:
        assert left.is_empty()
        judged.update(one.table for one in proof.judged)

    proved = Sources.of(Workspace.open(clean_run), COMPANIES).prove(connection, take)
    assert proved.differences.is_empty()
    names = text_table("target", "reference_lists.csv")["list_name"]
    reference = {place_of(name)[0] for name in names} | {place_of("GENDER")[0]}
    written = rows_of(clean_run / "target.db", "SELECT DISTINCT TABLE_NAME FROM DAY1_CROSSWALK")
    assert {name for (name,) in written} - reference <= judged


OWN = "(SELECT min(TARGET_ID) FROM DAY1_CROSSWALK WHERE TABLE_NAME = '{}')"
OLD_CONTACT = "(SELECT min(CONTACT_ID) FROM CONTACT WHERE CONTACT_DATE < '2021-06-20')"
DAMAGES = {
    "a new row is gone": (
        f"DELETE FROM UPW_ALLOCATION WHERE UPW_ALLOCATION_ID = {OWN.format('UPW_ALLOCATION')}",
        {DESTINATION, OWN_RECORDS},
    ),
    "a new field is other": (
        f"UPDATE UPW_PROJECT SET NAME = NAME || ' ' WHERE UPW_PROJECT_ID = {OWN.format('UPW_PROJECT')}",
        {FIELD},
    ),
    "an old field is other": (
        f"UPDATE CONTACT SET NOTES = 'Qx' WHERE CONTACT_ID = {OLD_CONTACT}",
        {UNCHANGED},
    ),
    "an old row is gone": (f"DELETE FROM CONTACT WHERE CONTACT_ID = {OLD_CONTACT}", {UNCHANGED}),
    "an old manager is opened again": (
        "UPDATE RQMNT_MANAGER SET ACTIVE_FLAG = 1, END_DATE = NULL WHERE RQMNT_MANAGER_ID = "
        "(SELECT min(TARGET_ID) FROM DAY1_BEFORE_IMAGE WHERE TABLE_NAME = 'RQMNT_MANAGER')",
        {LEFT},
    ),
    "a restriction is another user's": (
        "UPDATE RESTRICTION SET USER_ID = (SELECT max(USER_ID) FROM USER_) "
        "WHERE RESTRICTION_ID = (SELECT min(RESTRICTION_ID) FROM RESTRICTION "
        "WHERE RESTRICTION_END_DATE IS NULL AND USER_ID <> (SELECT max(USER_ID) FROM USER_))",
        {ACCESS},
    ),
}
"""One damage for each proof, and the proofs that must name it."""


@pytest.mark.parametrize("case", DAMAGES)
def test_a_damage_is_named_by_the_proof_that_is_about_it(
    case: str, sources: Sources, connection: sa.Connection
) -> None:
    statement, proofs = DAMAGES[case]
    assert connection.exec_driver_sql(statement).rowcount == 1
    assert proofs <= set(sources.prove(connection).differences["proof"])
