"""The open report: its tabs, one for each section."""
