"""Readers: what offices have, read into a proposal. Nothing is guessed silently.

`read` tells the kind of a file by its content (a wrong suffix does no harm), reads it into a
neutral extract and places that on a form. See docs/reading.md.
"""

from pathlib import Path

from app.form import Form
from app.readers.proposal import Proposal

__all__ = ["Proposal", "read", "read_as"]


def read(path: Path) -> Proposal:
    """Read a report from a file of any supported kind.

    Raises:
        AppError: one sentence that names the file and says what to do: it cannot be read, is
            damaged, encrypted, far too large, no such report, or older than every form.
    """
    from app.readers import container  # noqa: PLC0415  (the window shows before it needs readers)

    return container.read(path)


def read_as(proposal: Proposal, form: Form) -> Proposal:
    """Place what was read on another form, which a person has chosen.

    Raises:
        AppError: it is none of that form, or the file was one of this program's own and names its
            form itself.
    """
    from app.errors import Unreadable  # noqa: PLC0415
    from app.readers import matcher  # noqa: PLC0415

    if proposal.extract is None:
        raise Unreadable(f"“{proposal.name}”已写明所用表样，不能改用其他表样读取。")
    return matcher.match(proposal.extract, proposal.name, form)
