"""Changes a file at random, from a seed: bytes turned, taken out, put in, doubled, swapped; words that hurt
readers."""

import io
import random
import zipfile
from collections.abc import Callable

WORDS = (
    b"\0", b'"', b'""', b"'", b"|", b",", b";", b"\r", b"\n", b"\r\n", b"\xff", b"\xc3", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"<", b">", b"&", b"&#0;", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE a>",
    b"<SPGMessage>", b"</SPGMessage>", b"{", b"}", b"[", b"]", b":", b"\\", b"\\u0000", b"\\ud800", b"NaN",
    b"1e999", b"-", b"0",
    b"9" * 400, b"true", b"null", b"=", b't="e"', b't="s"', b'r="XFD1048576"', b'r="A0"', b"<v>", b"</row>",
    b"<f>", b"[[", b"\x1a", b"\xa0", "\u2028".encode(), "\u0130".encode(), b"sep=,", b"[[file]]", b"= 1e99",
    b"2021-06-25",
)  # fmt: skip


def mutated(content: bytes, seed: int) -> bytes:
    """`content` with one to six changes."""
    drawn = random.Random(seed)
    for _ in range(drawn.randint(1, 6)):
        content = drawn.choice(CHANGES)(content, drawn)
    return content


def mutated_workbook(content: bytes, seed: int) -> bytes:
    """A workbook of which the archive is changed, or, mostly, one part in it."""
    drawn = random.Random(seed)
    if drawn.random() < 0.2:
        return mutated(content, seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = drawn.choice([name for name in parts if "theme" not in name])
    parts[name] = mutated(parts[name], seed)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


Change = Callable[[bytes, random.Random], bytes]


def _span(content: bytes, drawn: random.Random, most: int = 60) -> tuple[int, int]:
    start = drawn.randrange(len(content) + 1)
    return start, min(len(content), start + drawn.randint(1, most))


def _turned(content: bytes, drawn: random.Random) -> bytes:
    start, end = _span(content, drawn, 1)
    return content[:start] + bytes([drawn.randrange(256)]) + content[end:]


def _taken_out(content: bytes, drawn: random.Random) -> bytes:
    start, end = _span(content, drawn)
    return content[:start] + content[end:]


def _put_in(content: bytes, drawn: random.Random) -> bytes:
    start, _ = _span(content, drawn)
    return content[:start] + drawn.choice(WORDS) * drawn.choice((1, 1, 1, 2, 50)) + content[start:]


def _doubled(content: bytes, drawn: random.Random) -> bytes:
    start, end = _span(content, drawn, 400)
    return content[:end] + content[start:end] + content[end:]


def _swapped(content: bytes, drawn: random.Random) -> bytes:
    first, second = sorted(_span(content, drawn)[0] for _ in range(2))
    return (
        content[second:] + content[first:second] + content[:first]
        if drawn.random() < 0.1
        else (
            content[:first] + content[first:second][::-1] + content[second:]
            if second - first < 50
            else content
        )
    )


def _cut_off(content: bytes, drawn: random.Random) -> bytes:
    return content[: drawn.randrange(len(content) + 1)] if drawn.random() < 0.3 else content


CHANGES: tuple[Change, ...] = (_turned, _taken_out, _put_in, _put_in, _doubled, _swapped, _cut_off)
