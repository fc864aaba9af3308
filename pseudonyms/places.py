"""Where somebody lives: as much of it stays as says the region, and no more."""

import re
from functools import cache

from pseudonyms.kept import authorities, is_placeholder, no_postcodes
from pseudonyms.key import Secret
from pseudonyms.numbers import identifier
from pseudonyms.permutations import rotated
from pseudonyms.texts import text
from vocabulary.resources import text_table

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d)([A-Z])([A-Z])")
UNITS = 10 * 26 * 26


def postcode(secret: Secret, value: str) -> str:
    """Another postcode of the same district, and of the same authority where a district has several; one of
    wrong form gets another of that wrong form."""
    plain = re.sub(r"\s", "", value.upper())
    if is_placeholder(value) or plain in no_postcodes():
        return value
    found = POSTCODE.fullmatch(plain)
    if not found:
        return identifier(secret, value)
    other = iter(_other(secret, found[1], plain))
    return "".join(
        one if one.isspace() else next(other).lower() if one.islower() else next(other) for one in value
    )


def authority(secret: Secret, value: str) -> str:
    """The name of a local authority stays, because regions are found by it; anything else is text."""
    return value if value.strip().upper() in authorities() else text(secret, value)


def _other(secret: Secret, district: str, plain: str) -> str:
    group = _groups().get(plain)
    if group:
        return group[rotated(secret, f"postcode/{group[0]}", group.index(plain), len(group))]
    while True:
        plain = district + _unit(secret, district, plain[len(district) :])
        if plain not in _groups() and plain not in no_postcodes():
            return plain


def _unit(secret: Secret, district: str, unit: str) -> str:
    number = (int(unit[0]) * 26 + ord(unit[1]) - ord("A")) * 26 + ord(unit[2]) - ord("A")
    number, last = divmod(rotated(secret, f"postcode/{district}", number, UNITS), 26)
    first, middle = divmod(number, 26)
    return f"{first}{chr(ord('A') + middle)}{chr(ord('A') + last)}"


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Each postcode that is listed by itself, to those of its district that lead to the same place."""
    table = text_table("mappings", "routing", "postcode_units.csv")
    found: dict[tuple[str, ...], list[str]] = {}
    for postcode, *place in table.iter_rows():
        found.setdefault((postcode.split()[0], *map(str, place)), []).append(postcode.replace(" ", ""))
    groups = map(tuple, found.values())
    return {one: group for group in groups for one in group}
