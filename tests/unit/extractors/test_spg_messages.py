"""Messages as rows: words by path, blank and missing kept apart, numbers of the messages as row numbers."""

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from written_files import source

from extractors.problem import Problem
from extractors.readers.source import Chunk
from extractors.spg import messages
from extractors.spg.envelope import NAMESPACE

MESSAGE = """<SPGMessage{change}>
 <SPGMessageHeader><MessageType>INS</MessageType><MessageVersionNumber>0-9-13</MessageVersionNumber>
  <MessageReferenceNumber>{number}</MessageReferenceNumber></SPGMessageHeader>
 <Address><AddressDetails>
  <Offender><CaseReferenceNumber/><LocalReference>OM-1</LocalReference></Offender>
  <SPGVersion><SPGVersion>00</SPGVersion></SPGVersion>
  <OffenderAddress><LocalRecordReference>AD-{number}</LocalRecordReference><!-- a comment -->
   <StreetName> Sample<!-- another --> &amp; Street </StreetName><County></County></OffenderAddress>
 </AddressDetails></Address>
 <SPGMessageTrailer><MessageReferenceNumber>{number}</MessageReferenceNumber></SPGMessageTrailer>
</SPGMessage>"""


def interchange(count: int, company: str = "C17", change: str = "") -> str:
    ends = f"<SenderIdentity>{company}</SenderIdentity><ReceiverIdentity>N00</ReceiverIdentity>"
    control = f"<SenderControlReference>1</SenderControlReference>{ends}"
    body = "".join(MESSAGE.format(number=number, change=change) for number in range(1, count + 1))
    return (
        f'<SPGInterchange xmlns="{NAMESPACE}" SchemaVersion="0-9-13">'
        f"<SPGInterchangeHeader>{control}</SPGInterchangeHeader>{body}"
        f"<SPGInterchangeTrailer>{control}<ControlCount>{count}</ControlCount></SPGInterchangeTrailer></SPGInterchange>"
    )


def prefixed(xml: str) -> str:
    """The same interchange with the prefix `spg:` on every element."""
    return (
        xml.replace("</", "</spg:")
        .replace("<", "<spg:")
        .replace("<spg:/", "</")
        .replace("<spg:!--", "<!--")
        .replace("xmlns=", "xmlns:spg=")
    )


def read(
    tmp_path: Path, xml: str, company: str = "C17", *, is_delta: bool = False
) -> tuple[pl.DataFrame, list[Problem]]:
    found = source(tmp_path / f"{company}_spg_001.xml", company, "spg", is_delta=is_delta)
    found.path.write_text(xml, encoding="utf-8")
    pieces = list(messages.read(found))
    frame = pl.concat([piece.frame for piece in pieces if isinstance(piece, Chunk)])
    return frame, [piece for piece in pieces if isinstance(piece, Problem)]


def declared(xml: str) -> str:
    return "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n" + xml


def spread(xml: str) -> str:
    """Every element on a line of its own, as another program would have laid it out."""
    return xml.replace("><", ">\r\n\t<")


def in_one_line(xml: str) -> str:
    return re.sub(r">\s+<", "><", xml)


def annotated(xml: str) -> str:
    """Comments and an instruction between the messages."""
    return xml.replace("<SPGMessage>", "<!-- next --><?hint none?><SPGMessage>")


def turned(xml: str) -> str:
    """Attributes in another order and other quotes."""
    return xml.replace(
        f'xmlns="{NAMESPACE}" SchemaVersion="0-9-13"', f"SchemaVersion='0-9-13' xmlns='{NAMESPACE}'"
    )


def by_number(xml: str) -> str:
    """A character as its number, and a value as a marked section."""
    return xml.replace("OM-1", "&#79;M-1").replace(">INS<", "><![CDATA[INS]]><")


def closed_by_name(xml: str) -> str:
    return xml.replace("<CaseReferenceNumber/>", "<CaseReferenceNumber></CaseReferenceNumber>")


FORMS = [str, prefixed, declared, spread, in_one_line, annotated, turned, by_number, closed_by_name]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_message_is_a_row(tmp_path: Path, form: Callable[[str], str]) -> None:
    frame, problems = read(tmp_path, form(interchange(2)))
    assert problems == []
    assert frame.select("source_row", "row_number", "message_type", "person_ref", "local_ref").rows() == [
        ("1", 1, "INS", "OM-1", "AD-1"),
        ("2", 2, "INS", "OM-1", "AD-2"),
    ]


def test_values_are_untouched(tmp_path: Path) -> None:
    assert read(tmp_path, interchange(1))[0]["street"].item() == " Sample & Street "


def test_an_empty_element_is_blank_and_a_missing_one_null(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, interchange(1))
    assert frame.select("crn", "county", "town").row(0) == ("", "", None)


def test_a_delta_says_what_changed(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, interchange(1, change=' change="D"'), is_delta=True)
    assert frame["change"].item() == "D"


def test_rows_are_given_away_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "ROWS_AT_A_TIME", 2)
    frame, problems = read(tmp_path, interchange(5))
    assert frame["local_ref"].to_list() == ["AD-1", "AD-2", "AD-3", "AD-4", "AD-5"]
    assert problems == []
