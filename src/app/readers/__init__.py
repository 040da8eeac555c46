"""Readers: what offices have, read into a proposal. Nothing is guessed silently.

`read` tells the kind of a file by its content (a wrong suffix does no harm), reads it into a
neutral extract and places that on a form. See docs/reading.md.
"""

from pathlib import Path

from app.readers.proposal import Proposal

__all__ = ["Proposal", "read"]


def read(path: Path) -> Proposal:
    """Read a report from a file of any supported kind.

    Raises:
        AppError: one sentence that names the file and says what to do: it cannot be read, is
            damaged, encrypted, far too large, no such report, or older than every form.
    """
    from app.readers import container  # noqa: PLC0415  (the window shows before it needs readers)

    return container.read(path)
