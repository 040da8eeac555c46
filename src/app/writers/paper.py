"""The paper of official documents: A4 by GB/T 9704-2012, the same for every pen. Lengths in pt."""

MM = 72 / 25.4
PAPER = (210 * MM, 297 * MM)
LEFT, TOP = 28 * MM, 37 * MM
WIDTH, HEIGHT = 156 * MM, 225 * MM
"""The text block: 37 mm from the top, 28 mm from the left."""
LINES, CHARACTERS = 22, 28
"""So many lines of so many Han characters stand in the text block."""
SIZE, TITLE_SIZE, NOTE_SIZE, NUMBER_SIZE = 16.0, 22.0, 12.0, 14.0
"""三号 for the text, 二号 for the title, 小四 for notes, 四号 for the page number."""
CELL = WIDTH / CHARACTERS
TITLE_PITCH = 1.5 * TITLE_SIZE
NUMBER_DROP = 7 * MM
"""From the text block down to the dashes at the page number."""
