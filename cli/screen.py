"""Text from outside, made fit for a screen: no escape sequence and no hidden character in what is printed."""

import re

_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters but tab and line end, those of terminals among them (ESC, CSI), signs that turn the
direction of writing, and halves of a character."""


def visible(text: str) -> str:
    r"""`text` with each of them as its escape, such as `\x1b`; a carriage return too, it would write over."""
    return _NOT_SHOWN.sub(lambda found: _escaped(ord(found[0])), text)


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
