"""The nation on one web page."""
