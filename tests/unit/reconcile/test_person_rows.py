"""Persons are kept in one order, so that two runs over the same data leave the same bytes."""

import polars as pl

from reconcile.figures.totals import person_rows


def test_persons_stand_in_one_order_however_their_components_came() -> None:
    moves = pl.DataFrame(
        {
            "person": ["9", "1", None, "1"],
            "region": ["N51", "N07", "N51", "N51"],
            "stands": ["N51", "N07", "N51", "N51"],
            "source_file": ["f", "f", "f", "f"],
            "source_row": ["1", "2", "3", "4"],
            "is_moved": [True, True, False, False],
            "is_explained": [False, False, True, True],
        }
    )
    rows = person_rows(moves)
    assert rows.rows() == sorted(rows.rows())
    assert rows.equals(person_rows(moves.reverse()))
