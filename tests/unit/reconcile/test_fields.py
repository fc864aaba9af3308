"""Proof 2: fields.csv says every column of every row, and a wrong value is named by column and source row."""

import polars as pl
import pytest
import sqlalchemy as sa

from reconcile.differences import DESTINATION, FIELD
from reconcile.proofs.fields import EVERY, SAME, Expected, Judged, fields_of, judge_fields, select_left_out
from reconcile.sources.reading import blank_as_null
from reconcile.target.code_names import OF_SET, SETS, SHARED, Lists, place_of
from target.schema.shape import columns, primary_key, table_names
from tests.spec.drawn_tables import drawn
from tests.spec.valid_rows import text_rows
from vocabulary.errors import ConfigError
from vocabulary.findings import findings_of, no_findings
from vocabulary.resources import text_table
from vocabulary.source import source_words

LINES = text_table("reconcile", "fields.csv")
GROUPS = LINES.filter((pl.col("table") != EVERY) & (pl.col("writer") != EVERY)).select("table", "writer")
WRITERS = GROUPS.unique(maintain_order=True).rows()
"""Table and writer of every group of rows that Day 1 inserts."""

READINGS = ("value", "code", "open", "id", "same", "list", "from", "form", "any")


@pytest.mark.parametrize(("table", "writer"), WRITERS, ids=" ".join)
def test_every_mandatory_column_is_declared_or_defaults(table: str, writer: str) -> None:
    blank = [
        field.column
        for field in fields_of(table, writer)
        if (field.reading, field.source) == (SAME, "") and not columns(table)[field.column].is_nullable
    ]
    assert blank == []


@pytest.mark.parametrize(("table", "writer"), WRITERS, ids=" ".join)
def test_every_column_but_the_key_has_one_reading(table: str, writer: str) -> None:
    own = {primary_key(table)[0]} if len(primary_key(table)) == 1 else set()
    assert [field.column for field in fields_of(table, writer)] == [
        name for name in columns(table) if name not in own
    ]


def test_no_line_is_about_a_column_or_reading_that_does_not_exist() -> None:
    unknown = [
        (row["table"], row["column"], row["reading"])
        for row in LINES.iter_rows(named=True)
        if row["reading"] not in READINGS
        or (row["table"] != EVERY and row["table"] not in table_names())
        or (row["table"] != EVERY and row["column"] not in columns(row["table"]))
    ]
    assert unknown == []
    everywhere = LINES.filter(table=EVERY)["column"]
    assert [name for name in everywhere if not any(name in columns(table) for table in table_names())] == []


def test_no_column_is_declared_twice() -> None:
    assert LINES.filter(pl.struct("table", "writer", "column").is_duplicated()).is_empty()


def test_every_word_that_is_read_exists_and_a_code_is_a_coded_one() -> None:
    wrong = []
    for row in LINES.filter(pl.col("reading").is_in(["value", "code", "open", "id"])).iter_rows(named=True):
        export, _, entity = row["writer"].partition(".")
        words = {word.name: word for word in source_words(export)[entity]}
        is_coded = row["reading"] != "code" or words[row["source"]].code_list
        if row["source"] not in words or not is_coded:
            wrong.append((row["writer"], row["source"]))
    assert wrong == []


def test_every_list_that_ids_are_read_by_is_one_of_the_target(target: sa.Engine) -> None:
    with target.connect() as connection:
        sets = {name for (name,) in connection.exec_driver_sql(f"SELECT CODE_SET_NAME FROM {SETS}")}
    named = LINES["list"].drop_nulls().unique()
    assert [name for name in named if place_of(name)[0] == SHARED and name not in sets] == []
    assert OF_SET in columns(SHARED)


TABLE, WRITER = "OFFENDER", "spg.offender"
DERIVED = {
    "first_name_soundex": "Q600", "second_name_soundex": None, "surname_soundex": "Z340", "has_sentence": "0",
}  # fmt: skip
SENT = {
    "first_name": "Qxora", "second_name": "  ", "surname": " Zzdell ", "date_of_birth": "1990-01-02",
    "ethnicity": "", "tier": "", "gender": "M",
}  # fmt: skip


def expected(**words: str) -> Expected:
    """One new person as the gateway sends it, with what the proofs derive of the names."""
    text = blank_as_null(text_rows("spg", "offender", "C17", SENT | words), "spg", "offender")
    derived = {name: pl.lit(value, pl.String) for name, value in DERIVED.items()}
    return Expected(TABLE, WRITER, text.with_columns(key=pl.lit("7"), **derived), "spg", "offender")


def row_of(connection: sa.Connection, **values: str | None) -> dict[str, str | None]:
    """The row that differs in nothing, but for `values`."""
    names = ("noms_number", "pnc_number", "cro_number", "ni_number")
    moment = "2021-06-26 00:00:00"
    return {
        "key": "7", "FIRST_NAME": "Qxora", "SURNAME": "Zzdell", "DATE_OF_BIRTH_DATE": "1990-01-02 00:00:00",
        "FIRST_NAME_SOUNDEX": "Q600", "SURNAME_SOUNDEX": "Z340", "CRN": "X123456",
        "GENDER_ID": male(connection),
        "CURRENT_DISPOSAL": "0", "CURRENT_EXCLUSION": "0", "CURRENT_RESTRICTION": "0", "SOFT_DELETED": "0",
        "CREATED_BY_USER_ID": "1", "LAST_UPDATED_USER_ID": "1", "LAST_UPDATED_USER_ID_DIVERSITY": "1",
        "CREATED_DATETIME": moment, "LAST_UPDATED_DATETIME": moment, "PARTITION_AREA_ID": "0",
        "ROW_VERSION": "0", "PENDING_TRANSFER": "0",
        **{name.upper(): "Zz" for name in names},
        **defaults(),
        **values,
    }  # fmt: skip


def defaults() -> dict[str, str]:
    """Columns that fields.csv leaves to the dictionary."""
    named = set(LINES.filter(pl.col("table").is_in([TABLE, EVERY]))["column"])
    return {name: one.default for name, one in columns(TABLE).items() if one.default and name not in named}


def male(connection: sa.Connection) -> str:
    """The id of a gender of the small target."""
    return str(Lists(connection).codes("GENDER").filter(code="M")["id"].item())


def judge(
    one: Expected, row: dict[str, str | None], connection: sa.Connection, findings: pl.DataFrame | None = None
) -> Judged:
    """Lay the expected row beside `row`."""
    there = pl.DataFrame([row], schema=dict.fromkeys(["key", *columns(TABLE)], pl.String))
    known = no_findings() if findings is None else findings
    return judge_fields(one, there, Lists(connection), "C17", {}, select_left_out(known))


def test_a_row_that_is_as_the_source_says_differs_in_nothing(target: sa.Engine) -> None:
    with target.connect() as connection:
        found = judge(expected(), row_of(connection), connection)
    assert found.differences.select("column", "expected", "found").rows() == []
    assert (found.keys.to_list(), found.expected, found.different) == (["7"], 1, 0)


WRONG = drawn("""
column                | wrong               | expected
FIRST_NAME            | QXORA               | Qxora
SURNAME               | Zzdel               | Zzdell
SECOND_NAME           | n/a                 |
DATE_OF_BIRTH_DATE    | 1990-02-01 00:00:00 | 1990-01-02 00:00:00
DATE_OF_BIRTH_DATE    |                     | 1990-01-02 00:00:00
FIRST_NAME_SOUNDEX    | Z600                | Q600
CRN                   | 123456              | ^[A-Z][0-9]{6}$
GENDER_ID             | 1                   | M
GENDER_ID             |                     | M
ETHNICITY_ID          | 1                   |
CURRENT_RESTRICTION   | 1                   | 0
CREATED_BY_USER_ID    | 2                   | 1
CREATED_DATETIME      | 2021-06-26 00:00:01 | 2021-06-26 00:00:00
ROW_VERSION           | 1                   | 0
NOTES                 | Qx                  |
PREVIOUS_SURNAME      | Qx                  |
""")


@pytest.mark.parametrize("case", WRONG, ids=lambda case: " ".join(case.values()))
def test_a_wrong_value_is_named_with_its_column_and_source_row(
    case: dict[str, str], target: sa.Engine
) -> None:
    with target.connect() as connection:
        row = row_of(connection, **{case["column"]: case["wrong"] or None})
        found = judge(expected(), row, connection).differences
    assert found.select("proof", "table", "key", "column").rows() == [(FIELD, TABLE, "7", case["column"])]
    assert found.select("source_file", "source_row").rows() == [("C17_spg_offender", "2")]
    assert found["expected"].item() == (case["expected"] or None)


def test_every_wrong_column_of_a_row_is_named(target: sa.Engine) -> None:
    with target.connect() as connection:
        found = judge(expected(), row_of(connection, SURNAME="Zz", ROW_VERSION=None), connection)
    assert sorted(found.differences["column"]) == ["ROW_VERSION", "SURNAME"]
    assert found.different == 1


def test_what_a_finding_says_was_left_out_must_be_blank(target: sa.Engine) -> None:
    one = expected(date_of_birth="31/02/1990")
    findings = findings_of(expected().rows, "T06", "offender", "pnc_number;surname")
    with target.connect() as connection:
        left_out = row_of(connection, DATE_OF_BIRTH_DATE=None, PNC_NUMBER=None, SURNAME=None)
        assert judge(one, left_out, connection, findings).different == 0
        written = row_of(connection, DATE_OF_BIRTH_DATE=None)
        assert sorted(judge(one, written, connection, findings).differences["column"]) == [
            "PNC_NUMBER",
            "SURNAME",
        ]


def test_an_information_leaves_nothing_out(target: sa.Engine) -> None:
    findings = findings_of(expected().rows, "M02", "offender", "surname")
    with target.connect() as connection:
        found = judge(expected(), row_of(connection, SURNAME=None), connection, findings)
    assert found.differences["column"].to_list() == ["SURNAME"]


def test_a_row_that_is_not_there_counts_as_missing(target: sa.Engine) -> None:
    with target.connect() as connection:
        found = judge(expected(), row_of(connection) | {"key": "8"}, connection)
    assert (found.expected, len(found.keys)) == (1, 0)


def test_a_row_that_only_proof_2_asks_for_is_named_when_it_is_not_there(target: sa.Engine) -> None:
    """destinations.csv demands no row of CUSTODY: a lost one would be seen nowhere else."""
    rows = (
        expected()
        .rows.select("export", "source_file", "source_row", key=pl.lit(None, pl.String))
        .with_columns(
            pl.lit("1").alias(name)
            for name in ("person", "disposal", "custodial_status", "custodial_status_date")
        )
    )
    there = pl.DataFrame(schema=dict.fromkeys(["key", *columns("CUSTODY")], pl.String))
    with target.connect() as connection:
        lists = Lists(connection)
        one = Expected("CUSTODY", "spg.event", rows, "spg", "event")
        found = judge_fields(one, there, lists, "C17", {}, no_findings()).differences
    assert found.select("proof", "table", "source_row").rows() == [(DESTINATION, "CUSTODY", "2")]


def test_a_line_that_reads_what_nothing_derives_is_refused_by_name(target: sa.Engine) -> None:
    one = expected()
    bare = Expected(TABLE, WRITER, one.rows.drop("has_sentence"), "spg", "offender")
    with target.connect() as connection, pytest.raises(ConfigError, match="has_sentence"):
        judge(bare, row_of(connection), connection)
