"""What follows from another row is counted at that row."""

import polars as pl

from reports.finding_order import counted_below, with_count_below
from tests.spec.drawn_tables import drawn

FINDINGS = drawn("""
company | export | source_file | source_row | rule | told           | follows
C06     | spg    | a           | 1          | E03  | 1              | 3
C06     | spg    | a           | 2          | X01  | 2 and 1 more   |
C06     | spg    | a           | 3          | X01  |                |
C06     | upw    | b           | 9          | X01  | 9              |
C06     | spg    | a           | 7          | T05  | 7              |
C17     | spg    | a           | 2          | X01  | 2              |
C17     | spg    | a           | 3          | X01  | 3              |
""")


def test_a_row_says_how_many_hang_on_it() -> None:
    frame = pl.DataFrame(FINDINGS).drop("told", "follows")
    told = [row["told"] for row in FINDINGS if row["told"]]
    assert counted_below(frame)["source_row"].to_list() == told
    below = with_count_below(frame)["follows"].to_list()
    assert below == [int(row["follows"]) if row["follows"] else None for row in FINDINGS]
