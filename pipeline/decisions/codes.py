"""Questions about codes: those that wait (Q05) and those that no list knows (Q01, Q02)."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

import polars as pl

from mappings.parsing.code_lists import NDELIUS, code_list, own_scope
from mappings.parsing.decided_codes import DecidedCodes
from mappings.writes.provisional_codes import undecided_of_ours
from pipeline.decisions.outcomes import OUTCOMES, beside, with_meaning
from pipeline.stages.plan import PLAN
from pipeline.storage.batches import DECIDED
from pipeline.storage.plans import read_inserts
from pipeline.storage.store import read_findings, read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.decisions import CODES, DROP

SUGGESTED = 3
"""How many likely answers are named."""

LIKE = 0.6
"""How alike two texts must be to be worth naming, from 0 to 1."""

WRITTEN = "is written by Day 1 itself, and waits for a decision"

DROPPED = Choice(DROP, "means nothing, is not carried")

ChoicesOf = Callable[[str], pl.DataFrame]
"""Name of a list of the target to its codes and descriptions."""


def code_questions(workspace: Workspace, companies: Iterable[str], choices_of: ChoicesOf) -> list[Question]:
    """One question per scope, code list and code, over all `companies` that write it."""
    asked = [_asked(workspace, company) for company in companies]
    if not asked:
        return []
    lines = pl.concat(asked)
    groups = lines.group_by("scope", "list_name", "code", maintain_order=True)
    return [_question(tuple(str(value) for value in key), group, choices_of) for key, group in groups]


def _asked(workspace: Workspace, company: str) -> pl.DataFrame:
    """The codes of one company that wait or are unknown, with their `scope` and `problem`."""
    folder = workspace.stage_folder(company, "map")
    failed = (
        read_findings(folder)
        .filter(pl.col("rule").is_in(["Q01", "Q02"]))
        .select("export", "entity", pl.col("column").str.split(";"))
        .explode("column")
        .unique()
    )
    unknown = read_frame(folder, "unknown").join(failed, on=["export", "entity", "column"], how="semi")
    told = {"waits for a decision": read_frame(folder, "waiting"), "is in no code list": unknown}
    lines = pl.concat(frame.with_columns(pl.lit(problem).alias("problem")) for problem, frame in told.items())
    scopes = {export: own_scope(export, company) for export in lines["export"].unique()}
    delivered = lines.with_columns(
        pl.col("export").replace_strict(scopes, return_dtype=pl.String).alias("scope")
    )
    return _with_our_own(delivered, workspace, company)


def _with_our_own(delivered: pl.DataFrame, workspace: Workspace, company: str) -> pl.DataFrame:
    """The codes that stand in a column, and those that Day 1 writes of its own accord; each counted once."""
    inserts = read_inserts(workspace.stage_folder(company, PLAN) / "plan")
    answers = read_frame(workspace.stage_folder(company, "validate") / DECIDED, CODES)
    own = undecided_of_ours(inserts, company, DecidedCodes.of(answers)).select(
        pl.lit(company).alias("company"),
        pl.lit(NDELIUS).alias("export"),
        pl.lit("new rows").alias("entity"),
        pl.lit("").alias("column"),
        pl.col("code_list").alias("list_name"),
        pl.col("list_name").alias("target_list"),
        "code",
        pl.col("description").alias("label"),
        "rows",
        pl.lit(WRITTEN).alias("problem"),
        pl.lit(NDELIUS).alias("scope"),
    )
    asked = delivered.filter(pl.col("column") != "")
    new = own.join(asked, on=["scope", "list_name", "code"], how="anti")
    return pl.concat([asked, new], how="diagonal")


def _question(key: tuple[str, ...], lines: pl.DataFrame, choices_of: ChoicesOf) -> Question:
    first = lines.row(0, named=True)
    choices = _choices(
        first["target_list"], first["list_name"], first["export"], first["company"], choices_of
    )
    return Question(
        kind=CODES,
        key=key,
        rows=int(lines["rows"].sum()),
        context=_context(lines, first, choices),
        # A new row must say something in the place of its code: it cannot be left out there.
        choices=(*choices, DROPPED) if WRITTEN not in set(lines["problem"]) else tuple(choices),
        suggested=tuple(choice.shown for choice in _suggested(first, choices)),
    )


def _suggested(first: dict[str, str], choices: list[Choice]) -> list[Choice]:
    """The candidate of the code list with what must be weighed against it; without one the likely ones."""
    candidate = _candidate(first)
    named = [candidate, *beside(candidate)]
    by_code = {choice.answer: choice for choice in choices}
    found = [by_code[code] for code in named if code in by_code]
    return found or _likely(first["code"], first["label"], choices)


def _candidate(first: dict[str, str]) -> str:
    """What the code list proposes for a code that waits; blank where it proposes nothing."""
    codes = code_list(first["list_name"], first["export"], first["company"]).codes
    return next((code.candidate or "" for code in codes if code.source_code == first["code"]), "")


def _context(lines: pl.DataFrame, first: dict[str, str], choices: list[Choice]) -> str:
    columns, exports, companies = (
        ", ".join(sorted({value for value in lines[name] if value}))
        for name in ("column", "export", "company")
    )
    label = f"{first['label']}; " if first["label"] else ""
    empty = "" if choices else " (holds nothing yet: load the client's)"
    proposed = _candidate(first)
    if proposed and proposed not in {choice.answer for choice in choices}:
        label += f"proposed {proposed}, which the target's list does not hold; "
    return (
        f"{label}{first['problem']}; target list {first['target_list'] or 'none'}{empty}; "
        f"{columns or 'new rows'} of {exports}; {companies}"
    )


def _choices(target_list: str, name: str, export: str, company: str, choices_of: ChoicesOf) -> list[Choice]:
    """The target's list; for values that only steer the toolkit, whatever the code list maps to."""
    found = choices_of(target_list)
    if found.height:
        offered = [Choice(code, label or "") for code, label in found.iter_rows()]
        return [with_meaning(choice) for choice in offered] if target_list == OUTCOMES else offered
    codes = code_list(name, export, company).codes
    mapped = {code.target_code for code in codes if code.decision == "mapped" and code.target_code}
    return [Choice(code) for code in sorted(mapped)]


def _likely(code: str, label: str, choices: list[Choice]) -> list[Choice]:
    """The same code first, then the most alike descriptions."""
    scored = [(_likeness(code, label, choice), choice) for choice in choices]
    best = sorted((pair for pair in scored if pair[0] >= LIKE), key=lambda pair: (-pair[0], pair[1].answer))
    return [choice for _, choice in best[:SUGGESTED]]


def _likeness(code: str, label: str, choice: Choice) -> float:
    if choice.answer == code:
        return 1.0
    if not label or not choice.label:
        return 0.0
    return SequenceMatcher(None, label.casefold(), choice.label.casefold()).ratio()
