"""The cases of one company as one set of frames, whichever system they are kept in.

nDelius has the cases. A company that records in nDelius has no others; one with a case system of its own has
records as well, and what nDelius has no key for Day 1 adds. Here both come together: whoever asks gets one
frame per entity, and learns which system a row came from by its provenance (export, source_file, source_row)
alone. References (`*_ref`, person_id) are nDelius's key as text, or the natural key of what is added.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from mappings.case import company_orders, orders, sessions
from mappings.case.event_places import event_places
from mappings.case.key_dates import key_dates
from mappings.case.live_components import Frames
from mappings.case.live_events import latest_events
from mappings.case.managers import active_managers
from mappings.case.own_records import is_added, own_records
from mappings.case.person_components import person_components
from mappings.case.persons import person_refs, persons
from mappings.case.requirements import requirements
from vocabulary.batch import Batch


@dataclass(frozen=True)
class CaseModel:
    """Frames of one company's cases, each made once; made anew when outcomes of the case system change.

    `batch`: the company's rows after match. `baseline`: nDelius on the evening before.
    """

    batch: Batch
    baseline: Batch

    @cached_property
    def standing(self) -> Frames:
        """nDelius by entity, without what is deleted there."""
        return self.baseline.standing_frames()

    @cached_property
    def managers(self) -> pl.DataFrame:
        """Active managers of nDelius, of all kinds (mappings.case.managers)."""
        return active_managers(self.standing)

    @cached_property
    def records(self) -> Frames:
        """Carried records of the company's own case system by entity; none of one that records in nDelius."""
        return own_records(self.batch)

    def added(self, entity: str) -> pl.DataFrame:
        """Those of the `records` of `entity` that only the company holds."""
        return self.records[entity].filter(is_added(entity))

    @cached_property
    def persons(self) -> pl.DataFrame:
        """Everybody whom nDelius or the company knows (mappings.case.persons)."""
        return persons(self.batch, self.baseline)

    @cached_property
    def person_refs(self) -> pl.DataFrame:
        """person_ref, person_id: whom each of the company's own numbers is (mappings.case.persons)."""
        return person_refs(self.batch)

    @cached_property
    def event_places(self) -> pl.DataFrame:
        """Where nDelius has, or gets, the events of the `records` (mappings.case.event_places)."""
        return event_places(self.batch, self.baseline)

    @cached_property
    def components(self) -> pl.DataFrame:
        """Requirements and licence conditions of nDelius (mappings.case.person_components)."""
        return person_components(self.baseline)

    @cached_property
    def requirements(self) -> pl.DataFrame:
        """Requirements that nDelius has or gets (mappings.case.requirements)."""
        return requirements(self.batch, self.baseline, self.components, self.event_places)

    @cached_property
    def latest_events(self) -> pl.DataFrame:
        """person_id, latest_event that something new about a person hangs on (mappings.case.live_events)."""
        return latest_events(self.batch, self.baseline, self.requirements)

    @cached_property
    def key_dates(self) -> pl.DataFrame:
        """custody_id, type, date (mappings.case.key_dates)."""
        return key_dates(self.batch, self.baseline)

    # Unpaid work

    @cached_property
    def orders(self) -> pl.DataFrame:
        """Orders, with whether they are live (mappings.case.orders)."""
        return orders.all_orders(self.batch, self.baseline)

    @cached_property
    def event_orders(self) -> pl.DataFrame:
        """local_event_ref, order_ref, event_ref: the order of each event of the `records`."""
        return orders.event_orders(self.batch, self.baseline, self.event_places)

    @cached_property
    def company_orders(self) -> pl.DataFrame:
        """Orders of the company's teams with minutes and provenance (mappings.case.company_orders)."""
        return company_orders.company_orders(self.batch, self.baseline)

    @cached_property
    def sessions(self) -> pl.DataFrame:
        """Appointments that nDelius has or gets (mappings.case.sessions)."""
        return sessions.sessions(self.batch, self.baseline, self.event_orders)

    @cached_property
    def adjustments(self) -> pl.DataFrame:
        """order_ref, amount (minutes), direction of what nDelius has or gets."""
        return sessions.adjustments(self.batch, self.baseline, self.event_orders)

    @cached_property
    def session_references(self) -> pl.DataFrame:
        """What a schedule may refer to (mappings.case.sessions)."""
        return sessions.session_references(self.batch, self.baseline)

    @cached_property
    def session_times(self) -> pl.DataFrame:
        """When each project was worked (mappings.case.sessions)."""
        return sessions.session_times(self.batch, self.sessions)
