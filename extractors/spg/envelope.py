"""What surrounds the messages: header, trailer and numbering (F08), version and identities (F09)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vocabulary.companies import BASELINE_COMPANY

NAMESPACE = "http://www.justice.gsi.gov.uk/SPG/"
SCHEMA_VERSION = "0-9-13"
"""Version of the public message shape (BR42)."""

RECEIVER = BASELINE_COMPANY
"""Messages go to nDelius, whose code is that of the baseline."""

REPEATED = ("SenderControlReference", "SenderIdentity", "ReceiverIdentity")
"""Fields of the interchange header that the trailer repeats."""


@dataclass
class Envelope:
    """Collected while the messages go by. `misnumbered` counts messages with a wrong number."""

    root_tag: str = ""
    schema_version: str = ""
    header: dict[str, str] = field(default_factory=dict)
    trailer: dict[str, str] = field(default_factory=dict)
    messages: int = 0
    misnumbered: int = 0

    def count(self, header_number: str | None, trailer_number: str | None) -> None:
        """Counts a message and compares its two numbers with its place: 1, 2, 3 ..."""
        self.messages += 1
        if header_number != str(self.messages) or trailer_number != header_number:
            self.misnumbered += 1

    def control_complaints(self) -> Iterator[str]:
        """What F08 finds wrong."""
        for name in REPEATED:
            if not self.header.get(name) or self.header.get(name) != self.trailer.get(name):
                yield f"{name} is not the same in interchange header and trailer"
        if self.trailer.get("ControlCount") != str(self.messages):
            stated = self.trailer.get("ControlCount", "missing")
            yield f"ControlCount is {stated}, but {self.messages} messages are there"
        if self.misnumbered:
            yield f"{self.misnumbered} messages are not numbered 1, 2, 3 ... alike in header and trailer"

    def identity_complaints(self, company: str) -> Iterator[str]:
        """What F09 finds wrong."""
        if self.root_tag != f"{{{NAMESPACE}}}SPGInterchange":
            yield f"the root element is not SPGInterchange of {NAMESPACE}"
        if self.schema_version != SCHEMA_VERSION:
            yield f"SchemaVersion is not {SCHEMA_VERSION}"
        if self.header.get("SenderIdentity") != company:
            yield f"SenderIdentity is not {company}"
        if self.header.get("ReceiverIdentity") != RECEIVER:
            yield f"ReceiverIdentity is not {RECEIVER}"
