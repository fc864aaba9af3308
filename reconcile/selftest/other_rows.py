"""New values taken from other rows: references, codes of a list, what stood there before the load."""

import json
from typing import Any

import sqlalchemy as sa

from reconcile.selftest.place import Place, UnfitError, stored
from reconcile.selftest.references import CODE, CODES, LIST, referred
from target.ledger import BEFORE_IMAGE, LEDGER
from target.schema.shape import key_column
from target.schema.tables import table

_AREA, _AREA_ID = "PROBATION_AREA", "PROBATION_AREA_ID"


def other_row(place: Place) -> Any:
    """The row with the lowest key of the table referred to that is not the one referred to."""
    name = referred(place.table, place.column)
    return place.smallest(table(name).c[key_column(name)])


def other_code(place: Place) -> Any:
    """Another code of the same list."""
    codes = table(CODES)
    its_list = sa.select(codes.c[LIST]).where(codes.c[key_column(CODES)] == place.filled).scalar_subquery()
    return place.smallest(codes.c[key_column(CODES)], codes.c[LIST] == its_list)


def neighbour(place: Place) -> Any:
    """The next row of the table referred to, of a code the next one of its list; after the last one the row
    before it."""
    name = referred(place.table, place.column)
    return _beside(place, name, place.filled)


def of_neighbour(place: Place) -> Any:
    """What the column holds in the next row of its own table, of a code in the next one of its list."""
    key = key_column(place.table)
    beside = _beside(place, place.table, place.row[key])
    source = table(place.table).c
    wanted = sa.select(source[place.column]).where(source[key] == beside)
    return place.connection.execute(wanted).scalar()


def _beside(place: Place, name: str, number: Any) -> Any:
    """The key of the row of `name` that stands beside the one whose key is `number`."""
    rows = table(name).c
    key = rows[key_column(name)]
    own: sa.ColumnElement[bool] = sa.true()
    if name == CODES:
        own = rows[LIST] == sa.select(rows[LIST]).where(key == number).scalar_subquery()
    after = sa.select(sa.func.min(key)).where(key > number, own)
    before = sa.select(sa.func.max(key)).where(key < number, own)
    found = place.connection.execute(
        sa.select(sa.func.coalesce(after.scalar_subquery(), before.scalar_subquery()))
    )
    beside = found.scalar()
    if beside is None:
        raise UnfitError
    return beside


def same_code(place: Place) -> Any:
    """The same code of another list."""
    codes = table(CODES)
    its_code = sa.select(codes.c[CODE]).where(codes.c[key_column(CODES)] == place.filled).scalar_subquery()
    return place.smallest(codes.c[key_column(CODES)], codes.c[CODE] == its_code)


def closing(place: Place) -> Any:
    """A row of a company that was loaded: one of its areas, teams, members of staff or logins."""
    name = referred(place.table, place.column)
    areas, target = table(_AREA), table(name)
    closing = sa.select(areas.c[_AREA_ID]).where(areas.c["CODE"].in_(sa.select(table(LEDGER).c["COMPANY"])))
    if name == "USER_":
        staff = table("STAFF")
        theirs = sa.select(staff.c["STAFF_ID"]).where(staff.c[_AREA_ID].in_(closing))
        return place.smallest(target.c["USER_ID"], target.c["STAFF_ID"].in_(theirs))
    return place.smallest(target.c[key_column(name)], target.c[_AREA_ID].in_(closing))


def as_before(place: Place) -> Any:
    """What the column held before the load, as its before-image says."""
    images = table(BEFORE_IMAGE).c
    old = sa.select(images["OLD_VALUES"]).where(
        images["TABLE_NAME"] == place.table,
        images["TARGET_ID"] == place.row[key_column(place.table)],
        images["CHANGE_NUMBER"] >= 0,
    )
    texts = json.loads(
        place.connection.execute(old.order_by(images["CHANGE_NUMBER"])).scalars().first() or "{}"
    )
    if place.column not in texts:
        raise UnfitError
    text = texts[place.column]
    return None if text is None else stored(place, text)
