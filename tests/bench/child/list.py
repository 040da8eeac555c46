"""Time the list of reports of a database, from the store to the paint; prints the median in ms."""

import statistics
import sys
import time
from pathlib import Path

from app.store.store import Store
from ui import main
from ui.library import Library

app = main.application()
library = Library()
library.resize(190, 700)
library.show()
app.processEvents()
times = []
with Store.open(Path(sys.argv[1])) as store:
    for _ in range(12):
        began = time.perf_counter()
        library.show_reports(store.reports())
        app.processEvents()
        times.append((time.perf_counter() - began) * 1000)
print(statistics.median(times[1:]))
