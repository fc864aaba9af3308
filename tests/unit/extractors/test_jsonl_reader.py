"""JSON lines: values as text, lists as JSON, a line that is no complete object is T01."""

from pathlib import Path

from written_files import read_all, rules, source

from extractors.readers import jsonl

GOOD = b'{"assessment_ref": "EOC-1", "ogrs3_1": 34, "crn": null, "plan": [{"no": 1}, {"no": 2}]}'


def test_lines_become_rows(tmp_path: Path) -> None:
    found = source(tmp_path / "C06_eoc.jsonl", "C06", "eoc")
    found.path.write_bytes(
        b"\n".join(
            [GOOD, GOOD[:20], b"[1]", b"", GOOD.replace(b"EOC", b"E\xe9"), GOOD.replace(b"-1", b"\\u0000")]
        )
    )
    frame, findings, problems = read_all(jsonl.read, found)
    assert frame.select("assessment_ref", "ogrs3_one_year", "crn", "objective.number").row(0) == (
        "EOC-1", "34", None, '["1", "2"]',
    )  # fmt: skip
    assert rules(findings) == [("2", "T01"), ("3", "T01"), ("4", "T01"), ("5", "T02"), ("6", "T02")]
    assert problems == []
