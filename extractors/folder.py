"""Compares the folder with the manifest: names (F02), sizes and checksums (F03)."""

from collections.abc import Iterator

from extractors.delivery import DeliveredFile, Delivery
from extractors.problem import MANIFEST, Problem
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.file_hash import file_hash

REFERENCE = "reference"
"""A folder of the client's reference tables that the baseline may bring; its manifest does not name it."""


def check_names(delivery: Delivery) -> Iterator[Problem]:
    """F02, both ways: a file missing from the folder, and anything in it that the manifest does not name."""
    named = {file.name: file for file in delivery.files}
    for file in delivery.files:
        if not is_there(delivery, file):
            told = f"{file.name} is named in {MANIFEST} but is not in {delivery.folder} as a plain file."
            yield Problem("F02", f"{told} Ask {delivery.company} for it.", file.name, file.export)
    for path in sorted(delivery.folder.iterdir()):
        is_reference = delivery.company == BASELINE_COMPANY and path.name == REFERENCE and path.is_dir()
        if path.name not in named and path.name != MANIFEST and not is_reference:
            told = f"{path.name} is in {delivery.folder} but {MANIFEST} does not name it."
            yield Problem("F02", f"{told} Ask {delivery.company} whether it belongs there.", path.name)


def is_there(delivery: Delivery, file: DeliveredFile) -> bool:
    """True for a file in the folder itself; a link could lead anywhere."""
    path = delivery.path(file)
    return path.is_file() and not path.is_symlink()


def check_bytes(delivery: Delivery, file: DeliveredFile) -> Iterator[Problem]:
    """F03: the file is, byte for byte, what the manifest was written for."""
    path = delivery.path(file)
    size = path.stat().st_size
    told = ""
    if size != file.bytes:
        told = f"has {size} bytes, {file.bytes} in {MANIFEST}"
    elif file_hash(path) != file.sha256:
        told = f"has another SHA-256 than {MANIFEST} states: it was changed afterwards"
    if told:
        message = f"{file.name} {told}. Ask {delivery.company} for the file and manifest of one extract."
        yield Problem("F03", message, file.name, file.export)
