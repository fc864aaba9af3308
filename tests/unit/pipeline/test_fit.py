"""How long so many rows take, from what fewer took."""

import pytest

from pipeline.runs.fit import fit

LINE = [(rows, 2 + rows / 1000) for rows in (100, 1_000, 20_000)]


@pytest.mark.parametrize(
    ("points", "rows", "seconds"),
    [
        (LINE, 400_000, 402),  # a fixed part and one for each row
        (LINE[::-1], 400_000, 402),  # whatever their order
        ([(1_000, 5.0), (1_000, 7.0)], 20_000, 120),  # of one size only: all grows with the rows
        ([(100, 3.0), (10_000, 2.0)], 100_000, 2.4),  # what does not grow is not taken to shrink
        ([(100, 0.05), (10_000, 9.0)], 20_000, 18),  # nothing is quicker than nothing
    ],
)
def test_seconds_follow_the_points(points: list[tuple[int, float]], rows: int, seconds: float) -> None:
    found = fit(points)
    assert found is not None
    assert found.seconds(rows) == pytest.approx(seconds, rel=0.12)


@pytest.mark.parametrize("points", [[], [(0, 4.0)]])
def test_nothing_measured_foretells_nothing(points: list[tuple[int, float]]) -> None:
    assert fit(points) is None
