"""Stages receive, extract, map and match of one company:
from delivered files to typed rows with their persons."""

import datetime as dt
import shutil
from typing import Any

from extractors.delivery import Delivery
from extractors.receive import Receipt, receive
from mappings.parsing.decided_codes import DecidedCodes
from mappings.parsing.known_codes import NOTHING_KNOWN
from pipeline.decisions.files import decided_for
from pipeline.stages.baseline import keep_what_can_stand
from pipeline.stages.deltas import TEXTS, accepted_cycles, held_for, lay_upon
from pipeline.stages.map import map_delivery
from pipeline.stages.match import MATCHED_ON, match_delivery, read_people
from pipeline.stages.weigh import BESIDE
from pipeline.storage.batches import baseline_batch, findings_until, mapped_batch, scan_nation, write_share
from pipeline.storage.fingerprint import fingerprint
from pipeline.storage.ndelius_codes import codes_of_ndelius
from pipeline.storage.store import (
    RUN,
    aside,
    commit_stage,
    link_or_copy,
    read_manifest,
    start_stage,
    write_frame,
)
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY, EXPORTS
from vocabulary.decisions import CODES, INTERVENTIONS, MATCHES
from vocabulary.errors import ConfigError, DeliveryError

Account = dict[str, Any]


def receive_stage(workspace: Workspace, company: str) -> Account:
    """Check the delivery; the account names its files, what is wrong with it and whether it is refused.

    The text frames of an accepted one are kept, so that no file is read twice.
    """
    out = start_stage(workspace.stage_folder(company, "receive"))
    folder, texts = workspace.delivery_folder(company), out / TEXTS
    previous = () if company == BASELINE_COMPANY else accepted_cycles(workspace, company)
    held = held_for(workspace, company)
    limits = workspace.settings.limits
    receipt = receive(folder, company, workspace.cycle, previous, texts, limits, held)
    if receipt.texts is None:
        shutil.rmtree(texts, ignore_errors=True)
    else:
        write_frame(texts, "findings", receipt.texts.findings)
    write_frame(out, "findings", receipt.findings)
    return _receipt_account(receipt)


def extract_stage(workspace: Workspace, company: str) -> Account:
    """Take over the text frames of an accepted delivery, as receive read them: they are what it checked.

    Those of a delta are laid upon what the company delivered before it (pipeline.stages.deltas).
    """
    received = required_account(workspace, company, "receive")
    if "texts" not in received:
        raise ConfigError(f"{company}: stage receive ran with an older day1. Use `day1 run`, all in order.")
    out = start_stage(workspace.stage_folder(company, "extract"))
    files = received["texts"]
    if received["is_delta"]:
        exports = lay_upon(workspace, company, str(received["previous"]), out)
        return {"rows": sum(files.values()), "files": files, "exports": exports}
    texts = workspace.stage_folder(company, "receive") / TEXTS
    shutil.copytree(texts, out, copy_function=link_or_copy, dirs_exist_ok=True)
    exports = [export for export in EXPORTS if export in received["exports"]]
    return {"rows": sum(files.values()), "files": files, "exports": exports}


def map_stage(workspace: Workspace, company: str) -> Account:
    """Type and code the rows."""
    extracted = required_account(workspace, company, "extract")
    taken = dt.datetime.fromisoformat(
        required_account(_full(workspace, company), company, "receive")["extract_taken_at"]
    ).date()
    out = start_stage(workspace.stage_folder(company, "map"))
    exports = extracted["exports"]
    decided = DecidedCodes.of(decided_for(workspace, CODES, company))
    panel = decided_for(workspace, INTERVENTIONS, company)
    source = workspace.stage_folder(company, "extract")
    known = NOTHING_KNOWN if company == BASELINE_COMPANY else codes_of_ndelius(workspace)
    counts = map_delivery(source, out, exports, company, taken, decided, panel, known)
    if company == BASELINE_COMPANY:
        counts |= keep_what_can_stand(out)
    return {**counts, "exports": exports, "extract_date": taken.isoformat()}


def _full(workspace: Workspace, company: str) -> Workspace:
    """Of a delta the cycle of the full delivery: whatever came late happened before the companies ended."""
    first = workspace.line[0]
    known = (workspace.root / "work" / first / company).is_dir()
    return workspace.of_cycle(first) if workspace.is_delta and known else workspace


def match_stage(workspace: Workspace, company: str) -> Account:
    """Find out who each person is."""
    batch = mapped_batch(workspace, company, is_bare=True)
    out = start_stage(workspace.stage_folder(company, "match"))
    before = findings_until(workspace, company, "map")
    answers = decided_for(workspace, MATCHES, company)
    known, beside = baseline_batch(workspace, MATCHED_ON), scan_nation(workspace, BESIDE)
    counts = match_delivery(batch, known, before, out, answers, beside)
    write_share(workspace, batch, read_people(batch, out), out)
    return dict(counts)


def required_account(workspace: Workspace, company: str, stage: str) -> Account:
    """The account of a stage that must have run.

    Raises:
        ConfigError: it has not.
        DeliveryError: the delivery is refused.
    """
    account = read_manifest(workspace.stage_folder(company, stage))
    if account is None:
        raise ConfigError(
            f"{company}: stage {stage} has not run in {workspace.cycle}. Use `day1 run`, all in order."
        )
    if account.get("is_blocked"):
        raise DeliveryError("\n".join([f"{company}: the delivery is refused.", *account["problems"]]))
    return account


def finish_stage(workspace: Workspace, company: str, stage: str, account: Account) -> Account:
    """Write the account of a stage that was started, which makes it count as run; gives it as it stands."""
    return commit_stage(aside(workspace.stage_folder(company, stage)), {**account, RUN: workspace.run})


def content_hash(delivery: Delivery) -> str:
    """Names what the files of a delivery hold, whatever its manifest says besides."""
    return fingerprint(*sorted(file.sha256 for file in delivery.files))


def _receipt_account(receipt: Receipt) -> Account:
    delivery = receipt.delivery
    files = delivery.files if delivery else ()
    texts: dict[str, int] = {}
    for (file, _), count in (receipt.texts.rows if receipt.texts else {}).items():
        texts[file] = texts.get(file, 0) + count
    return {
        "is_blocked": receipt.is_blocked,
        "is_delta": delivery is not None and delivery.is_delta,
        "previous": delivery.previous if delivery else "",
        "texts": texts,
        "problems": list(receipt.problems),
        "extract_taken_at": delivery.extract_taken_at.isoformat() if delivery else "",
        "content": content_hash(delivery) if delivery else "",
        "rows": sum(receipt.rows.values()),
        "exports": sorted({file.export for file in files}),
        "files": [
            {"export": each.export, "file": each.name, "rows": receipt.rows.get(each.name, each.rows)}
            for each in files
        ],
    }
