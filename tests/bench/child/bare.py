"""The floor: an empty main window of PySide6."""

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
window.resize(1366, 728)
window.show()

from first_paint import FirstPaint  # after the window is on its way: not part of the floor


def painted(moment):
    print(moment)
    app.exit()


watch = FirstPaint(window, painted)
app.exec()
