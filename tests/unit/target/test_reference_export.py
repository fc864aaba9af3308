"""The client's own reference tables: taken as they are, a sample only for what they lack, errors named."""

from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from small_target import CODES, ORGANISATION, baseline_frames

from target.baseline import load_baseline
from target.bulk import read
from target.create import create
from target.database import connect, transaction
from target.reference_data.export import read_export
from target.reference_data.rows import CODE_SETS
from target.schema.record import reference_list, reference_lists
from tests.target_dump import dump
from vocabulary.errors import ConfigError

TYPES = (
    "CONTACT_TYPE_ID,CODE,DESCRIPTION,NATIONAL_STANDARDS_CONTACT,CREATED_BY_USER_ID,CONTACT_TYPE_ICON_ID\n"
)
SETS = (
    "REFERENCE_DATA_MASTER_ID,CODE_SET_NAME,DESCRIPTION\n50,GENDER,Gender\n51,ORDER ALLOCATION REASON,Why\n"
)
LIST = "STANDARD_REFERENCE_LIST_ID,REFERENCE_DATA_MASTER_ID,CODE_VALUE,CODE_DESCRIPTION,SELECTABLE\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of contact types and two code sets."""
    found = tmp_path / "reference"
    found.mkdir()
    (found / "R_CONTACT_TYPE.csv").write_text(TYPES + "900,COAI,Initial,Y,77,4\n901,QX01,Invented,N,77,\n")
    (found / "R_REFERENCE_DATA_MASTER.csv").write_text(SETS)
    (found / "R_STANDARD_REFERENCE_LIST.csv").write_text(
        LIST + "1500000001,50,M,Male,Y\n1500000002,51,X9,Other,N\n"
    )
    return found


@pytest.fixture
def made(engine: sa.Engine, folder: Path) -> sa.Engine:
    """A target with the export in it."""
    create(engine, ORGANISATION, CODES, read_export(folder))
    return engine


def _all(engine: sa.Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _refused(folder: Path, table: str, content: str) -> str:
    (folder / f"{table}.csv").write_text(content)
    with pytest.raises(ConfigError) as caught:
        read_export(folder)
    return str(caught.value)


def test_rows_of_the_client_keep_ids_and_columns(made: sa.Engine) -> None:
    statement = "SELECT CONTACT_TYPE_ID, DESCRIPTION, NATIONAL_STANDARDS_CONTACT FROM R_CONTACT_TYPE "
    assert _all(made, statement + "WHERE CODE = 'QX01'") == [(901, "Invented", "N")]


def test_what_is_not_exported_is_filled_as_for_the_sample(made: sa.Engine) -> None:
    assert _all(made, "SELECT SELECTABLE FROM R_CONTACT_TYPE WHERE CODE = 'QX01'") == [("Y",)]


def test_levels_that_the_client_leaves_out_are_those_that_are_known(engine: sa.Engine, folder: Path) -> None:
    (folder / "R_NSI_TYPE.csv").write_text("CODE,DESCRIPTION,EVENT_LEVEL\nCRS01,A,0\nQX01,B,0\n")
    create(engine, ORGANISATION, CODES, read_export(folder))
    levels = (
        "SELECT CODE, OFFENDER_LEVEL, EVENT_LEVEL, RATE_CARD_FLAG FROM R_NSI_TYPE WHERE DESCRIPTION < 'C' "
    )
    assert _all(engine, levels + "ORDER BY 1") == [("CRS01", 0, 0, "Y"), ("QX01", 1, 0, "N")]


def test_users_and_ids_of_tables_that_are_not_there_are_left_out(made: sa.Engine) -> None:
    statement = "SELECT CREATED_BY_USER_ID, CONTACT_TYPE_ICON_ID FROM R_CONTACT_TYPE WHERE CODE = 'COAI'"
    assert _all(made, statement) == [(1, None)]


def test_the_sample_of_an_exported_list_stays_away(made: sa.Engine) -> None:
    assert _all(made, "SELECT COUNT(*) FROM R_CONTACT_TYPE WHERE CODE = 'CUPA'") == [(0,)]
    genders = "SELECT CODE_VALUE FROM R_STANDARD_REFERENCE_LIST WHERE REFERENCE_DATA_MASTER_ID = 50"
    assert _all(made, genders) == [("M",)]


def test_codes_that_stand_for_a_blank_word_are_added_and_labelled(made: sa.Engine) -> None:
    reasons = (
        "SELECT CODE_VALUE, CODE_DESCRIPTION FROM R_STANDARD_REFERENCE_LIST "
        "WHERE REFERENCE_DATA_MASTER_ID = 51 ORDER BY CODE_VALUE"
    )
    assert _all(made, reasons) == [("IN1", "Initial allocation (sample)"), ("X9", "Other")]


def test_lists_that_are_not_exported_are_a_sample_and_say_so(made: sa.Engine) -> None:
    labels = [str(label) for (label,) in _all(made, "SELECT DESCRIPTION FROM R_NSI_TYPE")]
    assert labels
    assert all(label.endswith(" (sample)") for label in labels)


def test_a_code_set_of_the_client_keeps_its_description(made: sa.Engine) -> None:
    sets = "SELECT DESCRIPTION FROM R_REFERENCE_DATA_MASTER WHERE CODE_SET_NAME = "
    assert _all(made, sets + "'GENDER'") == [("Gender",)]
    assert _all(made, sets + "'ETHNICITY'") == [("Sample reference set",)]


def test_a_baseline_loads_over_it(made: sa.Engine) -> None:
    with transaction(made) as connection:
        load_baseline(connection, baseline_frames())
    assert _all(made, "SELECT DISTINCT GENDER_ID FROM OFFENDER") == [(1500000001,)]


def test_a_target_made_from_the_tables_of_another_equals_it(engine: sa.Engine, tmp_path: Path) -> None:
    create(engine, ORGANISATION, CODES)
    with engine.connect() as connection:
        own = {where.table for name in reference_lists() if not (where := reference_list(name)).category}
        for table in own | {CODE_SETS}:
            rows = read(connection, table)
            rows.write_csv(tmp_path / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")
        first = dump(connection)
    other = connect(f"sqlite:///{tmp_path}/other.db")
    create(other, ORGANISATION, CODES, read_export(tmp_path))
    with other.connect() as connection:
        assert dump(connection) == first


def test_without_ids_new_ones_are_given(engine: sa.Engine, folder: Path) -> None:
    (folder / "R_CONTACT_TYPE.csv").write_text("CODE,DESCRIPTION\nQX01,Invented\nQX02,Other\n")
    create(engine, ORGANISATION, CODES, read_export(folder))
    statement = "SELECT CONTACT_TYPE_ID FROM R_CONTACT_TYPE WHERE CODE LIKE 'QX%' ORDER BY CODE"
    assert _all(engine, statement) == [(1,), (2,)]


def test_dates_are_taken_with_and_without_a_time(folder: Path) -> None:
    content = "CODE,DESCRIPTION,START_DATE\nA,One,2014-06-01\nB,Two,2015-01-02 10:30:00\n"
    (folder / "R_REGISTER_TYPE.csv").write_text(content)
    assert read_export(folder)["R_REGISTER_TYPE"].schema["START_DATE"] == pl.Datetime("us")
    assert read_export(folder)["R_REGISTER_TYPE"]["START_DATE"].null_count() == 0


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no reference table"):
        read_export(tmp_path)
    with pytest.raises(ConfigError, match="holds no reference table"):
        read_export(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("table", "content", "named"),
    [
        ("CONTACT", "CONTACT_ID\n1\n", "CONTACT is no reference table"),
        ("R_NSI_TYPE", "CODE,DESCRIPTION,COLOUR\nA,B,C\n", "no column R_NSI_TYPE.COLOUR"),
        ("R_NSI_TYPE", "CODE\nA\n", "the column DESCRIPTION is missing"),
        ("R_NSI_TYPE", "CODE,DESCRIPTION\n,B\n", "CODE is blank in 1 rows"),
        ("R_NSI_TYPE", "CODE,DESCRIPTION,NSI_TYPE_ID\nA,B,7\nC,D,7\n", "NSI_TYPE_ID repeats itself"),
        ("R_NSI_TYPE", "CODE,DESCRIPTION,NSI_TYPE_ID\nA,B,seven\n", "NSI_TYPE_ID is not a number in 1 rows"),
        ("R_NSI_TYPE", f"CODE,DESCRIPTION\n{'A' * 21},B\n", "CODE is not at most 20 characters in 1 rows"),
        ("R_REGISTER_TYPE", "CODE,DESCRIPTION,START_DATE\nA,B,1 June\n", "START_DATE is not YYYY-MM-DD"),
        ("R_STANDARD_REFERENCE_LIST", "CODE_VALUE,CODE_DESCRIPTION\nA,B\n", "REFERENCE_DATA_MASTER_ID is"),
    ],
)  # fmt: skip
def test_an_error_names_file_and_column(folder: Path, table: str, content: str, named: str) -> None:
    message = _refused(folder, table, content)
    assert f"{table}.csv" in message
    assert named in message


def test_codes_without_their_code_sets_are_refused(folder: Path) -> None:
    (folder / "R_REFERENCE_DATA_MASTER.csv").unlink()
    with pytest.raises(ConfigError, match=r"R_REFERENCE_DATA_MASTER\.csv is not there"):
        read_export(folder)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "R_NSI_TYPE.csv").write_bytes(b"CODE,DESCRIPTION\nA,caf\xe9\n")
    with pytest.raises(ConfigError, match="in UTF-8"):
        read_export(folder)
