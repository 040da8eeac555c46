"""Writers: the neutral page of a report, and the pens that draw it."""
