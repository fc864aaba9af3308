"""What loads wrote, as files for the client's own tools: for database administrators who let no tool in."""
