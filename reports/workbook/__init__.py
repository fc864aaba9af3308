"""Figures on sheets: style, tables, charts and the books they make."""
