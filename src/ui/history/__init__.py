"""What a report was before, and how two of them differ."""
