"""Checks every batch before it is loaded: schemas derived from the dictionary, and the named rules."""
