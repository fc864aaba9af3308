"""Readers of text, CSV, workbooks, JSON lines, XML. Each turns a file into text frames with row numbers."""
