"""How long a stage takes for so many rows, from how long it took before: a part that is always there and a
part for each row, neither below nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

SPREAD = 1.5
"""Sizes must differ by this factor before the two parts can be told from each other."""


@dataclass(frozen=True)
class Fit:
    """seconds = `always` + `per_row` x rows.

    `points`: measurements it stands on; `largest`: rows of the largest of them.
    """

    always: float
    per_row: float
    points: int
    largest: int

    def seconds(self, rows: int) -> float:
        """What `rows` would take."""
        return self.always + self.per_row * rows


def fit(points: Sequence[tuple[int, float]]) -> Fit | None:
    """The line through `points` (rows, seconds); None without any.

    A point counts by its relative error: a small company is not drowned by a large one. Of one size only, all
    is taken to grow with the rows.
    """
    known = [(rows, max(seconds, 0.001)) for rows, seconds in points if rows > 0]
    if not known:
        return None
    sizes = [rows for rows, _ in known]
    largest = max(sizes)
    if largest < SPREAD * min(sizes):
        return _through_nothing(known, largest)
    always, per_row = _weighted_line(known)
    if per_row < 0:
        return Fit(_weighted_mean(known), 0.0, len(known), largest)
    if always < 0:
        return _through_nothing(known, largest)
    return Fit(always, per_row, len(known), largest)


def _weighted_line(points: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Least squares of the relative errors."""
    weights = [1 / seconds**2 for _, seconds in points]
    total = sum(weights)
    mean_rows = sum(w * rows for w, (rows, _) in zip(weights, points, strict=True)) / total
    mean_seconds = sum(w * seconds for w, (_, seconds) in zip(weights, points, strict=True)) / total
    spread = sum(w * (rows - mean_rows) ** 2 for w, (rows, _) in zip(weights, points, strict=True))
    shared = sum(
        w * (rows - mean_rows) * (seconds - mean_seconds)
        for w, (rows, seconds) in zip(weights, points, strict=True)
    )
    return mean_seconds - shared / spread * mean_rows, shared / spread


def _weighted_mean(points: Sequence[tuple[int, float]]) -> float:
    return sum(1 / seconds for _, seconds in points) / sum(1 / seconds**2 for _, seconds in points)


def _through_nothing(points: Sequence[tuple[int, float]], largest: int) -> Fit:
    """All grows with the rows; the large points say how."""
    rows, seconds = sum(rows for rows, _ in points), sum(seconds for _, seconds in points)
    return Fit(0.0, seconds / rows, len(points), largest)
