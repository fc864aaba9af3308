"""The stages of a run: one table, from which order, fingerprints, `status`, `--help` and the docs follow.

Light to import: the command line reads it for its help. What a stage does stands in pipeline.run.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from vocabulary.decisions import (
    ACCESS,
    ACROSS,
    CODES,
    INTERVENTIONS,
    MATCHES,
    REGIONS,
    SESSIONS,
    STAFF,
    TEAMS,
)

COMPANY, CYCLE = "company", "cycle"
"""Scope: each company by itself, or all companies of the cycle together."""

SOURCES, TARGET, REPORTS = "sources", "target", "reports"
"""Side: what needs no target, what needs one, and what is made of the results."""


@dataclass(frozen=True)
class Stage:
    """One stage of a run; `name` is its command and its folder in the workspace.

    `needs`: the stage whose account it stands on. `answers`: kinds of answers (vocabulary.decisions) that can
    change its result; only those about the company count. `of_baseline`: the baseline goes through it, too.
    `on_baseline`: it looks at the baseline. `side`: SOURCES, TARGET or REPORTS. `leaves_account`: False where
    nothing but its findings is left for a company. `summary`, `explanation`: its help, blank where it has no
    command and goes before the stage that follows. `reads`, `leaves`, `fails`: what the docs say of it.
    """

    name: str
    scope: str
    needs: str
    reads: str
    leaves: str
    fails: str
    summary: str = ""
    explanation: str = ""
    answers: tuple[str, ...] = ()
    of_baseline: bool = False
    on_baseline: bool = False
    side: str = SOURCES
    leaves_findings: bool = True
    leaves_account: bool = True

    @property
    def has_command(self) -> bool:
        """True where an engineer can start it by itself."""
        return bool(self.summary)


GRAPH = (
    Stage(
        "receive",
        COMPANY,
        needs="",
        reads="a delivery folder and its manifest",
        leaves="text frames of files that are what the manifest says",
        fails="a file is missing, changed, cut or dangerous: the delivery is refused",
        summary="Checks deliveries against their manifests.",
        explanation="Size, hash, rows, parts and control totals of each file must be as delivery.toml says. "
        "A delivery that fails is refused with the reason (exit code 4); the others go on.",
        of_baseline=True,
    ),
    Stage(
        "extract",
        COMPANY,
        needs="receive",
        reads="the text frames that receive read on its way: no file is read twice; of a delta also "
        "those that stood before it",
        leaves="text frames: values as sent, file and row number on each row",
        fails="never: a row of a delta that says what cannot be (T08) changes nothing",
        summary="Reads the files as text, values untouched.",
        explanation="Headers become the shared source words. Each row keeps its file and row number.",
        of_baseline=True,
    ),
    Stage(
        "map",
        COMPANY,
        needs="extract",
        reads="text frames, code lists",
        leaves="typed frames: dates, minutes, target codes",
        fails="never for a row: it gets a finding",
        summary="Gives values their types and codes.",
        explanation="What cannot be understood is a finding. Codes that wait for a decision are carried as "
        "waiting.",
        answers=(CODES, INTERVENTIONS),
        of_baseline=True,
    ),
    Stage(
        "match",
        COMPANY,
        needs="map",
        reads="typed frames, baseline",
        leaves="who each person is in nDelius: known, new, or held for a clerk, with the evidence weighed; "
        "of the baseline what is the company's to look at",
        fails="never for a row",
        summary="Finds who is already known.",
        explanation="By identifiers, agreeing with surname or date of birth; where none decides, by weighed "
        "evidence. What is in doubt is held for a clerk.",
        answers=(MATCHES,),
        on_baseline=True,
    ),
    Stage(
        "across",
        CYCLE,
        needs="match",
        reads="the matched rows of all companies of the cycle, answers",
        leaves="what two companies deliver that there is only one of, and new persons who look like one: "
        "held, with one question (M09, H02)",
        fails="never for a row",
        answers=(ACROSS,),
        leaves_account=False,
    ),
    Stage(
        "validate",
        COMPANY,
        needs="match",
        reads="typed frames, rules, the share of the baseline, answers",
        leaves="each row carried, set aside or not in scope; where each employee goes",
        fails="never for a row: every rule that it fails is listed",
        summary="Applies the rules; says what is set aside.",
        explanation="Each row is then carried, set aside or not in scope, and every rule that it fails is "
        "listed.",
        answers=(REGIONS, TEAMS, STAFF, SESSIONS, ACCESS),
        on_baseline=True,
    ),
    Stage(
        "plan",
        CYCLE,
        needs="validate",
        reads="the judged rows of all companies of the cycle, baseline",
        leaves="new officer codes, given over all companies; of each company the rows and changes to write",
        fails="the plan does not fit the dictionary",
        summary="Plans what Day 1 writes for each company.",
        explanation="New officer codes are given over all companies, and who may see a restricted person is "
        "judged. Every planned row must fit the dictionary.",
        on_baseline=True,
    ),
    Stage(
        "load",
        COMPANY,
        needs="plan",
        reads="the plan",
        leaves="a snapshot of the target before the cycle's first load; target rows, crosswalk, ledger and "
        "before-images in one transaction",
        fails="the database refuses: nothing of that company stays",
        summary="Writes one transaction per company.",
        explanation="To do it twice changes nothing, and day1 undo takes it out again.",
        side=TARGET,
        leaves_findings=False,
    ),
    Stage(
        "reconcile",
        CYCLE,
        needs="load",
        reads="the text as extracted, the outcome of each row, the snapshot and the target; never the plan "
        "([proofs](proofs.md))",
        leaves="figures: rows, totals, moves, tables; every difference and every row left by name",
        fails="a proof does not hold: the verdict is not clean",
        summary="Reads the target and proves what it holds.",
        explanation="Four proofs from sources, snapshot and target, none from what load planned or says it "
        "did (docs/proofs.md). As json: the whole reconciliation.",
        side=TARGET,
    ),
    Stage(
        "report",
        CYCLE,
        needs="reconcile",
        reads="the figures, the plan",
        leaves="a workbook for the nation, each company and each region, one web page, CSV, JSON; a pack of "
        "lists for each region",
        fails="the disk is full: the old report stays",
        summary="Writes the workbooks and the web page.",
        explanation="To reports/ of the workspace: the nation, each company, each region, full lists as CSV "
        "beside them.",
        side=REPORTS,
        leaves_findings=False,
        leaves_account=False,
    ),
)
"""Every stage, in order."""

BY_NAME = {stage.name: stage for stage in GRAPH}
COMMANDS = tuple(stage.name for stage in GRAPH if stage.has_command)
"""Stages that an engineer can start, in order: all of them are `day1 run`."""

ROAD = tuple(stage.name for stage in GRAPH if stage.leaves_account)
"""The stages at which a company can stop, in order."""


def list_finding_stages(last: str) -> tuple[str, ...]:
    """Stages that leave findings, up to and including `last`."""
    until = GRAPH[: GRAPH.index(BY_NAME[last]) + 1]
    return tuple(stage.name for stage in until if stage.leaves_findings)


def select_stages(wanted: Iterable[str], side: str) -> tuple[str, ...]:
    """The stages of `side` among `wanted`, in order, with those that have no command before the one they go
    before."""
    chosen = set(wanted)
    for stage, following in pairwise(GRAPH):
        if not stage.has_command and following.name in chosen:
            chosen.add(stage.name)
    return tuple(stage.name for stage in GRAPH if stage.name in chosen and stage.side == side)


def group_by_scope(stages: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Scope and stages that follow one another in it: a company goes through its own before the next does."""
    return [(scope, tuple(own)) for scope, own in groupby(stages, lambda name: BY_NAME[name].scope)]


def format_stage_table() -> str:
    """The stages as a Markdown table, for docs/architecture.md."""
    lines = ["| stage | reads | leaves behind | fails when |", "| --- | --- | --- | --- |"]
    for stage in GRAPH:
        name = stage.name if stage.has_command else f"{stage.name} (before {_following(stage)})"
        lines.append(f"| {name} | {stage.reads} | {stage.leaves} | {stage.fails} |")
    return "\n".join(lines) + "\n"


def _following(stage: Stage) -> str:
    return GRAPH[GRAPH.index(stage) + 1].name
