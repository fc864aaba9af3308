"""Messages as rows: words by path, blank and missing kept apart, numbers of the messages as row numbers."""

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


@pytest.mark.parametrize("form", [str, prefixed])
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
