"""How each column is treated: columns.csv says it by the shared name of the field, fields.csv by its type.

A column of which neither says anything is refused: what is new cannot leak.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pseudonyms.births import birth
from pseudonyms.key import Secret
from pseudonyms.logins import login
from pseudonyms.names import name
from pseudonyms.numbers import hexadecimal, identifier, officer, record_ref, reference, row_key
from pseudonyms.places import authority, postcode
from pseudonyms.texts import file_name, keep, text
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table
from vocabulary.source import source_words

Treatment = Callable[[str], str]
"""From a value as delivered to its pseudonym, character for character: both have the same length."""

ROOM, TABLE, EVERY = "pseudonyms", "columns.csv", "*"
KEEP, TEXT = "keep", "text"

TREATMENTS: dict[str, Callable[[Secret, str], str]] = {
    "authority": authority,
    "birth": birth,
    "file_name": file_name,
    "hex": hexadecimal,
    "identifier": identifier,
    KEEP: keep,
    "login": login,
    "name": name,
    "officer": officer,
    "postcode": postcode,
    "record_ref": record_ref,
    "reference": reference,
    "row_key": row_key,
    TEXT: text,
}
"""By the word in column `treatment` of columns.csv."""

CODED = ("code:", "flag", "bool")
"""Types of fields.csv whose values stand on a list: they are kept, and need no line of their own."""

REMEMBERED = 50_000
"""Values of each treatment whose pseudonym is not worked out again."""

LONGEST_REMEMBERED = 100
"""Characters of a value that is remembered: notes are rarely met twice."""


@dataclass(frozen=True)
class Treatments:
    """The treatments with one key."""

    secret: Secret

    def of(self, export: str, entity: str, field: str) -> Treatment:
        """The treatment of a field.

        Raises:
            ConfigError: nobody has said how it is treated.
        """
        return self._by_name[treatment_of(export, entity, field)]

    def named(self, treatment: str) -> Treatment:
        """The treatment of this name."""
        return self._by_name[treatment]

    @cached_property
    def _by_name(self) -> dict[str, Treatment]:
        return {name: self._bound(one) for name, one in TREATMENTS.items()}

    def _bound(self, pseudonym: Callable[[Secret, str], str]) -> Treatment:
        @lru_cache(maxsize=REMEMBERED)
        def remembered(value: str) -> str:
            return pseudonym(self.secret, value)

        def bound(value: str) -> str:
            return remembered(value) if len(value) <= LONGEST_REMEMBERED else pseudonym(self.secret, value)

        return bound


def treatment_of(export: str, entity: str, field: str) -> str:
    """The word of TREATMENTS for a field: of its entity, else of every one, else by its type.

    Raises:
        ConfigError: nobody has said how it is treated, or there is no such treatment.
    """
    words = {(row["entity"], row["field"]): row["treatment"] for row in _rows()}
    said = words.get((entity, field)) or words.get((EVERY, field))
    types = {word.name: word.type for word in source_words(export)[entity]}
    if said is None and types.get(field, "").startswith(CODED):
        said = KEEP
    if said not in TREATMENTS:
        raise ConfigError(
            f"{ROOM}/{TABLE} does not say how {entity}.{field} of export {export} is treated, so nothing was "
            f"pseudonymised. Add a line with one of {', '.join(sorted(TREATMENTS))}."
        )
    return said


def _rows() -> list[dict[str, str]]:
    return text_table(ROOM, TABLE).rows(named=True)
