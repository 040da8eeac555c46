"""What the bundle starts: the program, or the process in which it reads a file apart."""

import os
import sys

# The libraries of the bundle are not for LibreOffice or CUPS, which are started from here.
_theirs = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
os.environ.pop("LD_LIBRARY_PATH", None)
if _theirs:
    os.environ["LD_LIBRARY_PATH"] = _theirs

if sys.argv[1:2] == ["--read-apart"]:  # apart.CHILD
    from app.readers import apart

    apart.main(sys.argv[2:])
else:
    from app.cli import main

    sys.exit(main())
