"""A value as it is written down, character by character: what a treatment leaves alone keeps its spelling."""

from collections.abc import Callable, Iterable

from pseudonyms.columns import Treatment

Spelt = tuple[str, str]
"""A character, and how it is written: `&` and `&amp;`, a quotation mark and two of them."""


def respelt(written: Iterable[Spelt], treat: Treatment, spell: Callable[[str], str]) -> str:
    """The pseudonym of a value, written as the value was; `spell` writes a character that is new."""
    pairs = list(written)
    value = "".join(character for character, _ in pairs)
    said = treat(value)
    assert len(said) == len(value), "a treatment changed the length of a value"
    return "".join(
        how if character == other else spell(other)
        for (character, how), other in zip(pairs, said, strict=True)
    )
