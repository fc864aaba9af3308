"""The settings of the model as they lie in model.toml: comparisons and levels, blocks, thresholds."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MODEL = Path(__file__).parent / "model.toml"


@dataclass(frozen=True)
class Level:
    """How far two records agree in one thing. `when`: SQL, blank of the last level, which is the rest.

    `m`, `u`: share of true pairs and of strangers at this level, as stated. `rare`: the word whose frequency
    among the known counts instead of `u`.
    """

    name: str
    says: str
    m: float
    u: float
    when: str = ""
    rare: str = ""


@dataclass(frozen=True)
class Comparison:
    """One thing that two records are compared in. `unknown`: SQL, when one of them does not say it."""

    name: str
    title: str
    unknown: str
    levels: tuple[Level, ...]

    def level(self, gamma: int) -> Level | None:
        """The level that Splink numbers `gamma`, the last being 0; None where it is unknown (-1)."""
        return self.levels[len(self.levels) - 1 - gamma] if gamma >= 0 else None


@dataclass(frozen=True)
class Settings:
    """model.toml, read once."""

    thresholds: dict[str, float]
    known_share: float
    training: dict[str, int]
    postcodes: dict[str, Any]
    names: dict[str, list[str]]
    blocks: tuple[tuple[str, ...], ...]
    comparisons: tuple[Comparison, ...]

    @property
    def rare_words(self) -> list[str]:
        """Words whose frequency among the known counts."""
        return sorted({level.rare for each in self.comparisons for level in each.levels if level.rare})


@cache
def settings() -> Settings:
    """The settings that this program ships with."""
    raw = tomllib.loads(MODEL.read_text(encoding="utf-8"))
    return Settings(
        thresholds=raw["thresholds"],
        known_share=raw["prior"]["known"],
        training=raw["training"],
        postcodes=raw["postcodes"],
        names=raw["names"],
        blocks=tuple(tuple(line) for line in raw["blocks"]["lines"]),
        comparisons=tuple(_comparison(each, raw["words"]) for each in raw["comparison"]),
    )


def _comparison(raw: dict[str, Any], words: dict[str, str]) -> Comparison:
    levels = [Level(**{**level, "when": level.get("when", "").format(**words)}) for level in raw["levels"]]
    return Comparison(raw["name"], raw["title"], raw["unknown"].format(**words), tuple(levels))
