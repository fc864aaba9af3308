"""What assessments of other tools must have become: OASys rows that claim no score, and their diary
entries."""

import json
from functools import cache

import polars as pl

from reconcile.expected.diary import attribute_to_author
from reconcile.proofs.fields import Expected
from reconcile.registry import expects
from reconcile.sources.code_lists import decided_code, read_code, scope_of, waiting_codes
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from reconcile.sources.reading import read_word
from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.resources import text_table
from vocabulary.source import source_words

EOC, ASSESSMENT, STAR = "eoc", "assessment", "justice_star"
CONTACT_TYPE = "CRCA"
OPEN = "OPEN"
SHOWN_ONLY = "Recorded by the company's own tool. It is no OASys score."
HEADING = "Needs and plan carried over from the company's own tool; no OASys score or band is claimed."
PERSON_WORDS = (
    "surname", "first_name", "second_name", "date_of_birth", "crn", "noms_number", "pnc_number", "cro_number",
)  # fmt: skip
OBJECTIVE = ("number", "text", "measure", "action", "who", "target_date")
OASYS_TABLES = ("OASYS_OFFENDER", "OASYS_ASSESSMENT_GROUP")


@expects("eoc", entities="assessment")
def expected_assessments(evidence: Evidence, people: pl.DataFrame) -> list[Expected]:
    """Rows of CONTACT and of the OASys tables. `people`: person, area of everybody assessed."""
    decided = evidence.delivery.decided
    rows = evidence.delivery.carried(EOC, ASSESSMENT).with_columns(pl.col("person_id").alias("person"))
    contact_type = decided_code("contact_type", CONTACT_TYPE, evidence.company, decided)
    notes = [_assessment_note(row, evidence) for row in rows.iter_rows(named=True)]
    plans = [_plan_text(row, evidence) for row in rows.iter_rows(named=True)]
    purpose = read_code("type", "eoc_type", EOC, evidence.company, decided)
    waits = pl.col("type").is_in(waiting_codes("eoc_type", EOC, evidence.company, decided)).fill_null(False)
    told = rows.with_columns(
        pl.Series("notes", notes, pl.String),
        pl.Series("plan_text", plans, pl.String),
        pl.lit(contact_type).alias("contact_type"),
        pl.lit(f"{evidence.company}:{EOC}").alias("tool"),
        pl.lit(evidence.company).alias("company"),
        pl.lit(company(evidence.company).name).alias("company_name"),
        pl.when(~waits).then(purpose).alias("purpose"),
        pl.when(purpose.is_not_null() & ~waits)
        .then(pl.lit("PURPOSE_OF_ASSESSMENT_REASON"))
        .alias("purpose_category"),
        pl.when(read_code("rosh_level", "rosh", EOC, evidence.company, decided).is_not_null())
        .then(pl.lit("RISK_FLAG"))
        .alias("rosh_category"),
    )
    diary = attribute_to_author(told.with_columns(pl.col("assessor").alias("author")), evidence)
    contacts = evidence.with_keys(diary, "CONTACT", EOC)
    writer = f"{EOC}.{ASSESSMENT}"
    return [
        Expected("CONTACT", writer, contacts, EOC, ASSESSMENT),
        *_oasys(evidence, told, people, writer),
    ]


def star_notes(stars: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`stars` with `notes`: reference, type and the ten scores, then the star's own note."""
    labels = _labels("star_type", STAR, evidence.company)
    areas = [word for word in source_words(STAR)["star"] if word.name.startswith("score_")]
    notes = []
    for row in stars.iter_rows(named=True):
        lines = [("Star", row["star_ref"]), ("Type", labels.get(row["type"]))]
        lines += [(area.meaning.rsplit(",", 1)[0].capitalize(), _whole(row[area.name])) for area in areas]
        notes.append(_note(lines, row["note"]))
    return stars.with_columns(pl.Series("notes", notes, pl.String))


def _oasys(evidence: Evidence, rows: pl.DataFrame, people: pl.DataFrame, writer: str) -> list[Expected]:
    """Person and group once per person, set and section once per assessment, objectives that are open."""
    known = _known_persons(evidence)
    assessed = (
        rows.select(*PLACE, "person")
        .unique("person", keep="first", maintain_order=True)
        .join(known, on="person", how="inner", maintain_order="left")
        .join(
            people.select("person", "area").unique("person"), on="person", how="left", maintain_order="left"
        )
        .with_columns(pl.col("area").fill_null(evidence.home))
    )
    by_person = _keys_by_person(evidence, assessed)
    sets = evidence.with_keys(rows, "OASYS_SET", EOC, "set").join(
        by_person.select("person", "group"), on="person", how="left", maintain_order="left"
    )
    with_known = sets.join(
        known.select("person", pl.all().exclude("person").name.prefix("known_")),
        on="person",
        how="left",
        maintain_order="left",
    )
    sections = evidence.with_keys(sets, "OASYS_SECTION", EOC)
    offender, group = (
        by_person.with_columns(pl.col(name).alias("key")) for name in ("oasys_offender", "group")
    )
    own = [
        # Of a person whom two companies assessed the row is the first one's: its area may be another.
        Expected("OASYS_OFFENDER", f"{EOC}.person", offender.filter(pl.col("is_own"))),
        Expected("OASYS_ASSESSMENT_GROUP", f"{EOC}.person", group.filter(pl.col("is_own"))),
    ]
    return [
        *own,
        Expected("OASYS_SET", writer, with_known.with_columns(key="set"), EOC, ASSESSMENT),
        Expected("OASYS_SECTION", writer, sections, EOC, ASSESSMENT),
        Expected("BASIC_SENTENCE_PLAN_OBJ", f"{EOC}.objective", _objectives(evidence, sets)),
    ]


def _known_persons(evidence: Evidence) -> pl.DataFrame:
    """person and PERSON_WORDS as nDelius has them, limited_access (Y or N)."""
    offenders = evidence.country.baseline["offender"]
    limited = (pl.col("is_excluded") == "1") | (pl.col("is_restricted") == "1")
    return offenders.select(
        pl.col("offender_id").alias("person"),
        *(read_word("delius", "offender", word, BASELINE_COMPANY).alias(word) for word in PERSON_WORDS),
        pl.when(limited.fill_null(False)).then(pl.lit("Y")).otherwise(pl.lit("N")).alias("limited_access"),
    ).unique("person")


def _keys_by_person(evidence: Evidence, assessed: pl.DataFrame) -> pl.DataFrame:
    """`assessed` with the keys of OASys person and group, by nDelius's number of the person that they
    bear."""
    found = assessed
    for table, name in zip(OASYS_TABLES, ("oasys_offender", "group"), strict=True):
        claimed = evidence.inserted(table).select(pl.col("MIG_ID").alias("person"), pl.col("key").alias(name))
        found = found.join(
            claimed.unique("person", keep="first"), on="person", how="left", maintain_order="left"
        )
    everyone = evidence.country.trail.of_table(OASYS_TABLES[0])
    first = everyone.sort(
        "source_file", "source_row"
    ).unique("key", keep="first").filter(pl.col("company") == everyone["company"].min())  # fmt: skip
    shared = everyone.filter(pl.col("company").n_unique().over("key") > 1)["key"]
    is_mine = pl.col("oasys_offender").is_in(first["key"].implode()) | ~pl.col("oasys_offender").is_in(
        shared.implode()
    )
    return found.with_columns(is_mine.fill_null(True).alias("is_own"))


def _objectives(evidence: Evidence, sets: pl.DataFrame) -> pl.DataFrame:
    """One row per open objective, found in the target by its set and number."""
    written = evidence.inserted("BASIC_SENTENCE_PLAN_OBJ")
    keys: dict[tuple[str, str], list[str]] = {}
    for key, of_set, number in written.select("key", "OASYS_SET_PK", "DISPLAY_SORT").iter_rows():
        keys.setdefault((of_set, number), []).append(key)
    found = []
    for row in sets.iter_rows(named=True):
        for one in _members(row, "objective", evidence):
            if one["status"] != OPEN:
                continue
            free = keys.get((row["set"], str(one["number"])), [])
            found.append(
                {name: row[name] for name in (*PLACE, "set", "tool")}
                | {name: one[name] for name in OBJECTIVE}
                | {
                    "objective_ref": f"{row['assessment_ref']}/{one['number']}",
                    "key": free.pop(0) if free else None,
                }
            )
    names = [*PLACE, "set", "tool", *OBJECTIVE, "objective_ref", "key"]
    return pl.DataFrame(found, schema=dict.fromkeys(names, pl.String))


def _members(row: dict[str, str], name: str, evidence: Evidence) -> list[dict[str, str | None]]:
    """The members of a list of an assessment, each with its words as text; blanks as None."""
    words = [word for word in source_words(EOC)[ASSESSMENT] if word.name.startswith(f"{name}.")]
    columns = {}
    for word in words:
        listed = json.loads(row[word.name]) if row[word.name] else []
        columns[word.name.split(".")[1]] = [_plain(value, word.code_list, evidence) for value in listed]
    size = max((len(values) for values in columns.values()), default=0)
    return [{word: values[place] for word, values in columns.items()} for place in range(size)]


def _plain(value: str | None, code_list: str | None, evidence: Evidence) -> str | None:
    text = None if value is None else str(value).strip()
    if not text:
        return None
    return text if code_list is None or text in _labels(code_list, EOC, evidence.company) else None


def _assessment_note(row: dict[str, str], evidence: Evidence) -> str:
    lines = [
        ("Assessment", row["assessment_ref"]),
        ("Version of the tool", row["version"]),
        ("Type", _labels("eoc_type", EOC, evidence.company).get(row["type"])),
        ("Started", row["start_date"]),
        ("Completed", row["completed_date"]),
        ("Risk of serious harm, as recorded", _labels("rosh", EOC, evidence.company).get(row["rosh_level"])),
        ("OGRS3 of one year, as recorded", _whole(row["ogrs3_one_year"])),
        ("OGRS3 of two years, as recorded", _whole(row["ogrs3_two_year"])),
    ]
    return _note(lines, SHOWN_ONLY)


def _plan_text(row: dict[str, str], evidence: Evidence) -> str | None:
    """A line per need, then which section each objective serves. What is scored 0, is no part of the plan and
    has nothing said about it is no need."""
    labels = _labels("eoc_need", EOC, evidence.company)
    sections = {
        line["source_code"]: line["target_code"]
        for line in text_table("mappings", "codes", "eoc_need.csv").iter_rows(named=True)
    }
    lines = []
    for need in _members(row, "need", evidence):
        in_plan = need["is_priority"] == "true"
        if int(need["score"] or 0) > 0 or in_plan or need["summary"]:
            told = f": {need['summary']}" if need["summary"] else ""
            marked = " (taken into the plan)" if in_plan else ""
            lines.append(f"Section {sections[need['area'] or '']} {labels[need['area'] or '']}{marked}{told}")
    for one in _members(row, "objective", evidence):
        section = f"Section {sections[one['area'] or '']} {labels[one['area'] or '']}"
        lines.append(f"Objective {one['number']} ({one['status']}): {section}")
    return "\n".join([HEADING, *lines]) if lines else None


@cache
def _labels(name: str, export: str, company_code: str) -> dict[str, str]:
    """Source code to label, the owner's line before the one for everyone."""
    lines = text_table("mappings", "codes", f"{name}.csv")
    found: dict[str, str] = {}
    for scope in ("*", scope_of(export, company_code)):
        for line in lines.filter(pl.col("scope") == scope).iter_rows(named=True):
            found[line["source_code"]] = line["source_label"]
    return found


def _note(lines: list[tuple[str, str | None]], ending: str | None) -> str:
    told = [f"{label}: {value}" for label, value in lines if value is not None]
    return "\n".join(told if ending is None else [*told, ending])


def _whole(value: str | None) -> str | None:
    return None if value is None else str(int(value))
