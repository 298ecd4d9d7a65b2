"""salpi."""
