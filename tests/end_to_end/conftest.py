"""What is read back from paper."""

import pytest


@pytest.fixture
def printed_figures():
    """Return what reads the figures of the statutory tables by their place on the paper."""

    def read(pdf, form):
        grids = [grid for page in pdf.pages for grid in page.extract_tables()]
        assert len(grids) == len(form.tables)
        found = {}
        for grid, table in zip(grids, form.tables.values(), strict=True):
            assert len(grid) == table.row_count
            for box in table.boxes:
                if box.cell:
                    found[box.cell] = grid[box.row][box.column]
        return found

    return read
