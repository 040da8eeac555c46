"""Preview and printers."""
