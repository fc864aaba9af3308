"""The gateway companies' own numbers of persons and records."""

from samples.draw import FIRST_ID

PREFIXES = {
    "OffenderProfile": "OF",
    "Address": "AD",
    "Event": "EV",
    "CommunityRequirement": "RQ",
    "LicenceCondition": "LC",
    "PSSRequirement": "PS",
    "NSI": "NS",
    "UPWDetails": "UD",
    "UPWContact": "UC",
    "UPWAdjustment": "UA",
    "CustodyRelease": "CR",
    "CustodyDate": "CD",
    "Contact": "CO",
}
"""Record to the prefix of its LocalRecordReference, in the order records of a person are sent."""


def local_reference(offender_id: int) -> str:
    """LocalReference: the company's own number of the person."""
    return f"OM-{offender_id - FIRST_ID + 1000:07d}"


def local_record(record: str, key: int) -> str:
    """LocalRecordReference: the company's own number of the record, unique within its kind."""
    return f"{PREFIXES[record]}-{key - FIRST_ID:07d}"
