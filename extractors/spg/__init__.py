"""spg: the full-record interchange of the companies with a case system of their own."""
