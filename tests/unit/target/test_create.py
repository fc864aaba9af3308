"""A new target: areas, units, codes and the migration user stand before any baseline."""

import pytest
import sqlalchemy as sa
from small_target import CODES, ORGANISATION

from target.bulk import read
from target.create import create, is_empty
from target.database import connect
from target.resolve import Resolver
from tests.target_dump import dump
from vocabulary.companies import companies
from vocabulary.errors import TargetError


def test_an_empty_database_is_empty_and_a_target_is_not(engine: sa.Engine) -> None:
    assert is_empty(engine)
    create(engine, ORGANISATION, CODES)
    assert not is_empty(engine)


def test_a_postgres_target_is_not_empty(postgres: sa.Engine) -> None:
    assert not is_empty(postgres)


def test_a_target_is_not_made_over_another(target: sa.Engine) -> None:
    with pytest.raises(TargetError, match="has tables already"):
        create(target, ORGANISATION, CODES)


def test_every_company_and_region_has_an_area(target: sa.Engine) -> None:
    with target.connect() as connection:
        areas = set(read(connection, "PROBATION_AREA", ["CODE"])["CODE"])
    assert {*companies(), "N03", "N07", "N50", "N59", "CRS"} <= areas


def test_the_migration_user_is_user_one(target: sa.Engine) -> None:
    with target.connect() as connection:
        users = read(connection, "USER_", ["USER_ID", "DISTINGUISHED_NAME"])
    assert (1, "day1.migration") in users.rows()


def test_codes_of_the_code_lists_join_those_of_the_dictionary(target: sa.Engine) -> None:
    with target.connect() as connection:
        resolver = Resolver(connection)
        assert resolver.codes("DISPOSAL TYPE")["code"].to_list() == ["329"]
        assert "CUPA" in resolver.codes("CONTACT TYPE")["code"]


def test_commissioned_services_are_of_events_alone_and_on_the_rate_card(target: sa.Engine) -> None:
    with target.connect() as connection:
        types = read(connection, "R_NSI_TYPE", ["CODE", "OFFENDER_LEVEL", "EVENT_LEVEL", "RATE_CARD_FLAG"])
    flags = {code: found for code, *found in types.rows()}
    assert len(flags) > 7
    assert {code for code, found in flags.items() if found == [0, 1, "Y"]} == {
        f"CRS0{number}" for number in range(1, 8)
    }
    assert flags["BRE"] == [1, 1, "N"]


def test_a_lists_name_counts_without_its_explanation(target: sa.Engine) -> None:
    with target.connect() as connection:
        resolver = Resolver(connection)
        assert "W01" in resolver.codes("REQUIREMENT SUB CATEGORY (unpaid work)")["code"]
        assert "W01" in resolver.codes("REQUIREMENT SUB CATEGORY")["code"]


def test_code_sets_are_labelled_as_a_sample(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert set(read(connection, "R_REFERENCE_DATA_MASTER")["DESCRIPTION"]) == {"Sample reference set"}


def test_two_new_targets_are_equal(engine: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = connect(f"sqlite:///{tmp_path_factory.mktemp('other')}/target.db")
    for each in (engine, other):
        create(each, ORGANISATION, CODES)
    with engine.connect() as one, other.connect() as two:
        assert dump(one) == dump(two)
