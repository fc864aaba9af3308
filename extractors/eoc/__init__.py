"""eoc: needs and plan assessments."""
