"""Prose: typed, pasted, set as it is printed, bound to the draft."""
