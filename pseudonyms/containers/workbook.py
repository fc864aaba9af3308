"""Workbooks: sheet by sheet. What else an archive holds (authors, comments, pictures) is left out.

Names of parts that make a workbook refused (macros, links to others) stay, without what is in them; a
workbook that cannot be opened, or only at a risk, becomes as many bytes that cannot be opened either (F10).
"""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from extractors.readers.odd_cells import sheet_parts
from extractors.readers.sheet_survey import SurveyError, check_well_formed, survey
from extractors.readers.source import Source
from extractors.readers.workbook import DATE_1904, SHARED
from extractors.readers.zip_bounds import LINK_PARTS, MACRO_PARTS, fits
from pseudonyms.columns import Treatments
from pseudonyms.containers.header import columns_of
from pseudonyms.containers.sheets import ROOT, Sheet, Texts, shared_texts, shared_xml
from vocabulary.errors import DeliveryError

BOOK = "xl/workbook.xml"
AS_THEY_ARE = ("xl/styles.xml", "xl/theme/")
CONTENT = "[Content_Types].xml"
STAMP = (1980, 1, 1, 0, 0, 0)
KEPT_OF_BOOK = ("workbookPr", "bookViews", "sheets", "sheet", "workbookView", "calcPr")
BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    KeyError, SyntaxError, SurveyError, expat.ExpatError,
)  # fmt: skip
"""What a workbook raises that is none, or none that could be copied safely."""


def write_workbook(source: Source, treatments: Treatments, target: Path) -> None:
    """Writes the copy of a workbook to `target`.

    Raises:
        DeliveryError: a sheet or column was not agreed.
    """
    places = _places(source)
    if places is None:
        size = source.path.stat().st_size
        target.write_bytes(treatments.secret.stream("workbook", source.path.name, size))
        return
    with zipfile.ZipFile(source.path) as archive, zipfile.ZipFile(target, "w") as made:
        parts = _parts(archive, places, source, treatments)
        for member in archive.infolist():
            if (content := parts.get(member.filename)) is not None:
                entry = zipfile.ZipInfo(member.filename, STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, content)


def _places(source: Source) -> dict[str, str] | None:
    """Name and part of each sheet; None where the workbook cannot be opened, or only at a risk."""
    bounds = source.limits.of("xlsx")
    try:
        with zipfile.ZipFile(source.path) as archive:
            if not fits(archive, min(bounds["unpacked_bytes"], bounds["times"] * source.path.stat().st_size)):
                return None
            places = dict(sheet_parts(archive))
            for part in places.values():
                survey(archive, part, bounds)
                if not ROOT.search(_text(archive, part)):
                    return None
            if SHARED in archive.namelist():
                check_well_formed(archive, SHARED)
    except BROKEN:
        return None
    return places


def _parts(
    archive: zipfile.ZipFile, places: dict[str, str], source: Source, treatments: Treatments
) -> dict[str, bytes]:
    """Name to content of each part of the copy."""
    names = archive.namelist()
    texts = Texts(shared_texts(_text(archive, SHARED)) if SHARED in names else [])
    system = "1904" if DATE_1904.search(archive.read(BOOK)) else "1900"
    made = {
        part: _sheet(archive, name, part, Sheet(treatments, texts, system, source.dialect.header_row), source)
        for name, part in places.items()
    }
    if SHARED in names:
        made[SHARED] = shared_xml(texts).encode()
    refused = {name: b"" for name in names if MACRO_PARTS.search(name) or LINK_PARTS.search(name)}
    looks = {name: archive.read(name) for name in names if name.startswith(AS_THEY_ARE)}
    made |= refused | looks | {BOOK: _book(archive.read(BOOK))}
    for name in names:
        if name == CONTENT or name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
            made[name] = _links(archive.read(name), made.keys() - {name})
    return made


def _sheet(archive: zipfile.ZipFile, name: str, part: str, sheet: Sheet, source: Source) -> bytes:
    xml = _text(archive, part)
    header = sheet.header(xml)
    agreed = next((one for one in source.parts if one.delivered_as == name), None)
    if agreed is None and header:
        raise DeliveryError(
            f"{source.path}: it has a sheet that nobody agreed to. What is in it nobody has said, so nothing "
            f"was pseudonymised. Take it out."
        )
    if agreed:
        places = sorted(header)
        columns = columns_of([header[place] for place in places], source, agreed, sheet.treatments)
        sheet.columns = dict(zip(places, columns.names, strict=True))
    return sheet.copied(xml).encode("utf-8", "surrogateescape")


def _book(xml: bytes) -> bytes:
    """workbook.xml with its sheets alone: names of ranges and of whoever saved it are left out."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    for element in list(root):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in KEPT_OF_BOOK:
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _links(xml: bytes, names: "set[str]") -> bytes:
    """A list of parts without those that are left out."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    for element in list(root):
        told = element.get("PartName") or element.get("Target")
        if told and not any(name.endswith(told.lstrip("./")) for name in names):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode("utf-8", "surrogateescape")
