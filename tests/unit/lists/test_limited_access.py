"""Of a person with limited access a list keeps the row and the place, and nothing that tells of them."""

import polars as pl
import pytest

from lists.limited_access import hide_limited, undeclared
from pipeline.stages.region_packs import Packs, _add
from reports.region_books import ListPage
from vocabulary.limited_access import ASK

NAMES = pl.DataFrame({"name": ["X500002", "OM-7"], "person_id": ["2", "3"]})
ROWS = pl.DataFrame(
    {
        "region": ["N51"] * 5,
        "team": ["N51A"] * 4 + ["N51B"],
        "crn": ["X500001", "X500002", "X500004", None, "OM-7"],
        "surname": ["Zza", "Zzb", "Zzc", None, "Zzd"],
        "days": [1, 2, 3, 4, 5],
    }
)
STAYS = ("region", "team")


def test_their_rows_keep_the_place_alone_and_stand_behind_the_others_of_it() -> None:
    shown, _ = hide_limited(ROWS, "crn", STAYS, NAMES)
    assert shown.schema == ROWS.schema
    assert shown.rows() == [
        ("N51", "N51A", "X500001", "Zza", 1),
        ("N51", "N51A", "X500004", "Zzc", 3),
        ("N51", "N51A", None, None, 4),
        ("N51", "N51A", ASK, None, None),
        ("N51", "N51B", ASK, None, None),
    ]


def test_what_is_hidden_is_counted_by_person_also_under_an_own_number() -> None:
    _, hidden = hide_limited(pl.concat([ROWS, ROWS]), "crn", STAYS, NAMES)
    assert hidden.rows() == [("N51", "2", 2), ("N51", "3", 2)]


def test_a_list_without_them_is_as_it_was() -> None:
    shown, hidden = hide_limited(ROWS, "crn", STAYS, NAMES.clear())
    assert shown.equals(ROWS)
    assert hidden.is_empty()


@pytest.mark.parametrize(
    ("columns", "person", "told"),
    [
        (["region", "crn"], None, ["crn"]),
        (["region", "crn"], "crn", []),
        (["crn", "person_id"], "crn", ["person_id"]),
        (["region", "employee_ref", "surname"], None, []),
    ],
)
def test_a_column_that_names_a_person_is_declared(
    columns: list[str], person: str | None, told: list[str]
) -> None:
    assert undeclared(pl.DataFrame(schema=columns), person) == told


def test_a_list_that_names_persons_and_does_not_say_so_ends_the_program() -> None:
    page = ListPage("chess", "players", "Players", "", (), None, ())
    with pytest.raises(ValueError, match="players of chess names persons in crn"):
        _add(Packs(), page, ROWS, NAMES)
