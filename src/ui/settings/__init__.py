"""What is chosen once for all reports."""
