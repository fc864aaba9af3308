"""Damages of an object in JSON lines, drawn as a table: what is written in the place of `"ogrs3_1": 21` or
of a text."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.line_file import ASIDE, EITHER, RIGHT, Line, lines_of, pair_of, put
from tests.hostile.pair import Clean, Pair, refusal

TEXT, NUMBER = "assessor_name", "ogrs3_1"

VALUES: dict[str, tuple[str, str, str, str | None]] = {
    # case: member, what is written, fate, the text that is right where the row is loaded
    "nan": (NUMBER, "NaN", ASIDE, None),
    "infinity": (NUMBER, "Infinity", ASIDE, None),
    "minus-infinity": (NUMBER, "-Infinity", ASIDE, None),
    "nan-in-a-text": (TEXT, "NaN", ASIDE, None),
    "number-as-text": (NUMBER, '"21"', EITHER, '"21"'),
    "text-of-blanks-for-a-number": (NUMBER, '"  "', EITHER, "  "),
    "number-in-a-text": (TEXT, "7", EITHER, "7"),
    "true-in-a-text": (TEXT, "true", EITHER, "true"),
    "true-for-a-number": (NUMBER, "true", EITHER, "true"),
    "null": (TEXT, "null", RIGHT, None),
    "object-in-a-text": (TEXT, '{"name": "x"}', ASIDE, None),
    "list-in-a-text": (TEXT, '["x"]', ASIDE, None),
    "object-for-a-number": (NUMBER, '{"n": 21}', ASIDE, None),
    "leading-zero": (NUMBER, "021", ASIDE, None),
    "plus": (NUMBER, "+21", ASIDE, None),
    "hexadecimal": (NUMBER, "0x15", ASIDE, None),
    "point-without-digits": (NUMBER, "21.", ASIDE, None),
    "exponent": (NUMBER, "2.1e1", RIGHT, "2.1e1"),
    "out-of-range": (NUMBER, "1e400", RIGHT, "1e400"),
    "five-thousand-digits": (NUMBER, "1" * 5000, EITHER, "1" * 5000),
    "minus-zero": (NUMBER, "-0", RIGHT, "-0"),
    "single-quotes": (TEXT, "'x'", ASIDE, None),
    "no-quotes": (TEXT, "x", ASIDE, None),
    "never-closed": (TEXT, '"x', ASIDE, None),
    "inner-quotes": (TEXT, '"a "b" c"', ASIDE, None),
    "escaped-quotes": (TEXT, r'"a \"b\" c"', RIGHT, 'a "b" c'),
    "unknown-escape": (TEXT, r'"a\qb"', ASIDE, None),
    "backslash-at-the-end": (TEXT, '"a\\"', ASIDE, None),
    "half-an-escape": (TEXT, r'"a\u00"', ASIDE, None),
    "nul-escaped": (TEXT, r'"a\u0000b"', ASIDE, None),
    "backslash-before-u0000": (TEXT, r'"a\\u0000b"', EITHER, r"a\u0000b"),
    "high-surrogate-alone": (TEXT, r'"a\ud83d"', ASIDE, None),
    "low-surrogate-alone": (TEXT, r'"a\ude00b"', ASIDE, None),
    "surrogates-the-wrong-way": (TEXT, r'"a\ude00\ud83d"', ASIDE, None),
    "surrogates": (TEXT, r'"a\ud83d\ude00"', RIGHT, "a\U0001f600"),
    "tab-raw": (TEXT, '"a\tb"', ASIDE, None),
    "bell-raw": (TEXT, '"a\ab"', ASIDE, None),
    "line-separator": (TEXT, '"a\u2028b"', RIGHT, "a\u2028b"),
    "next-line": (TEXT, '"a\u0085b"', RIGHT, "a\u0085b"),
    "long-text": (TEXT, '"' + "x" * 200_000 + '"', RIGHT, "x" * 200_000),
    "comment": (TEXT, '"x" /* said */', ASIDE, None),
    "nothing": (TEXT, "", ASIDE, None),
    "undefined": (TEXT, "undefined", ASIDE, None),
    "deep-100": (TEXT, "[" * 100 + "]" * 100, ASIDE, None),
    "deep-900": (TEXT, "[" * 900 + "]" * 900, ASIDE, None),
    "deep-5000": (TEXT, "[" * 5000 + "]" * 5000, ASIDE, None),
    "deep-200000": (TEXT, '{"a":' * 200_000, ASIDE, None),
}

Change = Callable[[str], str]

OBJECTS: dict[str, tuple[Change, str]] = {
    # case: what becomes of the line, fate
    "member-twice": (lambda text: text.replace("{", '{"crn": "X500001", ', 1), ASIDE),
    "member-twice-alike": (lambda text: text.replace("{", '{"type": "REVIEW", ', 1), ASIDE),
    "member-twice-escaped": (lambda text: text.replace("{", r'{"\u0063rn": "X500001", ', 1), ASIDE),
    "member-of-a-list-twice": (lambda text: text.replace('{"area"', '{"area": "ACC", "area"', 1), ASIDE),
    "list-twice": (lambda text: text.replace("{", '{"needs": [], ', 1), ASIDE),
    "trailing-comma": (lambda text: text[:-1] + ",}", ASIDE),
    "comma-lost": (lambda text: text.replace(", ", " ", 1), ASIDE),
    "colon-lost": (lambda text: text.replace(": ", " ", 1), ASIDE),
    "closing-brace-lost": (lambda text: text[:-1], ASIDE),
    "closing-brace-twice": (lambda text: text + "}", ASIDE),
    "comma-after": (lambda text: text + ",", ASIDE),
    "in-a-list": (lambda text: f"[{text}]", ASIDE),
    "as-a-text": (json.dumps, ASIDE),
    "null-line": (lambda _: "null", ASIDE),
    "number-line": (lambda _: "7", ASIDE),
    "empty-object": (lambda _: "{}", EITHER),
    "object-twice": (lambda text: text + text, ASIDE),
    "blanks-around": (lambda text: f"  {text}\t ", RIGHT),
    "blanks-between": (lambda text: text.replace(": ", " :  "), RIGHT),
    "other-order": (lambda text: json.dumps(dict(reversed(json.loads(text).items()))), RIGHT),
    "escaped-throughout": (lambda text: json.dumps(json.loads(text), ensure_ascii=True), RIGHT),
    "needs-no-list": (lambda text: _with(text, needs="x"), EITHER),
    "needs-of-texts": (lambda text: _with(text, needs=["x", "y"]), EITHER),
    "needs-null": (lambda text: _with(text, needs=None), EITHER),
}

UNKNOWN: dict[str, Change] = {
    "member": lambda text: text.replace("{", '{"nickname": "x", ', 1),
    "member-in-capitals": lambda text: text.replace('"crn"', '"CRN"', 1),
    "member-of-a-list": lambda text: text.replace('{"area"', '{"more": 1, "area"', 1),
    "member-without-name": lambda text: text.replace("{", '{"": 1, ', 1),
}


def json_pairs(clean: Clean) -> Iterator[Pair]:
    """Each damage in a line of the middle."""
    lines = lines_of(clean)
    place = len(lines) // 2
    text = lines[place].raw.decode()
    whole = lines[place].cells or {}
    for case, (member, written, fate, right) in VALUES.items():
        changed = text.replace(
            f'"{member}": {json.dumps(json.loads(text)[member])}', f'"{member}": {written}', 1
        )
        assert changed != text or case == "null", case
        cells: Mapping[str, Any] = {**whole, member: right}
        line = Line(changed.encode("utf-8", "surrogatepass"), fate, cells)
        yield pair_of(f"jsonl-{case}", clean, put(lines, place, line))
    for case, (change, fate) in OBJECTS.items():
        yield pair_of(
            f"jsonl-{case}", clean, put(lines, place, Line(change(text).encode(), fate, _read(whole, case)))
        )
    for case, unknown in UNKNOWN.items():
        damaged = put(lines, place, Line(unknown(text).encode()))
        yield refusal(f"jsonl-unknown-{case}", clean, pair_of("", clean, damaged).damaged, "F11")
    spread = json.dumps(json.loads(text), indent=2).encode().split(b"\n")
    yield pair_of("jsonl-over-many-lines", clean, put(lines, place, *[Line(raw, ASIDE) for raw in spread]))
    one = b"[" + b",\n".join(line.raw for line in lines) + b"]"
    yield refusal("jsonl-one-list", clean, one, "F11", "F04", "F05")


def _with(text: str, **members: Any) -> str:
    return json.dumps({**json.loads(text), **members})


def _read(whole: Mapping[str, Any], case: str) -> Mapping[str, Any]:
    """What the row holds where it is loaded: without list, its members are missing."""
    if case == "empty-object":
        return {}
    if not case.startswith("needs-"):
        return whole
    lost = {"needs-no-list": ("[null]",), "needs-of-texts": ("[null, null]",), "needs-null": (None, "[]")}[
        case
    ]
    return {name: lost if name.startswith("needs") else value for name, value in whole.items()}
