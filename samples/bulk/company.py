"""One company while it is written: each part of its people goes to its own files and to the baseline's."""

from typing import Self

from samples.bulk.contacts import more_contacts
from samples.bulk.folder import Folder
from samples.bulk.history import past_sessions
from samples.bulk.interchanges import Interchanges
from samples.bulk.lines import table_lines
from samples.bulk.messages import contact_messages, session_messages
from samples.delivery import Delivery, SentFile
from samples.exports import EXPORTS, write_files
from samples.formats import dialect
from samples.schedule import PARTS, book_name, part_totals, schedule_book
from samples.world import World


class Company:
    """The folders of a company and of the baseline, and how many contacts a person is to have."""

    def __init__(self, folder: Folder, baseline: Folder, contacts: int) -> None:
        self.folder, self.baseline, self.contacts = folder, baseline, contacts
        self._interchanges = Interchanges(folder)
        is_book = dialect("upw", folder.company).container != "csv"
        self._schedule = schedule_book(folder.company, is_long=True) if is_book else None
        self._totals: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failed: object) -> None:
        if self._schedule and any(failed):
            self._schedule.close()

    def add_as_drawn(self, delivery: Delivery) -> list[SentFile]:
        """Write a first part as it is; its files tell in which row each of its rows stands."""
        files = write_files(delivery)
        for file in files:
            if file.export == "spg":
                self._interchanges.add_file(file)
            elif file.export != "upw" or not self._schedule:
                self.folder.add(file)
        self._add_schedule(delivery)
        return files

    def add(self, delivery: Delivery, world: World) -> None:
        """Write a part, with more contacts and past sessions for its people. The baseline has the part."""
        company = self.folder.company
        sessions = past_sessions(world, company)
        contacts = more_contacts(world, company, self._missing(world, sessions.height))
        for export in delivery.exports():
            if export == "spg":
                more = [session_messages(company, sessions), contact_messages(company, contacts)]
                self._interchanges.add(delivery.rows("spg", "messages"), more)
            elif export != "upw" or not self._schedule:
                for file in EXPORTS[export][1](delivery):
                    self.folder.add(file)
        self._add_schedule(delivery)
        folders = [self.baseline, *([self.folder] if "delius" in delivery.exports() else [])]
        minutes = {
            "upw_minutes_offered": int(sessions["MINUTES_OFFERED"].sum()),
            "upw_minutes_credited": int(sessions["MINUTES_CREDITED"].sum()),
        }
        for table, frame, totals in (
            ("UPW_APPOINTMENT", sessions, minutes), ("CONTACT", sessions, {}), ("CONTACT", contacts, {}),
        ):  # fmt: skip
            lines = table_lines(table, frame)
            for folder in folders:
                folder.add_lines(f"{folder.company}_delius_{table}.txt", lines, frame.height, totals)

    def _missing(self, world: World, sessions: int) -> int:
        """How many contacts the people of this part are still to have."""
        people = {person.id for person in world.of(self.folder.company)}
        drawn = sum(row["OFFENDER_ID"] in people for row in world.tables["CONTACT"])
        return max(0, self.contacts * len(people) - drawn - sessions)

    def _add_schedule(self, delivery: Delivery) -> None:
        if self._schedule:
            for part in PARTS:
                self._schedule.append(part, delivery.rows("upw", part))
                for name, value in part_totals(delivery, part).items():
                    self._totals[name] = self._totals.get(name, 0) + int(value)

    def close(self) -> tuple[int, int, int]:
        """Write what could not be written before, and the manifest; files, rows and bytes of the company."""
        if self._schedule:
            self.folder.add_book(book_name(self.folder.company), "upw", self._schedule, {**self._totals})
        return self.folder.close()
