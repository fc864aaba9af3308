"""Answers about codes: they count before the code list, and change nothing else (Q01, Q02, Q05)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from mappings.parsing.code_lists import Code, CodeList, code_list, own_scope
from vocabulary.batch import Batch
from vocabulary.decisions import CODES, DROP


@dataclass(frozen=True)
class DecidedCodes:
    """Answers by scope and code list: source code to target code, or DROP."""

    answers: Mapping[tuple[str, str], Mapping[str, str]]

    @classmethod
    def of(cls, decided: pl.DataFrame) -> "DecidedCodes":
        """From lines of the kind CODES: scope, list, code and answer."""
        answers: dict[tuple[str, str], dict[str, str]] = {}
        for scope, name, code, answer in decided.select("scope", "list", "code", "answer").iter_rows():
            answers.setdefault((scope, name), {})[code] = answer
        return cls(answers)

    def code_list(self, name: str, export: str, company: str) -> CodeList:
        """The list as it counts for `export` of the company, with the answers of its scope in it."""
        plain = code_list(name, export, company)
        answers = self.answers.get((own_scope(export, company), name), {})
        return with_answers(plain, answers) if answers else plain


NOTHING_DECIDED = DecidedCodes({})


def decided_codes(batch: Batch) -> DecidedCodes:
    """The answers about codes that travel with the batch."""
    answers = batch.decided.get(CODES)
    return NOTHING_DECIDED if answers is None else DecidedCodes.of(answers)


def with_answers(codes: CodeList, answers: Mapping[str, str]) -> CodeList:
    """`codes` with `answers` in the place of what the list said, or did not say, of those codes."""
    known = {code.source_code: code for code in codes.codes}
    decided = {
        source: _decided(known.get(source), source, answer, codes) for source, answer in answers.items()
    }
    return replace(codes, codes=tuple((known | decided).values()))


def _decided(before: Code | None, source: str, answer: str, codes: CodeList) -> Code:
    is_dropped = answer == DROP
    return Code(
        source_code=source,
        label=before.label if before else "",
        status="junk" if is_dropped else before.status if before else "current",
        decision="drop" if is_dropped else "mapped",
        target_list=before.target_list if before else codes.target_list,
        target_code=None if is_dropped else answer,
    )
