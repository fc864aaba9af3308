"""What rules tell their readers to do: each rule says it, and the sheets and commands it names are there."""

import re

import pytest
import typer
from openpyxl import load_workbook
from planted_defects import Damaged

from cli.app import app
from vocabulary.decisions import KINDS
from vocabulary.rules import Rule, catalogue

RULES = [pytest.param(rule, id=rule.id) for rule in catalogue().values()]
SHEETS = re.compile(
    r"sheets? (?P<names>[A-Z]\w*(?: (?!of|and|to)[\w]+)*(?:(?: and| to) [A-Z]\w*(?: (?!of)\w+)*)?)"
    r" of (?P<book>\w+\.xlsx|(?:the|its) [\w']+(?: workbook)?)"
)
COMMAND = re.compile(r"day1 (\w+)(?: (\w+))?")


def named(sentence: str) -> list[tuple[str, str]]:
    """Book and sheet of each sheet that a sentence names."""
    return [
        (found["book"], name)
        for found in SHEETS.finditer(sentence)
        for name in re.split(r" and | to ", found["names"])
    ]


@pytest.fixture(scope="module")
def books(damaged_run: Damaged) -> dict[str, set[str]]:
    """The sheets of each book, by the words in which a sentence names it."""
    reports = damaged_run[0] / "reports" / "day-1"
    found: dict[str, set[str]] = {"the decisions workbook": {kind.title for kind in KINDS.values()}}
    for path in reports.glob("regions/*/*.xlsx"):
        found.setdefault(path.name, set()).update(load_workbook(path, read_only=True).sheetnames)
    company = load_workbook(next(reports.glob("companies/*.xlsx")), read_only=True).sheetnames
    return found | {key: set(company) for key in ("the company's workbook", "its workbook")}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_to_do_in_one_sentence(rule: Rule) -> None:
    assert rule.what_to_do.endswith(".")
    assert not re.search(r"\. [A-Z]", rule.what_to_do)


@pytest.mark.parametrize("rule", RULES)
def test_every_sheet_that_a_rule_sends_to_is_there(rule: Rule, books: dict[str, set[str]]) -> None:
    sheets = named(rule.what_to_do)
    assert len(sheets) >= len(re.findall(r"\bsheets? ", rule.what_to_do))
    assert [(book, name) for book, name in sheets if name not in books[book]] == []


@pytest.mark.parametrize("rule", RULES)
def test_every_command_that_a_rule_names_is_one(rule: Rule) -> None:
    commands = typer.main.get_command(app)
    for name, below in COMMAND.findall(rule.what_to_do):
        command = commands.commands[name]
        assert not hasattr(command, "commands") or below in command.commands
