"""What shape cannot say: the named rules, one module per entity.

Each rule carries its id from vocabulary/rules.csv.
"""
