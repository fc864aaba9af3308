"""Where damage is planted: one company's delivery and the baseline, the victims apart from each other."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from samples import facts
from samples.delivery import Delivery
from samples.references import local_reference
from samples.world import Person, Row, World, key_column

SEVERITIES = {
    "block delivery": "block",
    "set row aside": "set_aside",
    "carry with warning": "warning",
    "information": "info",
}


class NoVictimError(Exception):
    """More damage than there are persons who suit it."""


class Expected(NamedTuple):
    """One finding that the damage must lead to. `row` is None for a finding about a whole file or delivery.

    `offset` counts lines on from the row's first, for a row that breaks into several.
    """

    export: str
    part: str
    row: Row | None
    rule: str
    offset: int = 0


@dataclass
class Site:
    """A delivery about to be damaged. No person is taken as a victim twice, but where the damage is done to
    one row only, of another table.

    `lent`: who is the victim of several defects that do not touch each other, by what these are about.
    `touched`: person and table of damage that leaves the person's other rows alone.
    """

    world: World
    delivery: Delivery
    baseline: Delivery
    defect: str = ""
    expected: list[tuple[str, Expected]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    touched: set[tuple[int, str]] = field(default_factory=set)
    lent: dict[str, Person] = field(default_factory=dict)

    @property
    def company(self) -> str:
        """The company whose delivery it is."""
        return self.delivery.company

    @property
    def owner(self) -> str:
        """The owner of the company."""
        return facts.companies()[self.company]["owner"]

    def expect(self, export: str, part: str, row: Row | None, rule: str, offset: int = 0) -> None:
        """Note a finding that must be reported."""
        self.expected.append((self.defect, Expected(export, part, row, rule, offset)))

    def victim(self, suits: Callable[[Person], bool], touching: str = "") -> Person:
        """A person of the company that suits and has not been damaged yet.

        Nobody whom two companies deliver: the other one's extract would disagree with a damaged baseline.

        Args:
            suits: what the damage asks of the person.
            touching: the table of the one row that is damaged, when the person's other rows stay as they are.

        Raises:
            NoVictimError: there is none left; draw more people.
        """
        for person in self.world.of(self.company):
            if self._is_free(person, touching) and "in_two_companies" not in person.row and suits(person):
                if touching:
                    self.touched.add((person.id, touching))
                else:
                    self.taken.add(person.id)
                return person
        raise NoVictimError(
            f"{self.company} has no person left for {self.defect}. Draw more with --people, or plant less."
        )

    def _is_free(self, person: Person, touching: str) -> bool:
        if person.id in self.taken:
            return False
        touched = {table for who, table in self.touched if who == person.id}
        return touching not in touched if touching else not touched

    def shared_victim(self, about: str, suits: Callable[[Person], bool]) -> Person:
        """The victim of all defects `about` something; who suits is looked for once."""
        if about not in self.lent:
            self.lent[about] = self.victim(suits)
        return self.lent[about]

    def rows(self, table: str, **values: Any) -> list[Row]:
        """The rows of a table of the provider extract that have these values."""
        return [row for row in self.delivery.rows("delius", table) if _has(row, values)]

    def row(self, table: str, **values: Any) -> Row:
        """The first row of a table of the provider extract that has these values."""
        return self.rows(table, **values)[0]

    def before(self, table: str, row: Row) -> Row:
        """The baseline's row of the same key."""
        key = key_column(table)
        return next(found for found in self.baseline.rows("delius", table) if found[key] == row[key])

    def change_both(self, table: str, row: Row, **values: Any) -> None:
        """Change a row in the extract and in the baseline, so that they agree."""
        row.update(values)
        self.before(table, row).update(values)


def strangers(site: Site) -> list[Person]:
    """Undamaged persons of the region, who are in no company's delivery."""
    region = facts.companies()[site.company]["regions"].split(";")[0]
    return [
        person
        for person in site.world.of(region)
        if person.kind == "region" and not person.row["SOFT_DELETED"] and person.id not in site.taken
    ]


def _has(row: Row, values: dict[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in values.items())


def has_no_deleted_row(site: Site, person: Person) -> bool:
    """True when nothing of the person is deleted: what is below a deleted row is not in scope."""
    return not any(
        row.get("OFFENDER_ID") == person.id and row.get("SOFT_DELETED")
        for (export, _), rows in site.delivery.parts.items()
        if export == "delius"
        for row in rows
    )


def is_only_in_case_system(site: Site, person: Person) -> bool:
    """True when no satellite export has a row of the person."""
    reference, crn = local_reference(person.id), person.row["CRN"]
    return not any(
        row.get("person_ref") == reference or row.get("crn") == crn
        for (export, _), rows in site.delivery.parts.items()
        if export not in ("delius", "spg")
        for row in rows
    )


def severity_of(rule: str) -> str:
    """The severity of a rule, as findings write it."""
    line = next(line for line in facts.lines("vocabulary", "rules.csv") if line["rule_id"] == rule)
    return SEVERITIES[line["severity"]]


def expected_text(lines: list[list[str]]) -> str:
    """expected_findings.csv: one line per finding that must be reported."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["company", "export", "source_file", "source_row", "rule", "severity", "defect"])
    writer.writerows(lines)
    return stream.getvalue()
