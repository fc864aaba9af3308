"""Leaves one person, or one row, out of a clean delivery; the manifest states what is there then."""

from collections.abc import Callable
from pathlib import Path

from lxml import etree
from resealed import BREAK, NAMESPACE, messages, sign

Keep = Callable[[dict[str, str]], bool]


def keep_rows(path: Path, keep: Keep) -> list[dict[str, str]]:
    """Keeps the rows of a text file that `keep` says yes to; gives the others."""
    header, *rows = path.read_bytes().split(BREAK)[:-1]
    words = header.decode("cp1252").split("|")
    parsed = [dict(zip(words, row.decode("cp1252").split("|"), strict=True)) for row in rows]
    kept = [row for row, cells in zip(rows, parsed, strict=True) if keep(cells)]
    path.write_bytes(BREAK.join([header, *kept, b""]))
    return [cells for cells in parsed if not keep(cells)]


def leave_out_person(folder: Path, company: str, person: str) -> int:
    """Takes every row of a person out of the text files of the extract: the number of rows taken out."""
    files = sorted(folder.glob(f"{company}_delius_*.txt"))
    gone = {("OFFENDER_ID", person)}
    out = 0

    def is_kept(row: dict[str, str]) -> bool:
        return not gone & set(row.items())

    for _ in range(2):  # a manager stands in a file that may come before that of what it manages
        for path in files:
            taken = keep_rows(path, is_kept)
            gone.update(next(iter(row.items())) for row in taken)
            out += len(taken)
    sign(folder)
    return out


def persons_with_rows(folder: Path, company: str) -> list[str]:
    """The live, unrestricted persons of an extract: OFFENDER_ID of whom the company manages."""
    found: list[str] = []
    for row in rows_of_file(folder / f"{company}_delius_OFFENDER_MANAGER.txt"):
        if (row["PROBATION_AREA_CODE"], row["ACTIVE_FLAG"], row["SOFT_DELETED"]) == (company, "1", "0"):
            found.append(row["OFFENDER_ID"])
    return found


def rows_of_file(path: Path) -> list[dict[str, str]]:
    """The rows of a text file."""
    header, *rows = path.read_bytes().decode("cp1252").split("\r\n")[:-1]
    return [dict(zip(header.split("|"), row.split("|"), strict=True)) for row in rows]


def leave_out_messages(folder: Path, number: int) -> tuple[str, int]:
    """Takes all messages of a known person who has about `number` of them out of the interchange.

    Gives the person's key in nDelius and how many messages were taken out.
    """
    (path,) = folder.glob("*_spg_*.xml")
    root = etree.fromstring(path.read_bytes())
    by_ref: dict[str, list[etree._Element]] = {}
    keys: dict[str, str] = {}
    for node in messages(root):
        ref = node.findtext(f".//{NAMESPACE}LocalReference")
        by_ref.setdefault(ref, []).append(node)
        key = node.findtext(f"{NAMESPACE}OffenderProfile//{NAMESPACE}OffenderID")
        if key and key.strip("0"):
            keys[ref] = key
    ref = min(keys, key=lambda one: (abs(len(by_ref[one]) - number), keys[one]))
    for node in by_ref[ref]:
        root.remove(node)
    number_anew(root)
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    sign(folder)
    return keys[ref], len(by_ref[ref])


def number_anew(root: etree._Element) -> None:
    """Messages are numbered 1, 2, 3 ... in header and trailer, and counted at the end."""
    kept = messages(root)
    for number, node in enumerate(kept, start=1):
        for place in node.iter(f"{NAMESPACE}MessageReferenceNumber"):
            place.text = str(number)
    for count in root.iter(f"{NAMESPACE}ControlCount"):
        count.text = str(len(kept))
