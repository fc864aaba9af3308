"""Damages of a manifest, drawn as a table: what becomes of its text. Most refuse the delivery, and none ends
in a traceback."""

import re
from collections.abc import Callable, Iterator

from tests.hostile.pair import Clean, Pair, as_drawn, manifest_text

Change = Callable[[str], str]

ANY = ("F01", "F02", "F03", "F04", "F05", "F12", "F15")
"""Rules of which one refuses it."""


def _in(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


def _value(key: str, new: str) -> Change:
    return lambda text: re.sub(
        rf"^{key} = .*$", lambda _: f"{key} = {new}", text, count=1, flags=re.MULTILINE
    )


REFUSED: dict[str, Change] = {
    "empty": lambda _: "",
    "no-toml": lambda _: "Sample text",
    "json": lambda _: '{"company": "C17"}',
    "cut-off": lambda text: text[: len(text) // 2],
    "deep-list": lambda text: "x = " + "[" * 50_000 + "\n" + text,
    "deep-inline": lambda text: "x = " + "{a=" * 5_000 + "1" + "}" * 5_000 + "\n" + text,
    "number-of-10000-digits": _value("rows", "1" * 10_000),
    "number-of-5000-digits-elsewhere": lambda text: f"x = {'9' * 5000}\n" + text,
    "key-twice": lambda text: 'company = "C17"\n' + text,
    "company-another": _value("company", '"C99"'),
    "company-blank": _value("company", '""'),
    "company-number": _value("company", "17"),
    "company-list": _value("company", '["C17"]'),
    "cycle-another": _value("cycle", '"day-2"'),
    "version-another": _value("spec_version", '"9.9"'),
    "version-number": _value("spec_version", "2.0"),
    "kind-another": _value("kind", '"whole"'),
    "taken-no-time": _value("extract_taken_at", '"yesterday"'),
    "taken-of-month-13": _value("extract_taken_at", '"2021-13-25T18:00:00+01:00"'),
    "taken-toml-of-month-13": _value("extract_taken_at", "2021-13-25T18:00:00"),
    "taken-number": _value("extract_taken_at", "20210625"),
    "taken-day-alone": _value("extract_taken_at", "2021-06-25"),
    "previous-number": _value("previous", "7"),
    "files-no-list": lambda text: text.replace("[[file]]", "[file]"),
    "files-number": lambda text: text.partition("\n[[file]]")[0] + "\nfile = 7\n",
    "no-files": lambda text: text.partition("\n[[file]]")[0],
    "file-twice": lambda text: text + text[text.index("[[file]]") :],
    "name-missing": _in("name = ", "title = "),
    "name-number": _value("name", "7"),
    "name-blank": _value("name", '""'),
    "name-of-a-path": _value("name", '"../C17_upw_sessions.csv"'),
    "name-of-the-root": _value("name", '"/etc/hostname"'),
    "name-with-a-backslash": _value("name", r'"..\\x.csv"'),
    "name-with-a-nul": _value("name", r'"a\u0000.csv"'),
    "name-with-a-line-break": _value("name", r'"a\nb.csv"'),
    "name-of-dots": _value("name", '".."'),
    "name-of-5000-letters": _value("name", '"' + "x" * 5000 + '.csv"'),
    "name-another": _value("name", '"C17_upw_session.csv"'),
    "name-in-small-letters": _value("name", '"c17_upw_sessions.csv"'),
    "name-of-the-manifest": _value("name", '"delivery.toml"'),
    "export-another": _value("export", '"delius"'),
    "export-unknown": _value("export", '"nonsense"'),
    "export-blank": _value("export", '""'),
    "rows-minus": _value("rows", "-1"),
    "rows-text": _value("rows", '"87"'),
    "rows-true": _value("rows", "true"),
    "rows-fraction": _value("rows", "87.0"),
    "rows-one-more": lambda text: re.sub(
        r"rows = (\d+)", lambda found: f"rows = {int(found[1]) + 1}", text, count=1
    ),
    "rows-huge": _value("rows", "9" * 40),
    "bytes-one-less": lambda text: re.sub(
        r"bytes = (\d+)", lambda found: f"bytes = {int(found[1]) - 1}", text, count=1
    ),
    "bytes-huge": _value("bytes", "9" * 400),
    "sha-another": _value("sha256", '"' + "0" * 64 + '"'),
    "sha-blank": _value("sha256", '""'),
    "sha-number": _value("sha256", "7"),
    "encoding-another": _value("encoding", '"utf-16"'),
    "encoding-unknown": _value("encoding", '"nonsense"'),
    "encoding-with-a-nul": _value("encoding", r'"utf\u0000"'),
    "encoding-no-codec-of-text": _value("encoding", '"hex"'),
    "encoding-of-5000-letters": _value("encoding", '"' + "x" * 5000 + '"'),
    "total-one-more": lambda text: re.sub(
        r'"sessions" = (\d+)', lambda found: f"sessions = {int(found[1]) + 1}", text
    ),
    "total-unknown": lambda text: text.replace('"sessions" = ', "meetings = "),
    "total-text": lambda text: re.sub(r'"sessions" = (\d+)', r'sessions = "\1"', text),
    "total-nan": lambda text: re.sub(r'"sessions" = (\d+)', "sessions = nan", text),
    "total-infinite": lambda text: re.sub(r'"sessions" = (\d+)', "sessions = inf", text),
    "total-huge": lambda text: re.sub(r'"sessions" = (\d+)', "sessions = 1e999999999", text),
    "total-large-exponent": lambda text: re.sub(r'"sessions" = (\d+)', "sessions = 1e99999", text),
    "total-true": lambda text: re.sub(r'"sessions" = (\d+)', "sessions = true", text),
    "totals-list": lambda text: re.sub(r"^totals = .*", "totals = [1]", text, flags=re.MULTILINE),
    "parts-list": lambda text: text + "rows_by_part = [1]\n",
    "parts-text": lambda text: text + 'rows_by_part = { "x" = "1" }\n',
    "20000-files": lambda text: text + "".join(f'[[file]]\nname = "x{n}.csv"\n' for n in range(20_000)),
    "of-10-mb": lambda text: text + "# " + "x" * 10_000_000 + "\n",
}

TAKEN: dict[str, Change] = {
    "deep-tables": lambda text: text + "\n[" + ".".join("a" * 3 for _ in range(20_000)) + "]\n",
    "as-it-is": lambda text: text + "\n",
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "comment": lambda text: "# Sample\n" + text,
    "taken-toml-time": _value("extract_taken_at", "2021-06-25T18:00:00+01:00"),
    "sha-in-capitals": lambda text: re.sub(
        r'sha256 = "(\w+)"', lambda found: f'sha256 = "{found[1].upper()}"', text
    ),
    "encoding-otherwise-spelled": _value("encoding", '"UTF8"'),
    "total-left-out": lambda text: re.sub(r"totals = .*\n", "", text),
    "total-with-decimals": lambda text: re.sub(r'"sessions" = (\d+)', r"sessions = \1.00", text),
    "other-keys": lambda text: 'made_by = "Sample"\n' + text,
}

BYTES: dict[str, Callable[[bytes], bytes]] = {
    "bad-byte": lambda raw: raw.replace(b"day-1", b"day\xff1", 1),
    "byte-order-mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "utf-16": lambda raw: raw.decode().encode("utf-16"),
    "nul": lambda raw: raw + b"\0",
}


def manifest_pairs(clean: Clean) -> Iterator[Pair]:
    """Each damage of the manifest of one file, which itself is whole."""
    text = _signed_text(clean)
    for case, change in REFUSED.items():
        changed = change(text)
        assert changed != text, case
        yield Pair(
            f"manifest-{case}", clean, clean.content, refused=ANY, manifest=changed.encode(),
        )  # fmt: skip
    for case, alter in BYTES.items():
        pair = Pair(f"manifest-{case}", clean, clean.content, as_drawn(clean), manifest=alter(text.encode()))
        yield pair.allowing("F01")
    for case, change in TAKEN.items():
        yield Pair(f"manifest-{case}", clean, clean.content, as_drawn(clean), manifest=change(text).encode())


def _signed_text(clean: Clean) -> str:
    return manifest_text(clean.manifest)
