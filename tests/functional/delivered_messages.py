"""What an interchange says, read with lxml: it owes the extractors nothing."""

from pathlib import Path

from delivered_cases import COMPLETED, Cases, Counts, Row
from lxml import etree

NAMESPACE = "{http://www.justice.gsi.gov.uk/SPG/}"
RECORDS = {
    "OS": ("Event", "EventID", "TerminationDate", "OSProvider"),
    "RQ": ("CommunityRequirement", "RequirementID", "ActualEndDate", "RQProvider"),
    "LC": ("LicenceCondition", "LicConditionID", "ActualEndDate", "LCProvider"),
    "PSS": ("PSSRequirement", "PSSRequirementID", "ActualEndDate", "PSProvider"),
    "NSI": ("NSI", "NSIID", "ActualEndDate", "NSIProvider"),
}
"""Kind to record, key, end and provider in the interchange."""


def messages(folder: Path) -> list[Row]:
    """The messages of an interchange: element name to text, and `record`."""
    found = []
    for path in sorted(folder.glob("*_spg_*.xml")):
        for node in etree.fromstring(path.read_bytes()).iter(f"{NAMESPACE}SPGMessage"):
            texts = {etree.QName(leaf).localname: leaf.text or "" for leaf in node.iter() if len(leaf) == 0}
            found.append(texts | {"record": etree.QName(node[1]).localname})
    return found


def gateway_counts(folder: Path, baseline: Path, company: str) -> Counts:
    """Live components of an interchange: those with a key are transferred, those without are opened."""
    sent = messages(folder)
    known = Cases(baseline)
    events = {row["LocalRecordReference"] for row in sent if row["record"] == "Event" and is_open(row, "OS")}
    counts = {"OM": _persons(sent, known, company)}
    for kind, (record, key, _, provider) in RECORDS.items():
        live = [
            row
            for row in sent
            if row["record"] == record
            and row[provider] == company
            and is_open(row, kind)
            and (kind in ("OS", "NSI") or row["LocalEventReference"] in events)
        ]
        counts[kind] = (
            len([row for row in live if row[key] != "0"]),
            len([1 for row in live if row[key] == "0"]),
        )
    for kind in COMPLETED:
        counts[kind] = (len(known.live(kind) & known.managed(kind, company)), 0)
    return counts


def is_open(row: Row, kind: str) -> bool:
    """True when the record has no end date."""
    return not row.get(RECORDS[kind][2])


def _persons(sent: list[Row], known: Cases, company: str) -> tuple[int, int]:
    """Persons known by CRN pass over; others get a manager unless a region already manages them."""
    profiles = [row for row in sent if row["record"] == "OffenderProfile" and row["OMProvider"] == company]
    regional = known.managed("OM", "N")
    transferred = [row for row in profiles if row["CaseReferenceNumber"]]
    opened = [
        row
        for row in profiles
        if not row["CaseReferenceNumber"] and not known_as(row, known.rows("OFFENDER")) & regional
    ]
    return len(transferred), len(opened)


def known_as(profile: Row, offenders: list[Row]) -> set[str]:
    """Keys of the persons in nDelius who share an identifier with a profile."""
    pairs = (("NOMSNumber", "NOMS_NUMBER"), ("PNCNumber", "PNC_NUMBER"), ("CRONumber", "CRO_NUMBER"))
    return {
        row["OFFENDER_ID"]
        for row in offenders
        if any(profile.get(ours) and profile[ours] == row[theirs] for ours, theirs in pairs)
    }
