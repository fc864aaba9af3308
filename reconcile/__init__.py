"""Reconciliation: proves from the sources and the target alone that Day 1 wrote what it should, and no more.

Imports neither mappings nor the plan: what is checked must not say what is right (docs/proofs.md).
"""
