"""What the checker finds, beside the report while it is typed."""
