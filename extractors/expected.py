"""Compares the manifest with what was agreed: exports and files (F12), predecessor (F13), encoding."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.delivery import DeliveredFile, Delivery
from extractors.layout import agreed_exports, expected_files, parts_of_file
from extractors.problem import MANIFEST, Problem
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect

DELTA = "delta-"
"""How cycles are called that continue another (exports/README)."""


def check_exports(delivery: Delivery) -> Iterator[Problem]:
    """F12: nothing that was not agreed; in a full delivery, every file of every export."""
    agreed = agreed_exports(delivery.company)
    for file in delivery.files:
        if file.export not in agreed:
            told = f"{file.name} is of export {file.export!r}, which {delivery.company} does not deliver"
            yield _problem(delivery, told, file.name, file.export)
        elif not parts_of_file(file.export, delivery.company, file.name):
            told = f"{file.name} is no file name of export {file.export} of {delivery.company}"
            yield _problem(delivery, told, file.name, file.export)
    if not delivery.is_delta:
        for export in sorted(agreed, key=EXPORTS.index):
            yield from _missing(delivery, export)


def _missing(delivery: Delivery, export: str) -> Iterator[Problem]:
    names = {file.name for file in delivery.of(export)}
    if not names:
        yield _problem(delivery, f"export {export} is not delivered", MANIFEST, export)
        return
    for name in expected_files(export, delivery.company):
        if name not in names:
            yield _problem(
                delivery, f"{name} is not delivered; export {export} is not complete", name, export
            )


def _problem(delivery: Delivery, told: str, file: str, export: str) -> Problem:
    return Problem("F12", f"{told}. Ask {delivery.company} for a delivery as agreed.", file, export)


@dataclass(frozen=True)
class Held:
    """What the target holds, as far as a delta asks. `told`: in words. `cycles`: what is loaded of the
    company, in order; `others`: cycles of another line, of whichever company."""

    told: str
    cycles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def check_predecessor(
    delivery: Delivery, previous_cycles: Sequence[str], held: Held | None = None
) -> Iterator[Problem]:
    """F13: `previous_cycles` are the company's accepted cycles in order; a delta follows the last of them,
    and that is what the target holds. `held`: None where nobody looked."""
    if not delivery.is_delta:
        return
    last = previous_cycles[-1] if previous_cycles else None
    if delivery.previous != last:
        told = f"the delta follows {delivery.previous!r}; the last accepted delivery is {last or 'none'}"
        yield Problem("F13", f"{told}. {_hint(delivery, last)}")
    elif held and (held.others or delivery.previous not in held.cycles):
        told = f"the delta continues {delivery.previous}, and the target holds {held.told}"
        ways = (
            f"Load {delivery.previous} of {delivery.company} there first, or give the --target that has it."
        )
        yield Problem("F13", f"{told}. {ways} Nothing was changed.")


def _hint(delivery: Delivery, last: str | None) -> str:
    if last is None:
        return f"Receive and load the full delivery of {delivery.company} first."
    if delivery.previous == delivery.cycle or cycle_follows(delivery.previous, last):
        return f"Receive and load {delivery.previous} first, if it is to come."
    return f"Ask {delivery.company} for the changes since {last}."


def cycle_follows(cycle: str, last: str) -> bool:
    """True where `cycle` is a delta that comes after `last`: it has not been accepted yet."""
    return cycle.startswith(DELTA) and (not last.startswith(DELTA) or cycle > last)


def check_encoding(delivery: Delivery, file: DeliveredFile) -> Iterator[Problem]:
    """F01: an encoding other than agreed. A byte order mark more or less is found in the file (F06)."""
    agreed = dialect(file.export, delivery.company).encoding
    if _plain(file.encoding) != _plain(agreed):
        told = f"{MANIFEST} gives {file.name} the encoding {file.encoding!r}, agreed is {agreed!r}"
        yield Problem("F01", f"{told}. Ask {delivery.company} for the file in that encoding.")


def _plain(encoding: str) -> str:
    """One name per encoding, whatever its spelling: `UTF8` and `utf-8-sig` are `utf-8`."""
    try:
        return codecs.lookup(encoding).name.removesuffix("-sig")
    except (LookupError, ValueError):
        return encoding.strip().lower()
