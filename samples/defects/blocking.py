"""Damage that refuses the whole delivery, done to a folder that has been written already."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Broken = tuple[str, str, str]
"""Export, file and rule of the finding; export and file are blank for the delivery as a whole."""
HUGE = 300 * 1024 * 1024


def _first(folder: Path, *patterns: str) -> Path | None:
    """The first file that fits the first pattern that fits any."""
    for pattern in patterns:
        found = sorted(folder.glob(pattern))
        if found:
            return found[0]
    return None


def _manifest(folder: Path) -> Path:
    return folder / "delivery.toml"


def _export(file: Path) -> str:
    """The export a file belongs to: what follows the company in its name."""
    rest = file.stem.partition("_")[2]
    return "justice_star" if rest.startswith("justice_star") else rest.partition("_")[0]


def _edit_manifest(folder: Path, change: Callable[[str], str]) -> None:
    path = _manifest(folder)
    path.write_bytes(change(path.read_bytes().decode()).encode())


def _reseal(folder: Path, file: Path) -> None:
    """Make size and hash in the manifest agree with a file that was changed."""
    content = file.read_bytes()

    def change(text: str) -> str:
        head, name, tail = text.partition(f'name = "{file.name}"')
        tail = re.sub(r"bytes = \d+", f"bytes = {len(content)}", tail, count=1)
        digest = hashlib.sha256(content).hexdigest()
        return head + name + re.sub(r'sha256 = "\w+"', f'sha256 = "{digest}"', tail, count=1)

    _edit_manifest(folder, change)


def _in_manifest(folder: Path, file: Path, pattern: str) -> None:
    """Raise by one the first number after `pattern` in the entry of `file`."""

    def change(text: str) -> str:
        head, name, tail = text.partition(f'name = "{file.name}"')
        raised = re.sub(
            rf"({pattern} = )(\d+)", lambda match: f"{match[1]}{int(match[2]) + 1}", tail, count=1
        )
        return head + name + raised

    _edit_manifest(folder, change)


def fewer_rows(folder: Path) -> Broken | None:
    """D01: the manifest counts one row more than the file has."""
    file = _first(folder, "*_delius_CONTACT.txt", "*_documents.csv")
    if file is None:
        return None
    _in_manifest(folder, file, "rows")
    return _export(file), file.name, "F04"


def changed_afterwards(folder: Path) -> Broken | None:
    """D02: the file was changed after the manifest was written; its size is the same."""
    file = _first(folder, "*_delius_CONTACT.txt", "*_documents.csv")
    if file is None:
        return None
    file.write_bytes(file.read_bytes().replace(b"ample", b"imple", 1))
    return _export(file), file.name, "F03"


def wrong_total(folder: Path) -> Broken | None:
    """D03: a control total differs."""
    file = _first(folder, "*_delius_UPW_DETAILS.txt", "*_spg_001.xml")
    if file is None:
        return None
    _in_manifest(folder, file, "upw_minutes_ordered")
    return _export(file), file.name, "F05"


def _interchange(folder: Path, change: Callable[[bytes], bytes], rule: str) -> Broken | None:
    file = _first(folder, "*_spg_001.xml")
    if file is None:
        return None
    file.write_bytes(change(file.read_bytes()))
    _reseal(folder, file)
    return "spg", file.name, rule


def wrong_control_count(folder: Path) -> Broken | None:
    """D04."""
    return _interchange(
        folder, lambda text: re.sub(rb"(ControlCount>)\d+", rb"\g<1>999999", text, count=1), "F08"
    )


def cut_off(folder: Path) -> Broken | None:
    """D05: the XML ends in the middle."""
    return _interchange(folder, lambda text: text[: len(text) // 2], "F07")


def entity_expansion(folder: Path) -> Broken | None:
    """D06: entities of a document type that would expand to a billion words."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    kind = b'<!DOCTYPE SPGInterchange [<!ENTITY l0 "zz">' + laughs + b"]>"

    def change(text: bytes) -> bytes:
        declaration, end, rest = text.partition(b"?>")
        return declaration + end + kind + rest.replace(b">SPG<", b">&l9;<", 1)

    return _interchange(folder, change, "F07")


def huge_workbook(folder: Path) -> Broken | None:
    """D07: a workbook that unpacks to 300 MB."""
    file = _first(folder, "*_upw.xlsx", "*_staff.xlsx")
    if file is None:
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry.filename))
        with target.open(zipfile.ZipInfo("xl/media/filler.bin", (2021, 6, 25, 18, 0, 0)), "w") as filler:
            for _ in range(HUGE // 2**20):
                filler.write(bytes(2**20))
    file.write_bytes(out.getvalue())
    _reseal(folder, file)
    return _export(file), file.name, "F10"


def _header(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> Broken | None:
    """Change the header words of a text table or CSV file."""
    file = _first(folder, "*_delius_ALIAS.txt", "*_upw_projects.csv", "*_documents.csv")
    if file is None:
        return None
    separator = (
        b"|" if file.suffix == ".txt" else b";" if b";" in file.read_bytes().split(b"\r\n")[0] else b","
    )
    header, end, rest = file.read_bytes().partition(b"\r\n")
    file.write_bytes(separator.join(change(header.split(separator))) + end + rest)
    _reseal(folder, file)
    return _export(file), file.name, "F11"


def header_word_twice(folder: Path) -> Broken | None:
    """D08: the last header word repeats the first."""
    return _header(folder, lambda words: [*words[:-1], words[0]])


def column_unknown(folder: Path) -> Broken | None:
    """D09: a column has another name: one is missing, one is unknown."""
    return _header(folder, lambda words: [words[0], b"SAMPLE_COLUMN", *words[2:]])


def file_missing(folder: Path) -> Broken | None:
    """D10: a file that the manifest names is not there."""
    file = _first(folder, "*_documents.csv")
    if file is None:
        return None
    file.unlink()
    return "documents", file.name, "F02"


BLOCKING: dict[str, Callable[[Path], Broken | None]] = {
    "D01": fewer_rows,
    "D02": changed_afterwards,
    "D03": wrong_total,
    "D04": wrong_control_count,
    "D05": cut_off,
    "D06": entity_expansion,
    "D07": huge_workbook,
    "D08": header_word_twice,
    "D09": column_unknown,
    "D10": file_missing,
}
"""Defect to what does it; None where the company delivers no such file."""
