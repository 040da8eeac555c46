"""A statutory table on the screen, and what keys do in it."""
