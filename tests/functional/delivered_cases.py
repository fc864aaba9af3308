"""What a provider extract or the baseline says, read with the csv module: it owes the extractors nothing."""

import csv
from pathlib import Path

Row = dict[str, str]
Counts = dict[str, tuple[int, int]]
"""Kind of component to how many are transferred and how many opened."""

PARENTS = {
    "EVENT": ("OFFENDER",),
    "DISPOSAL": ("EVENT",),
    "RQMNT": ("DISPOSAL",),
    "LIC_CONDITION": ("DISPOSAL",),
    "CUSTODY": ("DISPOSAL",),
    "PSS_RQMNT": ("CUSTODY",),
    "NSI": ("OFFENDER", "EVENT", "RQMNT"),
    "COURT_REPORT": ("EVENT",),
    "INSTITUTIONAL_REPORT": ("CUSTODY",),
    "UPW_DETAILS": ("DISPOSAL",),
    "UPW_APPOINTMENT": ("UPW_DETAILS",),
    "UPW_ADJUSTMENT": ("UPW_DETAILS",),
}
"""Table to the tables above it: what is below a deleted row counts no more than the row itself."""
KINDS = {
    "OM": ("OFFENDER", "OFFENDER_MANAGER"),
    "OS": ("EVENT", "ORDER_MANAGER"),
    "RQ": ("RQMNT", "RQMNT_MANAGER"),
    "LC": ("LIC_CONDITION", "LIC_CONDITION_MANAGER"),
    "PSS": ("PSS_RQMNT", "PSS_RQMNT_MANAGER"),
    "NSI": ("NSI", "NSI_MANAGER"),
    "CR": ("COURT_REPORT", "REPORT_MANAGER"),
    "IR": ("INSTITUTIONAL_REPORT", "REPORT_MANAGER"),
}
COMPLETED = {"CR": "COMPLETED_DATE", "IR": "DATE_COMPLETED"}


class Cases:
    """The tables of one provider extract, or of the baseline, without the rows that are deleted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that are there: neither they nor anything above them is deleted."""
        if table not in self.tables:
            (path,) = self.folder.glob(f"*_delius_{table}.txt")
            with path.open(encoding="cp1252", newline="") as file:
                lines = list(csv.reader(file, delimiter="|", quoting=csv.QUOTE_NONE))
            read = [dict(zip(lines[0], (cell.strip() for cell in line), strict=True)) for line in lines[1:]]
            above = [(f"{parent}_ID", self.keys(parent)) for parent in PARENTS.get(table, ())]
            self.tables[table] = [
                row
                for row in read
                if row.get("SOFT_DELETED") != "1"
                and all(not row[name] or row[name] in keys for name, keys in above)
            ]
        return self.tables[table]

    def keys(self, table: str) -> set[str]:
        """The keys of the rows that are there."""
        return {row[f"{table}_ID"] for row in self.rows(table)}

    def live(self, kind: str) -> set[str]:
        """Keys of the components of `kind` that are live."""
        table = KINDS[kind][0]
        rows = self.rows(table)
        if kind == "OM":
            return self.keys(table)
        if kind in COMPLETED:
            return {row[f"{table}_ID"] for row in rows if not row[COMPLETED[kind]]}
        return {
            row[f"{table}_ID"] for row in rows if row["ACTIVE_FLAG"] == "1" and self._event_is_live(kind, row)
        }

    def managed(self, kind: str, area: str) -> set[str]:
        """Keys of the components of `kind` whose active manager is in an area that begins with `area`."""
        table, managers = KINDS[kind]
        return {
            row[f"{table}_ID"]
            for row in self.rows(managers)
            if row["PROBATION_AREA_CODE"].startswith(area) and not row["END_DATE"] and row[f"{table}_ID"]
        }

    def _event_is_live(self, kind: str, row: Row) -> bool:
        if kind in ("OS", "NSI"):
            return True
        custodies = {custody["CUSTODY_ID"]: custody["DISPOSAL_ID"] for custody in self.rows("CUSTODY")}
        sentence = custodies[row["CUSTODY_ID"]] if kind == "PSS" else row["DISPOSAL_ID"]
        events = {found["DISPOSAL_ID"]: found["EVENT_ID"] for found in self.rows("DISPOSAL")}
        return events[sentence] in self.live("OS")


def provider_counts(folder: Path, company: str) -> Counts:
    """Live components that a provider extract shows in the company's hands; all have a manager."""
    cases = Cases(folder)
    return {kind: (len(cases.live(kind) & cases.managed(kind, company)), 0) for kind in KINDS}
