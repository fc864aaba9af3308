"""Reads written samples back with csv and lxml alone, apart from the writers."""

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

from lxml import etree

Row = dict[str, str]
SPG = "{http://www.justice.gsi.gov.uk/SPG/}"


def table(folder: Path, name: str) -> list[Row]:
    """A table of a provider extract or of the baseline."""
    path = next(folder.glob(f"*_delius_{name}.txt"))
    lines = path.read_bytes().decode("cp1252").split("\r\n")[:-1]
    header = lines[0].split("|")
    return [dict(zip(header, line.split("|"), strict=True)) for line in lines[1:]]


def csv_rows(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[Row]:
    """The records of a CSV file."""
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def manifest(folder: Path) -> dict[str, Any]:
    """delivery.toml."""
    return tomllib.loads((folder / "delivery.toml").read_text("utf-8"))


def messages(path: Path) -> list[Row]:
    """The messages of an interchange: element name to text, and `record`."""
    root = etree.fromstring(path.read_bytes())
    return [_message(node) for node in root.iter(f"{SPG}SPGMessage")]


def _message(node: etree._Element) -> Row:
    texts = {etree.QName(leaf).localname: leaf.text or "" for leaf in node.iter() if len(leaf) == 0}
    return texts | {"record": etree.QName(node[1]).localname}


def expected(out: Path) -> list[Row]:
    """expected_findings.csv."""
    return csv_rows(out / "expected_findings.csv")
