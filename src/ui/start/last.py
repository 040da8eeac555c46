"""What a database keeps of the last time, as settings by name: report, place in it, tabs."""

REPORT = "last_report"
ITEM = "last_item"
"""The place where a report was left: `last_item.ID`."""
TABS = "last_tabs"
