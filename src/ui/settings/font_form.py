"""Fields for the faces that are printed with: those found here, bundled ones, another file."""

from collections.abc import Mapping
from functools import cache

from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QSizePolicy, QWidget

from app.writers import fontfile
from app.writers.fontfile import FontFile
from app.writers.fonts import BUNDLED, ROLES
from app.writers.sfnt import Unusable

NAMES = {
    "title": "标题（小标宋体）",
    "body": "正文（仿宋体）",
    "hei": "一级标题（黑体）",
    "kai": "二级标题（楷体）",
    "song": "表格（宋体）",
    "latin": "字母和数字",
}
"""The roles of GB/T 9704-2012 in the words of the standard."""
_OTHER = "另选字体文件…"


class FontForm(QWidget):
    """A field for each role: the usual choice, what was found, the bundled face, another file."""

    def __init__(self, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QComboBox] = {}
        self._told = QLabel("未装公文字体的电脑用随附字体印出，版面尺寸相同。")
        self._told.setWordWrap(True)
        layout = QFormLayout(self)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.addRow(self._told)
        for role in ROLES:
            self.boxes[role] = self._box(role, choices.get(role, ""))
            layout.addRow(NAMES[role], self.boxes[role])

    def choices(self) -> dict[str, str]:
        """Return the choice for each role that has one, as `Fonts.find` takes them."""
        chosen = {role: str(box.currentData() or "") for role, box in self.boxes.items()}
        return {role: choice for role, choice in chosen.items() if choice}

    def _box(self, role: str, choice: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(NAMES[role])
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        found = [file for file in _found() if file.role == role]
        own = next(file for file in fontfile.bundled() if file.role == role)
        box.addItem(f"自动（{found[0].name if found else f'随附{own.name}'}）", "")
        for file in found:
            box.addItem(f"{file.name}（{file.path.name}）", f"{file.path}#{file.index}")
        box.addItem(f"随附{own.name}", BUNDLED)
        if choice and box.findData(choice) < 0:
            box.addItem(choice, choice)
        box.addItem(_OTHER, None)
        box.setCurrentIndex(box.findData(choice))
        box.activated.connect(lambda row: self._follow(role, row))
        return box

    def _follow(self, role: str, row: int) -> None:
        """Ask for a file where another one is wanted."""
        box = self.boxes[role]
        if row != box.count() - 1:
            return
        box.setCurrentIndex(0)
        name, _ = QFileDialog.getOpenFileName(self, NAMES[role], "", "字体 (*.ttf *.ttc *.otf)")
        if name:
            self.take_file(role, name)

    def take_file(self, role: str, name: str) -> None:
        """Choose a font file for a role, or say why it cannot be used."""
        box = self.boxes[role]
        try:
            file = fontfile.chosen(role, name)
        except Unusable as refusal:
            self._told.setText(f"✗ {refusal}")
            return
        box.insertItem(box.count() - 1, f"{file.name}（{file.path.name}）", name)
        box.setCurrentIndex(box.count() - 2)


@cache
def _found() -> list[FontFile]:
    """The faces of this workstation, looked for once."""
    return fontfile.search(fontfile.folders())[0]
