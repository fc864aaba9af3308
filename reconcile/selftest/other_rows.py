"""New values taken from other rows: references, codes of a list, what stood there before the load."""

import json
from typing import Any

import sqlalchemy as sa

from reconcile.selftest.place import Place, UnfitError, stored
from target.ledger import BEFORE_IMAGE, LEDGER
from target.shape import constraints, key_column, table_names
from target.tables import table

_CODES, _CODE, _LIST = "R_STANDARD_REFERENCE_LIST", "CODE_VALUE", "REFERENCE_DATA_MASTER_ID"
_AREA, _AREA_ID = "PROBATION_AREA", "PROBATION_AREA_ID"


def _referred(place: Place) -> str:
    """The table that the column refers to."""
    found = (
        rule.argument
        for rule in constraints(place.table)
        if rule.kind == "refers_to" and rule.columns == (place.column,)
    )
    name = next(found, None)
    # Derived tables state no reference; there the column bears the name of the other table's key.
    return name or next(each for each in table_names() if _is_key(each, place.column))


def _is_key(name: str, column: str) -> bool:
    return [str(one.name) for one in table(name).primary_key.columns] == [column]


def other_row(place: Place) -> Any:
    """The row with the lowest key of the table referred to that is not the one referred to."""
    name = _referred(place)
    return place.smallest(table(name).c[key_column(name)])


def other_code(place: Place) -> Any:
    """Another code of the same list."""
    codes = table(_CODES)
    its_list = sa.select(codes.c[_LIST]).where(codes.c[key_column(_CODES)] == place.filled).scalar_subquery()
    return place.smallest(codes.c[key_column(_CODES)], codes.c[_LIST] == its_list)


def same_code(place: Place) -> Any:
    """The same code of another list."""
    codes = table(_CODES)
    its_code = sa.select(codes.c[_CODE]).where(codes.c[key_column(_CODES)] == place.filled).scalar_subquery()
    return place.smallest(codes.c[key_column(_CODES)], codes.c[_CODE] == its_code)


def closing(place: Place) -> Any:
    """A row of a company that was loaded: one of its areas, teams, members of staff or logins."""
    name = _referred(place)
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
