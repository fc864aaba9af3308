"""Whom weighed evidence speaks for where no identifier decides: a Splink model, its settings as data."""
