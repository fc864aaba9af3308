"""The self-test damages what it says, on a copy, and fails when the proofs do not see it."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
import sqlalchemy as sa
from sample_runs import rows_of
from seen_changes import Seen, SeenChanges, nothing_seen
from typer.testing import CliRunner

from cli.app import app
from reconcile.differences import UNCHANGED, differences_of
from reconcile.selftest.catalogue import catalogue, chosen
from reconcile.selftest.copies import copy_of
from reconcile.selftest.run import FOUND, IMPOSSIBLE, NO_ROW, NOT_FOUND, REFUSED, Prove, SelfTest, self_test
from reconcile.selftest.tell import missed, summary
from target.schema.shape import table_names
from target.schema.tables import table
from vocabulary.errors import TargetError, UsageError

QUICK = (
    "person-surname-case", "persons-exchanged", "address-deleted", "person-manager-reopened",
    "order-minutes-moved", "contact-moment", "contact-copied", "document-owner", "restriction-user",
    "referral-reference", "code-neighbour-sentence", "code-of-neighbour-sentence",
    "team-member-added", "section-person", "crosswalk-pointed", "ledger-deleted", "text-undecodable",
)  # fmt: skip
"""One kind at least for each damage that is done, and the values that are hardest to write and to read."""


def damaged(run: Path, prove: Prove, *ids: str) -> SelfTest:
    """The self-test of the kinds `ids`."""
    with copy_of(f"sqlite:///{run}/target.db") as copy:
        return self_test(copy, prove, chosen(ids))


def test_the_catalogue_can_be_counted_on() -> None:
    kinds = catalogue()
    assert len(kinds) >= 80
    assert len({kind.id for kind in kinds}) == len(kinds)
    assert all((kind.what and len(kind.columns) == len(kind.to)) or kind.damage == "swap" for kind in kinds)
    unknown = [kind.id for kind in kinds for name in kind.columns if name not in table(kind.table).columns]
    assert unknown == []


@pytest.fixture(scope="module")
def clean_run(clean_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean run, copied: a self-test copies the target beside it, where another worker may be reading."""
    return Path(shutil.copytree(clean_run, tmp_path_factory.mktemp("selftest") / "w"))


def test_every_table_that_a_load_writes_is_damaged(clean_run: Path) -> None:
    written = "SELECT TABLE_NAME FROM DAY1_CROSSWALK UNION SELECT TABLE_NAME FROM DAY1_BEFORE_IMAGE"
    tables = {name for (name,) in rows_of(clean_run / "target.db", written)}
    derived = {"OFFICER", "CASELOAD", "ORGANISATION_OFFENDER", "DAY1_LEDGER"}
    assert (tables | derived) - {kind.table for kind in catalogue()} == set()


def test_each_damage_changes_the_rows_it_names_and_no_other(clean_run: Path) -> None:
    seen = SeenChanges()
    looked: list[tuple[str, bool]] = []
    with copy_of(f"sqlite:///{clean_run}/target.db") as copy:
        result = self_test(
            copy,
            seen,
            chosen(QUICK),
            lambda one: looked.append(
                (one.kind.id, {(row.table, ":".join(row.key)) for row in one.rows} == seen.last)
            ),
        )
    assert [(name, True) for name in QUICK] == sorted(looked, key=lambda one: QUICK.index(one[0]))
    assert {one.kind.id for one in result.results if one.outcome != FOUND} == set()
    assert (result.passed, result.undamaged) == (True, 0)


def test_the_original_is_only_read_and_the_copy_goes(clean_run: Path) -> None:
    def broken(_: sa.Connection) -> Seen:
        raise KeyError

    before = state(clean_run)
    damaged(clean_run, SeenChanges(), "contact-deleted", "ledger-deleted")
    with pytest.raises(KeyError):
        damaged(clean_run, broken, "contact-deleted")
    assert state(clean_run) == before


def state(run: Path) -> tuple[str, list[str]]:
    """The hash of the target and what lies beside it."""
    content = (run / "target.db").read_bytes()
    return hashlib.sha256(content).hexdigest(), sorted(path.name for path in run.iterdir())


def test_proofs_that_see_nothing_fail_it(clean_run: Path) -> None:
    result = damaged(clean_run, lambda _: nothing_seen(), "contact-deleted", "text-undecodable")
    assert [one.outcome for one in result.results] == [NOT_FOUND, NOT_FOUND]
    assert not result.passed
    assert summary(result) == "2 kinds of damage, 0 found, 2 NOT FOUND."
    assert [line.split(":")[1].strip() for line in missed(result)] == ["contact-deleted", "text-undecodable"]


def test_a_difference_of_another_row_is_no_find(clean_run: Path) -> None:
    see = SeenChanges()

    def beside(connection: sa.Connection) -> Seen:
        found = see(connection).differences
        keys = found["key"].cast(pl.Int64) + 1
        return replace(nothing_seen(), differences=found.with_columns(keys.cast(pl.String).alias("key")))

    assert damaged(clean_run, beside, "contact-deleted").results[0].outcome == NOT_FOUND


def test_every_damaged_row_must_be_named(clean_run: Path) -> None:
    see = SeenChanges()

    def first_only(connection: sa.Connection) -> Seen:
        return replace(nothing_seen(), differences=see(connection).differences.head(1))

    (result,) = damaged(clean_run, first_only, "order-minutes-moved").results
    assert (result.outcome, len(result.rows), len(result.unnamed)) == (NOT_FOUND, 2, 1)


def test_proofs_that_break_off_have_not_found_it(clean_run: Path) -> None:
    see = SeenChanges()

    def breaks_off(connection: sa.Connection) -> Seen:
        if see(connection).differences.height:
            raise ValueError
        return nothing_seen()

    (result,) = damaged(clean_run, breaks_off, "date-words").results
    assert (result.outcome, result.broke_off) == (NOT_FOUND, "ValueError")


def test_a_copy_that_is_not_clean_fails_it(clean_run: Path) -> None:
    see = SeenChanges()

    def always(connection: sa.Connection) -> Seen:
        found = see(connection).differences
        wrong = differences_of(pl.DataFrame({"table": ["OFFENDER"]}), UNCHANGED, "wrong")
        return replace(nothing_seen(), differences=found.vstack(wrong))

    result = damaged(clean_run, always, "contact-deleted")
    assert (result.count(FOUND), result.undamaged, result.passed) == (1, 1, False)
    assert summary(result).endswith("and the undamaged copy has 1 differences.")


def test_what_cannot_be_done_is_not_counted_as_found(clean_run: Path) -> None:
    (flag,) = chosen(["person-soft-deleted"])
    kinds = [
        replace(flag, to=("7",)),
        replace(flag, rows=("SOFT_DELETED is 3",)),
        replace(flag, only_on="postgresql"),
    ]
    with copy_of(f"sqlite:///{clean_run}/target.db") as copy:
        result = self_test(copy, SeenChanges(), kinds)
    assert [one.outcome for one in result.results] == [REFUSED, NO_ROW, IMPOSSIBLE]
    assert not result.passed
    assert summary(result) == (
        "0 kinds of damage, 0 found, 1 refused by the database, 1 without a row here, "
        "1 not possible on this database."
    )


def test_an_unknown_kind_and_an_empty_target_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no kind of damage nonsense"):
        chosen(["nonsense"])
    with pytest.raises(TargetError), copy_of(f"sqlite:///{tmp_path}/nowhere/target.db"):
        pass


@pytest.fixture
def command(clean_run: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SimpleNamespace]:
    """Runs the command line with proofs of a test's own: `command(prove, words...)`."""

    def run(prove: Prove, *words: str) -> SimpleNamespace:
        monkeypatch.setattr("pipeline.self_testing.proofs", lambda *_: prove)
        ended = CliRunner().invoke(app, ["--workspace", str(clean_run), "--quiet", *words])
        return SimpleNamespace(exit_code=ended.exit_code, stdout=ended.stdout, stderr=ended.stderr)

    return run


def test_the_command_prints_a_line_for_each_kind(command: Callable[..., SimpleNamespace]) -> None:
    words = ("selftest", "--kind", "contact-deleted", "--kind", "login-case")
    ended = command(SeenChanges(), *words, "--format", "json")
    assert ended.exit_code == 0
    assert [(one["kind"], one["outcome"]) for one in json.loads(ended.stdout)] == [
        ("contact-deleted", "found"),
        ("login-case", "found"),
    ]
    ended = command(SeenChanges(), *words, "--format", "csv")
    assert [one["table"] for one in csv.DictReader(io.StringIO(ended.stdout))] == ["CONTACT", "USER_"]


def test_the_command_ends_with_1_when_something_is_not_found(command: Callable[..., SimpleNamespace]) -> None:
    ended = command(lambda _: nothing_seen(), "selftest", "--kind", "contact-deleted")
    assert ended.exit_code == 1
    assert "NOT FOUND: contact-deleted: no proof names CONTACT" in ended.stderr


def test_reconcile_runs_it_after_the_real_one(
    loaded: Path, command: Callable[..., SimpleNamespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = chosen(["contact-deleted", "login-case"])
    monkeypatch.setattr("reconcile.selftest.catalogue.catalogue", lambda: kinds)
    words = ("reconcile", "--workspace", str(loaded), "--format", "json")
    alone, both, blind = (
        command(SeenChanges(), *words),
        command(SeenChanges(), *words, "--self-test"),
        command(lambda _: nothing_seen(), *words, "--self-test"),
    )
    assert both.exit_code == alone.exit_code
    assert json.loads(both.stdout).keys() == json.loads(alone.stdout).keys()
    assert blind.exit_code == 1
    assert blind.stderr.count("NOT FOUND") == len(kinds)


def test_a_table_of_the_catalogue_exists() -> None:
    assert {kind.table for kind in catalogue()} - {*table_names()} == {
        "DAY1_CROSSWALK",
        "DAY1_LEDGER",
        "DAY1_BEFORE_IMAGE",
    }
