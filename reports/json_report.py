"""A reconciliation as one JSON document: the shape that `day1 reconcile --format json` promises."""

import json
from dataclasses import asdict

from reports.data import Reconciliation


def as_json(reconciliation: Reconciliation) -> str:
    """The document, indented, ending in a newline. Field names are those of `reports.data`."""
    return json.dumps(asdict(reconciliation), indent=2, ensure_ascii=False) + "\n"
