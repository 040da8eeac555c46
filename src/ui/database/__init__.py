"""The database of the window: opened, backed up, rescued; its bin."""
