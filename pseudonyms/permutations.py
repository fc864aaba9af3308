"""Keyed permutations: each value has one pseudonym, no two have the same, and none is its own."""

from collections.abc import Sequence
from functools import lru_cache

from pseudonyms.key import Secret

ROUNDS = 8
"""Of the Feistel network; small domains need more than the four that are proved for large ones."""


@lru_cache(maxsize=500_000)
def moved(secret: Secret, use: str, items: str) -> str:
    """`items` in another order in which none keeps its place (Sattolo's algorithm)."""
    order = list(items)
    drawn = secret.stream("order", f"{use}\0{items}", 4 * len(order))
    for last in range(len(order) - 1, 0, -1):
        place = int.from_bytes(drawn[4 * last : 4 * last + 4]) % last
        order[last], order[place] = order[place], order[last]
    return "".join(order)


def rotated(secret: Secret, use: str, number: int, size: int) -> int:
    """Another number below `size`: the next one in a secret order of all of them, so that none is its own.

    The order is that of a Feistel network, walked on until it is below `size` (as NIST SP 800-38G does).
    """
    if size < 2:
        return number
    half = (max(size - 1, 3).bit_length() + 1) // 2
    place = _walk(secret, use, number, size, half, range(ROUNDS))
    return _walk(secret, use, (place + 1) % size, size, half, range(ROUNDS - 1, -1, -1))


def _walk(secret: Secret, use: str, number: int, size: int, half: int, rounds: Sequence[int]) -> int:
    while True:
        number = _feistel(secret, use, number, half, rounds)
        if number < size:
            return number


def _feistel(secret: Secret, use: str, number: int, half: int, rounds: Sequence[int]) -> int:
    """One pass over two halves of `half` bits; with the rounds in reverse it undoes itself."""
    mask = (1 << half) - 1
    left, right = number >> half, number & mask
    for each in rounds:
        forward = rounds[0] == 0
        kept = right if forward else left
        drawn = int.from_bytes(secret.bits(use, f"{half}/{each}/{kept}")) & mask
        left, right = (right, left ^ drawn) if forward else (right ^ drawn, left)
    return left << half | right
