"""The dates the sample world turns on."""

import datetime as dt

DAY_1 = dt.date(2021, 6, 26)
EXTRACT = dt.date(2021, 6, 25)
"""The day the extracts are taken."""
EARLIEST_SENTENCE = dt.date(2020, 7, 1)
LATEST_SENTENCE = dt.date(2021, 4, 30)
FOUNDED = dt.date(2014, 6, 1)
"""Teams and staff of the companies start here."""


def days(count: int) -> dt.timedelta:
    """A span of `count` days."""
    return dt.timedelta(days=count)
