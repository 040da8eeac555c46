"""Failures of an operation, told to people.

Figures that do not agree are not failures: they are findings (see `checks`).
"""


class AppError(Exception):
    """An operation could not be done; its text is one Chinese sentence saying what and what to do.

    Caught in three places only: the window's bridge, the window's action handlers and `cli.main`.
    """


class Unreadable(AppError):
    """A file could not be read as what it claims to be."""
