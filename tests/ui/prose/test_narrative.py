"""Prose on the screen: paragraphs as printed, pasted text cleaned, findings under the words."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget

from app.checks.finding import Finding
from app.writers import page
from ui.prose.binding import shown
from ui.prose.narrative import NarrativeEditor
from ui.style import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
S1, S2, PREFACE = "narratives.s1", "narratives.s2", "narratives.preface"
TEXT = "全年收到申请35件。\n（一）主动公开情况。公开12条。"


@pytest.fixture
def make(qtbot, draft):
    def make(item=S1, text=""):
        if text:
            draft.set({item: text}, "先有的文字")
        editor = NarrativeEditor(draft, item)
        qtbot.addWidget(editor)
        editor.resize(500, 300)
        with qtbot.waitExposed(editor):
            editor.show()
        editor.setFocus()
        return editor

    return make


def commit(widget, text, preedit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def mime(text="", html=""):
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    return data


def finding(text, excerpt, severity="warning", item=S1, **more):
    start = text.index(excerpt)
    return Finding(
        "TXT.NUM", severity, "s1", f"“{excerpt}”与表格不一致。",
        excerpt=excerpt, item=item, start=start, end=start + len(excerpt), **more,
    )  # fmt: skip


def underlined(editor):
    return [
        (s.cursor.selectedText(), s.format.underlineStyle(), s.format.underlineColor().name())
        for s in editor.extraSelections()
    ]


def blocks(editor):
    block = editor.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def test_what_is_typed_is_kept_as_paragraphs(qtbot, make, draft):
    editor = make()
    commit(editor, "　　全年收到申请35件。")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    commit(editor, "　　（一）主动公开情况。公开12条。 ")
    assert editor.flush()
    assert draft.report.text(S1) == TEXT
    assert editor.toPlainText().count("\n") == 2


def test_shift_enter_ends_a_paragraph(qtbot, make):
    editor = make()
    qtbot.keyClicks(editor, "a")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(editor, "b")
    assert [block.text() for block in blocks(editor)] == ["a", "b"]


def test_every_paragraph_looks_as_printed(qtbot, make, draft):
    editor = make(text=TEXT)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    draft.set({S1: TEXT + "\n再一段。"}, "改正")
    indent = 2 * QFontMetricsF(editor.document().defaultFont()).horizontalAdvance("年")
    proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    assert len(list(blocks(editor))) == 4
    for block in blocks(editor):
        looks = block.blockFormat()
        assert looks.textIndent() == pytest.approx(indent)
        assert (looks.lineHeight(), looks.lineHeightType()) == (150, proportional)


def test_it_follows_the_text_size(qtbot, make, qapp):
    editor = make(text=TEXT)

    def indent():
        return editor.document().firstBlock().blockFormat().textIndent()

    before = indent()
    font, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(larger)
    try:
        qtbot.waitUntil(lambda: indent() == pytest.approx(2 * before, rel=0.1))
    finally:
        qapp.setFont(font)


def test_lines_stay_readable_in_a_wide_window(qtbot, make):
    editor = make(text="年" * 200)
    editor.resize(2400, 400)
    layout = editor.document().firstBlock().layout()
    assert layout.lineCount() > 200 // 46
    assert layout.lineAt(1).textLength() in (43, 44)


def test_it_counts_characters_and_paragraphs(qtbot, make):
    editor = make(text=TEXT)
    counts = []
    editor.counted.connect(lambda *count: counts.append(count))
    commit(editor, "共 ")
    assert counts[-1] == (27, 2)
    editor.clear()
    assert counts[-1] == (0, 0)


def test_a_paste_from_word_is_cleaned_and_a_step_of_its_own(qtbot, make, draft):
    editor = make()
    qtbot.keyClicks(editor, "ab")
    html = "<p style='text-indent:2em'>　　甲<br>乙</p><ol><li>丙</li><li>丁</li></ol>"
    QGuiApplication.clipboard().setMimeData(mime("甲 乙", html))
    qtbot.keyClick(editor, "v", Qt.KeyboardModifier.ControlModifier)
    assert draft.report.text(S1) == "ab甲\n乙\n1.丙\n2.丁"
    assert draft.undo_label == "粘贴到“一、总体情况”"
    qtbot.keyClicks(editor, "c")
    editor.flush()
    draft.undo()
    draft.undo()
    assert draft.report.text(S1) == shown(editor) == "ab"


def test_plain_text_is_taken_where_there_is_no_other(make, draft):
    editor = make()
    editor.insertFromMimeData(mime("  甲\v乙 \n\n"))
    assert draft.report.text(S1) == "甲\n乙"


def test_an_image_alone_is_not_pasted(qtbot, make, draft):
    editor = make(text=TEXT)
    with qtbot.waitSignal(editor.said) as told:
        editor.insertFromMimeData(mime(html="<img src='a.png'>"))
    assert "没有文字" in told.args[0]
    assert draft.report.text(S1) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        mime("企业\t3\n其他\t4"),
        mime("企业 3", "<table><tr><td>企业</td><td>3</td></tr></table>"),
    ],
    ids=["text", "html"],
)
def test_a_pasted_table_becomes_lines_and_a_sentence_says_so(qtbot, make, draft, data):
    editor = make()
    with qtbot.waitSignal(editor.said) as told:
        editor.insertFromMimeData(data)
    assert "表格" in told.args[0]
    assert draft.report.text(S1).startswith("企业\u30003")


def test_files_are_not_taken_as_text(make):
    data = mime("file:///home/report.docx")
    data.setUrls(["file:///home/report.docx"])
    assert not make().canInsertFromMimeData(data)


def test_copies_are_plain_text(make):
    editor = make(text=TEXT)
    editor.selectAll()
    editor.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == TEXT
    assert not copied.hasHtml()


def test_a_drop_within_the_text_is_one_step(make, draft):
    editor = make(text="甲乙丙")
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(1, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    data = editor.createMimeDataFromSelection()
    end = QTextCursor(editor.document())
    end.movePosition(QTextCursor.MoveOperation.End)
    place = QPointF(editor.cursorRect(end).center())
    event = (place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
             Qt.KeyboardModifier.NoModifier)  # fmt: skip
    entering = QDragEnterEvent(place.toPoint(), *event[1:])
    QApplication.sendEvent(editor.viewport(), entering)
    revision = draft.revision
    QApplication.sendEvent(editor.viewport(), QDropEvent(*event))
    assert draft.report.text(S1) == "甲乙丙甲"
    assert draft.revision == revision + 1


@pytest.mark.parametrize("severity", ["error", "warning", "hint"])
def test_findings_are_underlined_where_they_stand(make, severity):
    editor = make(text=TEXT)
    editor.set_findings(
        [finding(TEXT, "35件", severity), finding(TEXT, "12条", item=S2), finding(TEXT, "公开12条")]
    )
    style = QTextCharFormat.UnderlineStyle
    own = style.DotLine if severity == "hint" else style.WaveUnderline
    assert underlined(editor) == [
        ("35件", own, theme.colour(severity).name()),
        ("公开12条", style.WaveUnderline, theme.colour("warning").name()),
    ]
    editor.set_findings([])
    assert underlined(editor) == []


def test_explained_findings_are_not_underlined(make):
    editor = make(text=TEXT)
    editor.set_findings([finding(TEXT, "35件", explanation="含上年结转")])
    assert underlined(editor) == []


@pytest.mark.parametrize("typed", ["新 ", "\n\n𬬭", "35"])
def test_a_finding_that_comes_late_finds_its_words(qtbot, make, typed):
    editor = make(text=TEXT)
    commit(editor, typed)
    editor.set_findings([finding(TEXT, "12条"), finding(TEXT, "收到申请")])
    assert [words for words, *_ in underlined(editor)] == ["12条", "收到申请"]
    editor.selectAll()
    commit(editor, "全文重写。")
    editor.set_findings([finding(TEXT, "12条")])
    assert underlined(editor) == []


def test_the_reason_is_told_at_the_underline(qtbot, make):
    editor = make(text=TEXT)
    found = finding(TEXT, "35件", "error")
    editor.set_findings([found])
    cursor = QTextCursor(editor.document())
    cursor.setPosition(found.start + 1)
    point = editor.cursorRect(cursor).center()

    def rest_at(at):
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, editor.viewport().mapToGlobal(at))
        QApplication.sendEvent(editor.viewport(), event)

    rest_at(point)
    assert QToolTip.text() == f"✗ {found.message}"
    rest_at(QPoint(400, 250))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_show_span_goes_to_the_words(qtbot, make):
    text = "\n".join(f"第{n}段𬬭。" for n in range(80)) + "\n" + TEXT
    editor = make(text=text)
    start = text.index("12条")
    editor.show_span(start, start + 3)
    assert editor.textCursor().selectedText() == "12条"
    assert editor.viewport().rect().contains(editor.cursorRect().center())
    editor.show_span(10_000, 10_010)
    assert editor.textCursor().atEnd()


def test_show_span_follows_what_was_typed_since_the_finding(make):
    editor = make(text=TEXT)
    found = finding(TEXT, "12条")
    editor.set_findings([found])
    commit(editor, "新写的话。")
    editor.show_span(found.start, found.end)
    assert editor.textCursor().selectedText() == "12条"


def test_the_outline_adds_what_is_missing(qtbot, make, draft):
    outline = draft.report.form.section("s1").outline
    editor = make(text=TEXT)
    qtbot.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    editor.insert_outline(outline)
    assert draft.report.text(S1).split("\n") == [*TEXT.split("\n"), *outline[1:]]
    commit(editor, "收到申请")
    editor.flush()
    assert outline[1] + "收到申请" in draft.report.text(S1).split("\n")
    with qtbot.waitSignal(editor.said):
        editor.insert_outline(outline)
    draft.undo()
    draft.undo()
    assert draft.report.text(S1) == TEXT


def test_the_outline_begins_an_empty_text(make, draft):
    editor = make()
    outline = draft.report.form.section("s1").outline
    editor.insert_outline(outline)
    assert draft.report.text(S1) == "\n".join(outline)
    assert len(page.paragraphs(draft.report.text(S1))) == len(outline)


@pytest.mark.parametrize(
    ("item", "words"), [(S1, "主动公开"), (S2, "可以不填"), (PREFACE, "统计期限")]
)
def test_an_empty_text_says_what_it_must_hold(make, item, words):
    def is_hint_seen():
        image = editor.viewport().grab().toImage()
        quiet = editor.palette().placeholderText().color()
        return any(
            image.pixelColor(x, y).rgb() == quiet.rgb()
            for x in range(image.width())
            for y in range(image.height() // 2)
        )

    editor = make(item)
    palette = editor.palette()
    palette.setColor(QPalette.ColorRole.PlaceholderText, Qt.GlobalColor.red)
    editor.setPalette(palette)
    assert words in editor.accessibleDescription()
    assert is_hint_seen()
    commit(editor, "", preedit="ni")
    assert not is_hint_seen()
    commit(editor, "你")
    assert not is_hint_seen()


def test_tab_leaves_the_editor(qtbot, draft):
    window = QWidget()
    qtbot.addWidget(window)
    editor, after = NarrativeEditor(draft, S1), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(editor)
    layout.addWidget(after)
    with qtbot.waitActive(window):
        window.show()
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert shown(editor) == ""


def test_it_has_a_name_for_the_blind(make):
    assert make().accessibleName() == "一、总体情况：文字"
    assert make(PREFACE).accessibleName() == "前言：文字"


def test_a_locked_text_takes_no_paste_and_no_break(qtbot, make, draft):
    editor = make(text=TEXT)
    editor.set_locked(True)
    QGuiApplication.clipboard().setText("x")
    for key, modifier in (
        ("v", Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(editor, key, modifier)
    assert shown(editor) == draft.report.text(S1) == TEXT


def test_what_cannot_be_written_is_said(qtbot, make, draft, store):
    editor = make()
    store.move_state(draft.head, "review", "张三")
    draft.reload()
    qtbot.keyClicks(editor, "ab")
    with qtbot.waitSignal(editor.said) as told:
        assert not editor.flush()
    assert "送审" in told.args[0]
    assert shown(editor) == "ab"


def test_released_it_has_written(qtbot, make, reread):
    editor = make()
    qtbot.keyClicks(editor, "ab")
    assert editor.release()
    assert reread().text(S1) == "ab"


def test_no_looks_are_typed(make):
    editor = make(text=TEXT)
    editor.insertFromMimeData(mime(html="<p><b style='color:red'>红</b></p>"))
    for block in blocks(editor):
        for piece in block:
            assert piece.fragment().charFormat().propertyCount() == 0
            assert not piece.fragment().charFormat().hasProperty(QTextFormat.Property.FontWeight)
