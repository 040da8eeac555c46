"""From desk to desk: states, signatures, remarks, copies."""
