"""Files from elsewhere: read, reviewed beside their source, taken in."""
