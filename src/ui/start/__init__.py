"""From the double click to the window that can be written to."""
