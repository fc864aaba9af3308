"""Which defect is planted where, and the findings it must lead to."""

from collections.abc import Callable, Sequence

from samples.defects import (
    after_extract,
    case_people,
    case_records,
    case_text,
    gateway_rows,
    satellite_rows,
    schedule_hours,
    schedule_rows,
    staff_rows,
)
from samples.defects.across import ACROSS
from samples.defects.site import Site, severity_of
from samples.delivery import Delivery, SentFile
from samples.world import World

Plant = Callable[[Site], None]
SPLIT_COMPANIES = ("C04", "C07")
"""Companies that fall in two regions: only there does geography route."""
OFFENDER_MANAGEMENT = (case_records.two_managers, case_records.no_manager, case_people.pending_transfer)
"""Damage that shows only where the company itself manages offenders (delius.md, live components)."""
UTF8_SCHEDULES = ("MTC", "ARCC")

# The order matters where a victim is picky: the pickiest defects choose first.
PLANTS: tuple[tuple[str, str, Plant], ...] = (
    ("D57", "staff", case_records.restricted_to_leavers),
    ("D58", "delius", case_records.no_geography),
    ("D58", "delius", case_records.geography_against_team),
    ("D45", "delius", case_records.credits_above_order),
    ("D36", "delius", case_records.future_sentence),
    ("D37", "delius", case_records.event_number_twice),
    ("D26", "delius", case_people.crn_twice),
    ("D30", "delius", case_people.future_birth),
    ("D44", "delius", case_records.long_and_short_order),
    ("D12", "delius", case_text.pipe_in_note),
    ("D13", "delius", case_text.line_break_in_note),
    ("D14", "delius", case_text.nul_character),
    ("D20", "delius", case_text.unreadable_date),
    ("D11", "delius", case_text.byte_order_mark),
    ("D16", "delius", case_text.double_encoding),
    ("D28", "delius", case_people.pnc_in_cro_column),
    ("D29", "delius", case_people.wrong_pnc_letter),
    ("D29", "delius", case_people.malformed_ni_number),
    ("D29", "delius", case_people.malformed_postcode),
    ("D31", "delius", case_people.prison_number_twice),
    ("D42", "delius", case_people.pending_transfer),
    ("D49", "delius", case_people.bad_codes),
    ("D74", "delius", case_records.code_of_ndelius),
    ("D35", "delius", case_records.closed_without_date),
    ("D38", "delius", case_records.two_managers),
    ("D39", "delius", case_records.no_manager),
    ("D40", "delius", case_records.no_team),
    ("D62", "delius", after_extract.requirement_ended_since),
    ("D63", "delius", after_extract.requirement_closed_here),
    ("D43", "delius", case_records.rar_days),
    ("D41", "delius", case_records.manager_of_nothing),
    ("D64", "delius", case_records.unreadable_end),
    ("D60", "delius", after_extract.forgotten_person),
    ("D61", "delius", after_extract.manager_not_delivered),
    ("D61", "delius", after_extract.requirement_reallocated),
    ("D61", "delius", after_extract.person_reallocated),
    ("D62", "delius", after_extract.report_finished_since),
    ("D32", "spg", gateway_rows.crn_of_another),
    ("D70", "spg", gateway_rows.twin),
    ("D33", "spg", gateway_rows.two_answers),
    ("D34", "spg", gateway_rows.same_name),
    ("D27", "spg", gateway_rows.merged_crn),
    ("D36", "spg", gateway_rows.future_sentence),
    ("D37", "spg", gateway_rows.event_number_twice),
    ("D64", "spg", gateway_rows.unreadable_end),
    ("D44", "spg", gateway_rows.long_and_short_order),
    ("D40", "spg", gateway_rows.unknown_team),
    ("D43", "spg", gateway_rows.rar_days),
    ("D41", "spg", gateway_rows.unknown_event),
    ("D16", "spg", gateway_rows.double_encoding),
    ("D29", "spg", gateway_rows.malformed_identifiers),
    ("D49", "spg", gateway_rows.bad_codes),
    ("D74", "spg", gateway_rows.code_of_ndelius),
    ("D60", "spg", after_extract.forgotten_gateway_person),
    ("D62", "spg", after_extract.record_ended_since),
    ("D63", "spg", after_extract.record_closed_here),
    ("D27", "upw", schedule_rows.merged_crn),
    ("D51", "upw", schedule_rows.too_much_training),
    ("D51", "upw", schedule_rows.man_at_womens_project),
    ("D65", "upw", schedule_hours.error_cells),
    ("D66", "upw", schedule_hours.forgotten_reference),
    ("D67", "upw", schedule_hours.two_numbers),
    ("D76", "upw", schedule_hours.session_of_another),
    ("D77", "upw", schedule_hours.credited_travel),
    ("D15", "upw", schedule_rows.undecodable_byte),
    ("D17", "upw", schedule_rows.missing_number),
    ("D64", "upw", schedule_rows.unreadable_end),
    ("D18", "upw", schedule_rows.excel_day),
    ("D22", "upw", schedule_rows.formula_text),
    ("D23", "upw", schedule_rows.identical_row),
    ("D24", "upw", schedule_rows.same_key),
    ("D32", "upw", schedule_rows.crn_of_another),
    ("D69", "upw", schedule_rows.merged_twice),
    ("D70", "upw", schedule_rows.father),
    ("D46", "upw", schedule_rows.future_outcome),
    ("D47", "upw", schedule_rows.too_much_credit),
    ("D47", "upw", schedule_rows.no_outcome),
    ("D48", "upw", schedule_rows.long_travel),
    ("D49", "upw", schedule_rows.unknown_outcome),
    ("D50", "upw", schedule_rows.differing_credit),
    ("D50", "upw", schedule_rows.no_order),
    ("D21", "delius", case_text.swapped_date),
    ("D25", "eoc", satellite_rows.cut_line),
    ("D75", "eoc", satellite_rows.member_twice),
    ("D53", "eoc", satellite_rows.assessment_rows),
    ("D70", "eoc", satellite_rows.twin),
    ("D53", "justice_star", satellite_rows.star_rows),
    ("D15", "programmes", satellite_rows.undecodable_byte),
    ("D23", "programmes", satellite_rows.repeated_attendance),
    ("D27", "programmes", satellite_rows.merged_crn),
    ("D52", "programmes", satellite_rows.programme_rows),
    ("D78", "programmes", satellite_rows.bare_quote),
    ("D52", "programmes", satellite_rows.panel_rows),
    ("D52", "referrals", satellite_rows.referral_rows),
    ("D22", "referrals", satellite_rows.formula_text),
    ("D73", "referrals", satellite_rows.closed_requirement),
    ("D11", "referrals", satellite_rows.byte_order_mark),
    ("D54", "staff", satellite_rows.shares),
    ("D64", "staff", satellite_rows.unreadable_leaving),
    ("D55", "staff", satellite_rows.doubled_staff),
    ("D56", "staff", satellite_rows.doubtful_staff),
    ("D68", "staff", staff_rows.accounts),
    ("D56", "staff", staff_rows.roles),
    ("D59", "documents", satellite_rows.bad_documents),
)
"""Defect, the export it is planted in, and what plants it."""
CARRIED = tuple(sorted({*ACROSS, *(defect for defect, _, _ in PLANTS)}))
"""The defects after which the delivery still goes through."""


def plant(
    world: World, delivery: Delivery, baseline: Delivery, defects: Sequence[str], exports: Sequence[str]
) -> Site:
    """Plant those of `defects` that concern `exports` of this company; the site knows what to expect."""
    site = Site(world, delivery, baseline)
    for defect, export, damage in PLANTS:
        if defect in defects and export in exports and _applies(defect, export, damage, site):
            site.defect = defect
            damage(site)
    return site


def _applies(defect: str, export: str, damage: Plant, site: Site) -> bool:
    if defect == "D58":
        return site.company in SPLIT_COMPANIES
    if damage in OFFENDER_MANAGEMENT or damage is after_extract.person_reallocated:
        return bool(site.rows("OFFENDER_MANAGER", PROBATION_AREA_CODE=site.company))
    if damage is schedule_rows.undecodable_byte:
        return site.owner in UTF8_SCHEDULES
    if damage is satellite_rows.byte_order_mark:
        return site.owner not in ("SODEXO", "PEOPLEPLUS")
    return export in site.delivery.exports()


def expected_lines(site: Site, files: list[SentFile]) -> list[list[str]]:
    """The expected findings of one delivery as lines of expected_findings.csv."""
    lines = []
    for defect, (export, part, row, rule, offset) in site.expected:
        file = _file_of(export, part, row, files)
        source_row = "" if row is None else _moved(file.positions[id(row)], offset)
        lines.append([site.company, export, file.name, source_row, rule, severity_of(rule), defect])
    return lines


def _file_of(export: str, part: str, row: object, files: list[SentFile]) -> SentFile:
    of_export = [file for file in files if file.export == export]
    if row is not None:
        return next(file for file in of_export if id(row) in file.positions)
    return next(file for file in of_export if part in file.name or len(of_export) == 1)


def _moved(position: str, offset: int) -> str:
    return str(int(position) + offset) if offset else position
