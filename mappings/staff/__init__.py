"""The staff return: who goes where, on what pay and pension, under which code (staff_functions.md)."""
