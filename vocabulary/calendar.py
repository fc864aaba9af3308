"""The dates everything turns on."""

import datetime as dt

DAY_1 = dt.date(2021, 6, 26)
"""Saturday 26 June 2021: the old manager's end date and the new one's allocation date (delius.md)."""

LAST_CRC_DAY = dt.date(2021, 6, 25)
"""The companies end on this day: nothing later may have an outcome (BR25)."""
