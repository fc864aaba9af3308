"""New ids come from each table's own sequence, which stands above every id that was given."""

import pytest
import sqlalchemy as sa
from small_plan import PLAN

from target.bulk import highest
from target.database import transaction
from target.load import load
from target.schema.shape import primary_key
from target.schema.tables import LONGEST_NAME
from target.sequences import new_ids, sequences
from target.undo import undo


def behind(connection: sa.Connection) -> list[str]:
    """Tables of which the next id of the sequence is there already, or below one that is."""
    found = []
    for name, sequence in sequences().items():
        following = connection.exec_driver_sql(f"SELECT nextval('{sequence}')").scalar()
        if int(str(following)) <= highest(connection, name, primary_key(name)[0]):
            found.append(name)
    return found


def loaded(engine: sa.Engine) -> None:
    with transaction(engine) as connection:
        load(connection, PLAN, "one")


def test_every_sequence_has_a_name_of_its_own_that_oracle_takes() -> None:
    names = list(sequences().values())
    assert len(names) == len(set(names))
    assert max(len(name) for name in names) <= LONGEST_NAME


def test_after_a_baseline_the_sequences_stand_above_it(postgres: sa.Engine) -> None:
    with transaction(postgres) as connection:
        assert behind(connection) == []


def test_after_a_load_the_next_insert_does_not_collide(postgres: sa.Engine) -> None:
    loaded(postgres)
    with transaction(postgres) as connection:
        assert behind(connection) == []


def test_ids_are_taken_from_the_sequence(postgres: sa.Engine) -> None:
    with transaction(postgres) as connection:
        connection.exec_driver_sql("SELECT setval('contact_id_seq', 7000000000)")
        assert new_ids(connection, "CONTACT", "CONTACT_ID", 2).to_list() == [7000000001, 7000000002]


def test_a_sequence_that_is_behind_is_raised_first(postgres: sa.Engine) -> None:
    with transaction(postgres) as connection:
        connection.exec_driver_sql("SELECT setval('contact_id_seq', 1)")
        top = highest(connection, "CONTACT", "CONTACT_ID")
        assert new_ids(connection, "CONTACT", "CONTACT_ID", 1).to_list() == [top + 1]


def test_an_undo_leaves_the_sequences(postgres: sa.Engine) -> None:
    loaded(postgres)
    with transaction(postgres) as connection:
        last = connection.exec_driver_sql("SELECT last_value FROM offender_id_seq").scalar()
        undo(connection, "C06")
        assert connection.exec_driver_sql("SELECT last_value FROM offender_id_seq").scalar() == last


@pytest.mark.parametrize("above", [0, 9000000000])
def test_sqlite_has_none_and_counts_from_the_highest(target: sa.Engine, above: int) -> None:
    with transaction(target) as connection:
        top = max(highest(connection, "CONTACT", "CONTACT_ID"), above)
        assert new_ids(connection, "CONTACT", "CONTACT_ID", 2, above=above).to_list() == [top + 1, top + 2]
