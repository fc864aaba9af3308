"""What a column refers to, and the codes that people know the rows there by."""

from functools import cache

from target.schema.shape import constraints, table_names
from target.schema.tables import table
from vocabulary.resources import text_table

CODES, CODE, LIST = "R_STANDARD_REFERENCE_LIST", "CODE_VALUE", "REFERENCE_DATA_MASTER_ID"
"""The table of all lists that have none of their own, its code, and which list a row is of."""


@cache
def referred(name: str, column: str) -> str:
    """The table that `column` of table `name` refers to."""
    found = (
        rule.argument for rule in constraints(name) if rule.kind == "refers_to" and rule.columns == (column,)
    )
    # Derived tables state no reference; there the column bears the name of the other table's key.
    return next(found, None) or next(each for each in table_names() if _is_key(each, column))


@cache
def code_column(name: str) -> str:
    """The column of table `name` that holds its codes."""
    lines = text_table("target", "reference_lists.csv")
    own = {row["table"]: str(row["code_column"]) for row in lines.iter_rows(named=True)}
    return own.get(name, CODE)


def _is_key(name: str, column: str) -> bool:
    return [str(one.name) for one in table(name).primary_key.columns] == [column]
