"""The manual and the keys."""
