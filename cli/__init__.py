"""The command line: parse, call, print. `app.py` holds `main()`, the one place where an error becomes an exit code."""
