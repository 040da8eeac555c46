"""What a bundle starts: the program, or the process in which it reads a file apart."""

import io
import os
import sys


def main() -> int:
    """Run the program; where there is no console, what it has to say comes in a box."""
    from app.cli import main as run  # noqa: PLC0415  (not in the process that reads apart)

    if sys.stderr is not None:
        return run()
    import ctypes  # noqa: PLC0415  (only here)

    sys.stdout = sys.stderr = said = io.StringIO()
    status = run()
    if status and said.getvalue():
        ctypes.windll.user32.MessageBoxW(None, said.getvalue(), "年报", 0x30)
    return status


if __name__ == "__main__":
    # The libraries of the bundle are not for LibreOffice or CUPS, which are started from here.
    theirs = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if theirs:
        os.environ["LD_LIBRARY_PATH"] = theirs
    if sys.argv[1:2] == ["--read-apart"]:  # apart.CHILD
        from app.readers import apart

        apart.main(sys.argv[2:])
    else:
        sys.exit(main())
