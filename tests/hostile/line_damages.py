"""Damages of files of lines: text, CSV, JSON lines. A table of each kind; a damage of a row is made at three
places."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.hostile.line_file import (
    ASIDE,
    EITHER,
    NOTHING,
    RIGHT,
    Damage,
    Line,
    Lines,
    inserted,
    lines_of,
    pair_of,
    put,
    rewritten,
)
from tests.hostile.pair import Clean, Pair, Row, as_drawn, refusal

SEPARATOR = {"text": b"|", "persons": b"|", "csv semicolon": b";"}
"""Of the others a comma."""

MARK = b"\xef\xbb\xbf"


def _middle(mark: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: raw[: len(raw) // 2] + mark + raw[len(raw) // 2 :]


def _at(change: Callable[[bytes], bytes], fate: str = ASIDE) -> Damage:
    return lambda lines, place: rewritten(lines, place, change, fate)


def _before(raw: bytes) -> Damage:
    return lambda lines, place: inserted(lines, place, raw)


def _cut_in_two(lines: Lines, place: int) -> Lines:
    raw = lines[place].raw
    half = len(raw) // 2
    return put(lines, place, Line(raw[:half], ASIDE), Line(raw[half:], ASIDE))


def _returned(lines: Lines, place: int) -> Lines:
    first, second = _cut_in_two(lines, place)[place : place + 2]
    return put(lines, place, replace(first, end=b"\r"), second)


def _run_together(lines: Lines, place: int) -> Lines:
    other = place + 1 if place + 1 < len(lines) else place - 1
    first, second = sorted((place, other))
    joined = Line(lines[first].raw + lines[second].raw, ASIDE)
    return [*lines[:first], joined, *lines[second + 1 :]]


def _header_again(lines: Lines, place: int) -> Lines:
    return inserted(lines, place, lines[0].raw)


EVERY: dict[str, Damage] = {
    "nul": _at(_middle(b"\0")),
    "three-nuls-at-the-end": _at(lambda raw: raw + b"\0\0\0"),
    "byte-of-no-encoding": _at(_middle(b"\x81")),
    "several-bytes-of-no-encoding": _at(_middle(b"\x81\x8d\x8f")),
    "blank-line": _before(b""),
    "line-of-blanks": _before(b"   "),
    "cut-off-line": _at(lambda raw: raw[: len(raw) // 2]),
    "broken-line": _cut_in_two,
    "lines-run-together": _run_together,
    "end-of-file-sign": _before(b"\x1a"),
    "words-of-a-program": _before(b"-- 63 rows selected --"),
}
"""What may befall a line of any file."""


def _fields(separator: bytes) -> dict[str, Damage]:
    return {
        "separator-more-at-the-end": _at(lambda raw: raw + separator),
        "separator-more-in-front": _at(lambda raw: separator + raw),
        "separator-doubled": _at(lambda raw: raw.replace(separator, separator * 2, 1)),
        "separator-lost": _at(lambda raw: raw.replace(separator, b"", 1)),
        "last-separator-lost": _at(lambda raw: b"".join(raw.rpartition(separator)[::2])),
        "other-separators": _at(lambda raw: raw.replace(separator, b"\t")),
        "header-again": _header_again,
        "total-line": _before(b"TOTAL" + separator + b"63"),
    }


def _field(place: int, change: Callable[[bytes], bytes], separator: bytes) -> Callable[[bytes], bytes]:
    def changed(raw: bytes) -> bytes:
        fields = raw.split(separator)
        fields[place] = change(fields[place])
        return separator.join(fields)

    return changed


def _quotes(separator: bytes) -> dict[str, Damage]:
    """Quotation marks that are not those of RFC 4180."""
    forms: dict[str, Callable[[bytes], bytes]] = {
        "never-closed": lambda text: b'"' + text,
        "opened-at-the-end": lambda text: text + b'"',
        "inside-unquoted": lambda text: text[:1] + b'"' + text[1:],
        "a-word-quoted": lambda text: text + b' "x" y',
        "text-after": lambda text: b'"' + text + b'"x',
        "blank-after": lambda text: b'"' + text + b'" ',
        "blank-before": lambda text: b' "' + text + b'"',
        "inner-not-doubled": lambda text: b'"' + text + b' "x" "',
        "escaped": lambda text: b'"' + text + b' \\"x\\""',
        "three": lambda text: b'"""' + text,
        "two-then-text": lambda text: b'""' + text + b'"',
    }
    damages: dict[str, Damage] = {}
    for name, form in forms.items():
        for column in (0, 2, -1):
            damages[f"quote-{name}-{'last' if column < 0 else column}"] = _at(_field(column, form, separator))
    return damages


def line_pairs(clean: dict[str, Clean]) -> Iterator[Pair]:
    """Damages of rows at the first, a middle and the last row, then damages of whole files."""
    for word in ("text", "persons", "csv", "csv cp1252", "csv semicolon", "csv mark", "documents", "jsonl"):
        yield from _row_pairs(word, clean[word])
        yield from _file_pairs(word, clean[word])


def _row_pairs(word: str, clean: Clean) -> Iterator[Pair]:
    lines = lines_of(clean)
    separator = SEPARATOR.get(word, b",")
    damages = dict(EVERY)
    mark = _at(lambda raw: b"\xef\xbb\xbf" + raw, EITHER if word == "jsonl" else ASIDE)
    damages["mark-inside"] = mark
    if word != "jsonl":
        damages |= _fields(separator)
        is_csv = word not in ("text", "persons")
        if is_csv:  # a carriage return alone ends a record there; in a line of text it is of its field
            damages["carriage-return-inside"] = _returned
    if "csv" in word or word == "documents":
        damages |= _quotes(separator)
        damages |= {"record-over-two-lines": _quoted_over_lines(separator)}
    has_header = word != "jsonl"
    places = {"first": int(has_header), "middle": len(lines) // 2, "last": len(lines) - 1}
    few = word in ("persons", "csv mark", "csv cp1252", "csv semicolon", "documents")
    for name, damage in damages.items():
        for where, place in places.items():
            if few and where != "middle":
                continue
            yield pair_of(f"{word.replace(' ', '-')}-{name}-{where}", clean, damage(lines, place))


def _quoted_over_lines(separator: bytes) -> Damage:
    """A quoted note of several lines, with a quotation mark of its own that is not doubled: nobody can say
    where it ends, so every line of it is set aside."""

    def broken(lines: Lines, place: int) -> Lines:
        fields = lines[place].raw.split(separator)
        start = separator.join([*fields[:-1], b'"said'])
        return put(lines, place, Line(start, ASIDE), Line(b'he "never" came', ASIDE), Line(b'again"', ASIDE))

    return broken


def _file_pairs(word: str, clean: Clean) -> Iterator[Pair]:
    name = word.replace(" ", "-")
    lines = lines_of(clean)
    end = b"\r\n" if b"\r\n" in clean.content else b"\n"
    text = clean.content.decode(clean.entry["encoding"])
    drawn = as_drawn(clean)
    for other, whole in (("lf", b"\n"), ("crlf", b"\r\n")):
        yield pair_of(f"{name}-all-lines-end-{other}", clean, lines, whole)
    yield Pair(f"{name}-all-lines-end-cr", clean, clean.content.replace(end, b"\r"), drawn).allowing(
        "F11", "F04", "F05", "F15"
    )
    mixed = b"".join(line.raw + (b"\n" if place % 2 else b"\r\n") for place, line in enumerate(lines))
    yield Pair(f"{name}-mixed-line-ends", clean, mixed, drawn)
    yield pair_of(f"{name}-no-last-line-end", clean, lines, last=b"")
    yield pair_of(f"{name}-three-blank-lines-at-the-end", clean, [*lines, *[Line(b"", NOTHING)] * 3])
    yield Pair(
        f"{name}-byte-order-mark", clean, b"\xef\xbb\xbf" + clean.content.removeprefix(b"\xef\xbb\xbf"), drawn
    )
    yield (
        refusal(f"{name}-two-byte-order-marks", clean, b"\xef\xbb\xbf" * 2 + clean.content, "F11")
        if word != "jsonl"
        else Pair(
            f"{name}-two-byte-order-marks",
            clean,
            b"\xef\xbb\xbf" * 2 + clean.content,
            {"": {**drawn[""], 1: Row(EITHER, drawn[""][1].cells)}},
        )
    )
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        yield refusal(f"{name}-{encoding}", clean, text.encode(encoding), "F11", "F04", "F01")
    yield refusal(f"{name}-empty", clean, b"", "F11", "F04")
    yield refusal(f"{name}-one-row-lost", clean, _joined(lines[:-1], end), "F04")
    yield refusal(f"{name}-one-row-more", clean, _joined([*lines, lines[-1]], end), "F04")
    yield refusal(f"{name}-half-of-the-rows", clean, _joined(lines[: len(lines) // 2], end), "F04")
    yield refusal(f"{name}-binary", clean, bytes(range(256)) * 40, "F11", "F04")
    if word == "jsonl":
        return
    separator = SEPARATOR.get(word, b",")
    yield from _header_pairs(name, clean, lines, separator, end)


def _header_pairs(name: str, clean: Clean, lines: Lines, separator: bytes, end: bytes) -> Iterator[Pair]:
    """Damages of the header refuse the file: nobody knows what the columns are."""
    head = lines[0].raw
    fields = head.split(separator)
    headers = {
        "renamed": separator.join([b"other", *fields[1:]]),
        "blank": separator.join([b"", *fields[1:]]),
        "twice": separator.join([fields[1], *fields[1:]]),
        "missing": separator.join(fields[1:]),
        "one-more": separator.join([*fields, b"more"]),
        "trailing-separator": head + separator,
        "cut-off": head[: len(head) // 2],
        "other-separator": head.replace(separator, b"\t"),
        "in-capitals": head.swapcase(),
        "nul": head[:3] + b"\0" + head[3:],
        "bad-byte": head[:3] + b"\x81" + head[3:],
    }
    for kind, raw in headers.items():
        yield refusal(f"{name}-header-{kind}", clean, _joined([Line(raw), *lines[1:]], end), "F11")
    yield refusal(f"{name}-no-header", clean, _joined(lines[1:], end), "F11")
    yield refusal(
        f"{name}-words-above-the-header", clean, _joined([Line(b"Sample report"), *lines], end), "F11"
    )
    yield refusal(f"{name}-blank-above-the-header", clean, _joined([Line(b""), *lines], end), "F11")
    plain = [Line(head.removeprefix(MARK)), *lines[1:]]
    swapped = [put_first_last(line, separator) for line in plain]
    yield pair_of(f"{name}-columns-in-another-order", clean, swapped)
    only = [Line(line.raw + (separator if place else b""), ASIDE) for place, line in enumerate(lines)]
    yield pair_of(f"{name}-separator-more-on-every-row", clean, only).allowing("F11", "F05")


def put_first_last(line: Line, separator: bytes) -> Line:
    """The line with its first field at the end."""
    first, _, rest = line.raw.partition(separator)
    return Line(rest + separator + first, line.fate, line.cells)


def _joined(lines: Lines, end: bytes) -> bytes:
    return b"".join(line.raw + end for line in lines)


__all__ = ["EITHER", "RIGHT", "line_pairs"]
