"""Limits of unpaid work that rules and lists share (client's business rules)."""

MAX_TRAVEL_MINUTES = 90
"""Each way from home (BR09)."""

MAX_TRAVEL_CREDIT = 60
"""Minutes each way under supervision (BR10)."""

ETE_SHARE = 5
"""20 per cent, one minute in five, of the minutes ordered may be education, training, employment (BR07)."""

FEMALE = "F"
"""Gender of who may be placed at a women-only project (U16)."""
