"""Deliveries that are refused as a whole: a company for each rule that refuses."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from resealed import reseal

from samples.defects import blocking

MANIFEST = "delivery.toml"


def _unreadable_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("spec_version = ", encoding="utf-8")


def _another_version(folder: Path) -> None:
    (path,) = folder.glob("*_spg_001.xml")
    reseal(folder, path.name, path.read_bytes().replace(b"0-9-13", b"0-9-99", 1))


def _workbook_with_macro(folder: Path) -> None:
    (path,) = folder.glob("*_staff.xlsx")
    with zipfile.ZipFile(path, "a") as workbook:
        workbook.writestr("xl/vbaProject.bin", b"Sample")
    reseal(folder, path.name, path.read_bytes())


def _export_left_out(folder: Path) -> None:
    (path,) = folder.glob("*_documents.csv")
    path.unlink()
    head, *files = (folder / MANIFEST).read_text("utf-8").split("\n[[file]]")
    kept = [file for file in files if path.name not in file]
    (folder / MANIFEST).write_text("\n[[file]]".join([head, *kept]), encoding="utf-8")


def _endless_manifest(folder: Path) -> None:
    with (folder / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write("# Sample\n" * 300_000)


def _delta_of_nothing(folder: Path) -> None:
    text = (folder / MANIFEST).read_text("utf-8")
    text = text.replace('kind = "full"', 'kind = "delta"')
    text = re.sub(r'previous = ""', 'previous = "day-0"', text)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


REFUSALS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "F01": ("C01", _unreadable_manifest),
    "F02": ("C02", blocking.file_missing),
    "F03": ("C03", blocking.changed_afterwards),
    "F04": ("C05", blocking.fewer_rows),
    "F05": ("C06", blocking.wrong_total),
    "F07": ("C16", blocking.cut_off),
    "F08": ("C17", blocking.wrong_control_count),
    "F09": ("C21", _another_version),
    "F10": ("C08", _workbook_with_macro),
    "F11": ("C09", blocking.column_unknown),
    "F12": ("C11", _export_left_out),
    "F13": ("C12", _delta_of_nothing),
    "F15": ("C13", _endless_manifest),
}
"""Rule to the company whose delivery breaks it, and how."""
