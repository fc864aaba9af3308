"""Numbers and codes that stand for a person: other digits for digits, other letters for letters, none twice.

What a rule looks at stays: the form, the year and the check letter of a PNC or CRO number, right or wrong in
the same way (BR27, BR28), the last letter of a National Insurance number (BR30), the area of an officer.
"""

import re
import string
from collections.abc import Callable
from functools import cache

from pseudonyms.kept import is_placeholder
from pseudonyms.key import Secret
from pseudonyms.letters import others
from pseudonyms.permutations import moved, rotated
from vocabulary.identifiers import CHECK_LETTERS

PNC = re.compile(r"((?:\d{2})?)(\d{2})/(\d{7})([A-Z])")
CRO = re.compile(r"(\d{6})/(\d{2})([A-Z])")
CRO_FILE = re.compile(r"SF(\d{2})/(\d{1,6})([A-Z])")
INSURANCE = re.compile(r"([A-Z]{2}\d{6})([A-D])")
OFFICER = re.compile(r"([A-Z]\d{2})([A-Z]\d{3})")
NOBODY = re.compile(r"[A-Z]\d{2}[A-Z0-9]{2,3}U")
"""The officer of a team who stands for nobody."""

PREFIX = re.compile(r"[A-Za-z]{1,4}-")
"""What a system puts before its numbers, such as `SE-`."""

IDENTIFIER, REFERENCE = "identifier", "reference"
WHOLE = re.compile(r"(\s*)([1-9]\d{3,17})((?:\.0*)?\s*)", re.ASCII)
"""A whole number of at least four digits, as a spreadsheet may write it."""

DIGITS, CAPITALS = string.digits, string.ascii_uppercase
HEX = re.compile(r"[0-9a-fA-F]+")


def identifier(secret: Secret, value: str) -> str:
    """The pseudonym of a CRN, PNC, CRO, prison or National Insurance number, told by its form wherever it
    stands; of what has none of these forms, another value of the same form."""
    if is_placeholder(value):
        return value
    return _in_place(value, lambda core: _identified(secret, core), "".join(value.split()))


def reference(secret: Secret, value: str) -> str:
    """The pseudonym of a number that a company gave; the letters before its hyphen stay."""
    prefix = PREFIX.match(value.strip())
    if is_placeholder(value):
        return value
    begin = value.index(prefix[0]) + prefix.end() if prefix else 0
    return value[:begin] + _formed(secret, REFERENCE, value[begin:])


def row_key(secret: Secret, value: str) -> str:
    """The pseudonym of a key of nDelius: all are moved on by one secret distance, so that their order stays.

    Keys of less than four digits stay, 0 among them, which stands for none.
    """
    found = WHOLE.fullmatch(value)
    if not found:
        return value if value.strip().isdecimal() else reference(secret, value)
    size = 9 * 10 ** (len(found[2]) - 1)
    least = size // 9
    return f"{found[1]}{least + (int(found[2]) - least + _apart(secret, size)) % size}{found[3]}"


@cache
def _apart(secret: Secret, size: int) -> int:
    """How far the keys of so many are moved on."""
    return size // 100 + int.from_bytes(secret.bits("row_key", str(size))) % (size // 20)


def record_ref(secret: Secret, value: str) -> str:
    """The pseudonym of a key of nDelius, or of a company's own record."""
    return row_key(secret, value) if WHOLE.fullmatch(value) else reference(secret, value)


def officer(secret: Secret, value: str) -> str:
    """The pseudonym of one or several officer codes: the area stays, as does who stands for nobody."""
    return re.sub(r"[^\s;,]+", lambda found: _officer(secret, found[0]), value)


def hexadecimal(secret: Secret, value: str) -> str:
    """Other hexadecimal digits; nothing but zeros stays. What is none is a reference."""
    plain = value.strip().replace("-", "")
    if not plain.strip("0"):
        return value
    if not HEX.fullmatch(plain):
        return reference(secret, value)
    drawn = iter(secret.bits("hex", plain.lower()).hex() * (len(plain) // 64 + 1))
    said = (next(drawn) if one in string.hexdigits else one for one in value)
    return "".join(one.upper() if was.isupper() else one for one, was in zip(said, value, strict=True))


def _officer(secret: Secret, code: str) -> str:
    plain = code.upper()
    if NOBODY.fullmatch(plain):
        return code
    found = OFFICER.fullmatch(plain)
    if not found:
        return reference(secret, code)
    return _in_place(code, lambda core: core[:3] + _shaped(secret, f"officer/{found[1]}", core[3:]), code)


def _identified(secret: Secret, core: str) -> str:
    if found := PNC.fullmatch(core):
        century, year, serial, letter = found.groups()
        other = _serial(secret, year, serial)
        return f"{century}{year}/{other}{_check(letter, year + serial, year + other)}"
    if found := CRO.fullmatch(core):
        serial, year, letter = found.groups()
        other = _serial(secret, year, serial)
        return f"{other}/{year}{_check(letter, year + serial, year + other)}"
    if found := CRO_FILE.fullmatch(core):
        year, serial, letter = found.groups()
        other = _serial(secret, year, serial)
        return f"SF{year}/{other}{_check(letter, year + serial, year + other)}"
    if found := INSURANCE.fullmatch(core):
        return _shaped(secret, IDENTIFIER, found[1]) + found[2]
    return _shaped(secret, IDENTIFIER, core)


def _serial(secret: Secret, year: str, serial: str) -> str:
    """Another serial number of the same year with as many digits that count; that of a PNC number and of a
    CRO number are often the same, and stay so."""
    number = int(serial)
    if not number:
        return serial
    least = 10 ** (len(str(number)) - 1)
    other = least + rotated(secret, f"serial/{year}/{least}", number - least, 9 * least)
    return f"{other:0{len(serial)}}"


def _whole(secret: Secret, use: str, digits: str) -> str:
    """Other digits, as many; the first is zero where it was."""
    least = 0 if digits[0] == "0" else 10 ** (len(digits) - 1)
    size = 9 * least if least else 10 ** (len(digits) - 1)
    return (
        f"{least + rotated(secret, f'{use}/{len(digits)}/{least}', int(digits) - least, size):0{len(digits)}}"
    )


def _check(letter: str, number: str, other: str) -> str:
    """The check letter of `other`: as far from the right one as `letter` is from that of `number`."""
    place, size = CHECK_LETTERS.find(letter), len(CHECK_LETTERS)
    return letter if place < 0 else CHECK_LETTERS[(place - int(number) + int(other)) % size]


def _formed(secret: Secret, use: str, value: str) -> str:
    return _in_place(value, lambda core: _shaped(secret, use, core), value)


def _in_place(value: str, pseudonym: Callable[[str], str], core: str) -> str:
    """`value` with the pseudonym of its `core` in capitals, in its own case and between its own blanks."""
    said = iter(pseudonym(core.upper() if len(core.upper()) == len(core) else core))
    left = iter(core)
    out, awaited = [], next(left, None)
    for one in value:
        if one != awaited:
            out.append(one)
            continue
        other, awaited = next(said), next(left, None)
        out.append(other.lower() if one.islower() and len(other.lower()) == 1 else other)
    return "".join(out)


def _shaped(secret: Secret, use: str, core: str) -> str:
    """Another text of the same form: the letters and digits of `core` read as one number. One of digits
    alone begins with zero where it did: a workbook may hold it as a number."""
    if core.isascii() and core.isdecimal():
        return _whole(secret, use, core)
    shape = "".join("9" if one in DIGITS else "A" if one in CAPITALS else one for one in core)
    if not {*shape} & {"9", "A"}:
        return "".join(_foreign(secret, use, one) for one in core)
    number, size = 0, 1
    for one in core:
        kind = DIGITS if one in DIGITS else CAPITALS if one in CAPITALS else ""
        if kind:
            number, size = number * len(kind) + kind.index(one), size * len(kind)
    form = "".join(one for one in shape if one in "9A")
    number = rotated(secret, f"{use}/{form}", number, size)
    out = []
    for one, kind in zip(reversed(core), reversed(shape), strict=True):
        if kind in "9A":
            letters = DIGITS if kind == "9" else CAPITALS
            number, place = divmod(number, len(letters))
            out.append(letters[place])
        else:
            out.append(_foreign(secret, use, one))
    return "".join(reversed(out))


def _foreign(secret: Secret, use: str, character: str) -> str:
    """A letter of another alphabet; marks stay."""
    if not character.isalpha():
        return character
    choice = others(character)
    return moved(secret, use, choice)[choice.index(character)]
