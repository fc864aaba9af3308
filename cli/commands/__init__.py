"""One module per group of commands, each with `register(app)`. Heavy imports stand inside the commands."""
