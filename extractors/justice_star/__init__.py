"""justice_star: star assessments."""
