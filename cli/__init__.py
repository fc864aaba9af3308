"""The command line: parse, call, print. `app.py` turns errors into exit codes, nobody else."""
