"""Words every room shares: companies, source words, rules, findings, errors, dates.

Imports nothing of ours.
"""
