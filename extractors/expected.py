"""Compares the manifest with what was agreed: exports and files (F12), predecessor (F13), encoding."""

import codecs
from collections.abc import Iterator, Sequence

from extractors.delivery import DeliveredFile, Delivery
from extractors.layout import agreed_exports, expected_files, parts_of_file
from extractors.problem import MANIFEST, Problem
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect


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


def check_predecessor(delivery: Delivery, previous_cycles: Sequence[str]) -> Iterator[Problem]:
    """F13: `previous_cycles` are the company's accepted cycles in order; a delta follows the last of them."""
    last = previous_cycles[-1] if previous_cycles else None
    if delivery.is_delta and delivery.previous != last:
        told = f"the delta follows {delivery.previous!r}; the last accepted delivery is {last or 'none'}"
        yield Problem("F13", f"{told}. Ask {delivery.company} for the changes since that one.")


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
