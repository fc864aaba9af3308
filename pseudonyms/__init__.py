"""Real deliveries made into deliveries about nobody: people out, nastiness in (docs/pseudonyms.md)."""
