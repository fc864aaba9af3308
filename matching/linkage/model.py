"""The model as Splink takes it, and its weights: as stated in model.toml, then as counted in the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.linkage.settings import Comparison, Level, settings

LEAST = 1e-9
"""No share is counted as nothing: what was not seen may still be there."""

Shares = Mapping[tuple[str, str], tuple[float, float]]
"""Comparison and level to m and u."""


@dataclass(frozen=True)
class Weights:
    """What a run weighs with, kept beside its results.

    `labels`, `drawn`: how many pairs m and u were counted over, 0 where they are as stated. `prior`: that two
    records of a pair at random are one person.
    """

    shares: Shares
    prior: float
    labels: int = 0
    drawn: int = 0

    def as_json(self) -> dict[str, Any]:
        """The same in plain words and figures, for a person to open."""
        told: dict[str, Any] = {"prior": self.prior, "labelled_pairs": self.labels, "drawn_pairs": self.drawn}
        levels: dict[str, dict[str, dict[str, float]]] = {}
        for (comparison, level), (m, u) in self.shares.items():
            levels.setdefault(comparison, {})[level] = {"m": m, "u": u}
        return told | {"comparisons": levels}


def stated(known: int) -> Weights:
    """The weights of model.toml among `known` persons."""
    shares = {
        (each.name, level.name): (level.m, level.u)
        for each in settings().comparisons
        for level in each.levels
    }
    return Weights(_whole(shares), _prior(known))


def counted(weights: Weights, m: Shares, u: Shares, labels: int, drawn: int) -> Weights:
    """`weights` with what was counted: m over `labels` pairs, u over `drawn`; nothing where that is 0."""
    training = settings().training
    shares = {
        name: (
            _blended(own[0], training["stated_m"], m.get(name, (0.0, 0.0))[0], labels),
            _blended(own[1], training["stated_u"], u.get(name, (0.0, 0.0))[1], drawn),
        )
        for name, own in weights.shares.items()
    }
    return Weights(_whole(shares), weights.prior, labels, drawn)


def splink_settings(weights: Weights, link_type: str) -> dict[str, Any]:
    """The settings dictionary of Splink 5."""
    return {
        "link_type": link_type,
        "probability_two_random_records_match": weights.prior,
        "comparisons": [_comparison(each, weights.shares) for each in settings().comparisons],
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _prior(known: int) -> float:
    return min(settings().known_share / max(known, 1), 0.5)


def _blended(stated: float, weight: int, seen: float, pairs: int) -> float:
    return (stated * weight + seen * pairs) / (weight + pairs)


def _whole(shares: Shares) -> Shares:
    """Shares of one comparison that add up to one."""
    sums: dict[str, list[float]] = {}
    for (comparison, _), (m, u) in shares.items():
        total = sums.setdefault(comparison, [0.0, 0.0])
        total[0], total[1] = total[0] + m, total[1] + u
    return {
        name: (max(m / sums[name[0]][0], LEAST), max(u / sums[name[0]][1], LEAST))
        for name, (m, u) in shares.items()
    }


def _comparison(each: Comparison, shares: Shares) -> dict[str, Any]:
    unknown = {"sql_condition": each.unknown, "label_for_charts": "unknown", "is_null_level": True}
    levels = [_level(each, level, shares) for level in each.levels]
    return {"output_column_name": each.name, "comparison_levels": [unknown, *levels]}


def _level(each: Comparison, level: Level, shares: Shares) -> dict[str, Any]:
    m, u = shares[each.name, level.name]
    told: dict[str, Any] = {"sql_condition": level.when or "ELSE", "label_for_charts": level.name}
    if level.rare:
        # The frequency stands against u of this level, which need not be one of equality.
        told |= {"tf_adjustment_column": level.rare, "disable_tf_exact_match_detection": True}
    return told | {"m_probability": m, "u_probability": u}
