"""Blocks as Excel, WPS and Word put them on the clipboard, and what they come to in a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import form_file
from app.report import Report
from ui.table.block import PasteRefused, copied, normal, pasted

FORM = form_file.load("2021")
OLD = form_file.load("2019", "hubei", 2020)
COLUMNS = ("natural", "business", "research", "charity", "legal", "other", "total")


def paste(text, start, form=FORM, selected=()):
    table = form.tables[form.cells[start].table]
    return pasted(text, form, table, start, selected or (start,)).changes


def row(name, *values):
    """The changes of one row of 表三 from its first column on."""
    return {f"t3.{name}.{c}": v for c, v in zip(COLUMNS, values, strict=False)}


@pytest.mark.parametrize(
    ("text", "start", "changes"),
    [
        ("5", "t3.new.legal", {"t3.new.legal": 5}),
        ("5\r\n", "t3.new.legal", {"t3.new.legal": 5}),
        ("1\t2\r\n3\t4\r\n", "t3.new.legal", {
            "t3.new.legal": 1, "t3.new.other": 2,
            "t3.carried_in.legal": 3, "t3.carried_in.other": 4,
        }),
        ("1\n2\n３\n", "t3.new.total", {
            "t3.new.total": 1, "t3.carried_in.total": 2, "t3.granted.total": 3,
        }),
        ("1\t\t3", "t3.new.natural", row("new", 1, None, 3)),
        ("1\t/\t—\t无", "t3.new.natural", row("new", 1, None, None, None)),
        ('"1,234"\t5件', "t3.new.natural", row("new", 1234, 5)),
        ("7\r8", "t3.new.natural", {"t3.new.natural": 7, "t3.carried_in.natural": 8}),
        ("1\t2\t\t\t", "t3.new.other", {"t3.new.other": 1, "t3.new.total": 2}),
        ("5\n\n\n\n", "t3.carried_out.other", {"t3.carried_out.other": 5}),
        ("1\t2\t3\n4\t5\t6\n", "t2.rules.made", {
            "t2.rules.made": 1, "t2.rules.repealed": 2, "t2.rules.in_force": 3,
            "t2.normative.made": 4, "t2.normative.repealed": 5, "t2.normative.in_force": 6,
        }),
        ("3\n8\t\t\n", "t2.normative.in_force", {
            "t2.normative.in_force": 3, "t2.licences.decisions": 8,
        }),
    ],
)  # fmt: skip
def test_figures_fill_from_the_cell_on(text, start, changes):
    assert paste(text, start) == changes


HEADS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况\t\t\t\t\t\t\n"
    "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n"
    "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\n"
)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        pytest.param(
            HEADS
            + "一、本年新收政府信息公开申请数量\t\t\t1\t2\t3\t4\t5\t6\t21\n"
            + "三、本年度办理结果\t（一）予以公开\t\t7\t\t\t\t\t\t7\n"
            + "\t（三）不予公开\t1.属于国家秘密\t\t8\t\t\t\t\t8\n",
            row("new", 1, 2, 3, 4, 5, 6, 21)
            | row("granted", 7, None, None, None, None, None, 7)
            | row("refused_secret", None, 8, None, None, None, None, 8),
            id="excel, with merged heads and labels",
        ),
        pytest.param(
            "一、本年新收政府信息公开申请数量\t\t\t\t2\t3\t4\t5\t6\t20\n",
            row("new", None, 2, 3, 4, 5, 6, 20),
            id="excel, a merged label and a blank behind it",
        ),
        pytest.param(
            "三、本年度办理结果\t(一)予以公开\t7\t0\t0\t0\t0\t0\t7\n"
            "（三）不予公开\t1、属于国家秘密\t0\t8\t0\t0\t0\t0\t8\n"
            "2、其他法律 行政法规禁止公开\t0\t0\t0\t0\t0\t1\t1\n",
            row("granted", 7, 0, 0, 0, 0, 0, 7)
            | row("refused_secret", 0, 8, 0, 0, 0, 0, 8)
            | row("refused_law", 0, 0, 0, 0, 0, 1, 1),
            id="word, rows of several lengths and other marks",
        ),
        pytest.param(
            "（二）部分公开\t1\t2\t3\t4\t5\t6\t21\n", row("partial", 1, 2, 3, 4, 5, 6, 21),
            id="a label without its hint",
        ),
        pytest.param(
            "重复申请\t1\t2\t3\t4\t5\t6\n属于国家秘密\t6\t5\t4\t3\t2\t1\n",
            row("declined_repeat", 1, 2, 3, 4, 5, 6) | row("refused_secret", 6, 5, 4, 3, 2, 1),
            id="one figure short: the total stays as it is; any order",
        ),
        pytest.param(
            "⼀、本年新收政府信息公开申请数量\t1\n", row("new", 1), id="radicals of a PDF file"
        ),
        pytest.param(
            "3.其他\t\t\t\t\t\t\t\n", row("other_misc", *[None] * 7), id="a row of blanks"
        ),
    ],
)  # fmt: skip
def test_rows_are_found_by_their_labels(text, changes):
    assert paste(text, "t3.new.natural") == changes


def test_short_rows_begin_in_the_current_column():
    assert paste("（一）予以公开\t5\t6", "t3.new.other") == {
        "t3.granted.other": 5,
        "t3.granted.total": 6,
    }


@pytest.mark.parametrize("covered", ["", "\t\t"])
def test_the_whole_of_table_two(covered):
    text = (
        "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
        "规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n第二十条第（五）项\t\t\t\n"
        f"信息内容\t本年处理决定数量{covered}\n行政许可\t7{covered}\n第二十条第（八）项\n"
        f"信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t375万元{covered}\n"
    )
    assert paste(text, "t2.rules.in_force") == {
        "t2.rules.made": 1, "t2.rules.repealed": 2, "t2.rules.in_force": 3,
        "t2.normative.made": 4, "t2.normative.repealed": 5, "t2.normative.in_force": 6,
        "t2.licences.decisions": 7, "t2.fees.amount": 375_000_000,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["12\t3\t\t45", "12\t增3\t45"])
def test_merged_boxes_take_one_figure_with_or_without_blanks(text):
    changes = {"t2.licences.last_year": 12, "t2.licences.change": 3, "t2.licences.decisions": 45}
    assert paste(text, "t2.licences.last_year", OLD) == changes
    hinted = f"行政许可\t{text}\n规章（设区的市、自治州人民政府应提供相关数据）\t1\t2\t3\n"
    assert paste(hinted, "t2.licences.decisions", OLD) == changes | {
        "t2.rules.made": 1, "t2.rules.published": 2, "t2.rules.public_total": 3
    }  # fmt: skip


def test_one_figure_fills_the_selection():
    cells = ("t3.new.natural", "t3.new.business", "t3.carried_in.natural")
    assert paste("4", cells[0], selected=cells) == dict.fromkeys(cells, 4)


def test_conversions_are_told():
    table = FORM.tables["t2"]
    found = pasted("251000元", FORM, table, "t2.fees.amount", ("t2.fees.amount",))
    assert found.notes == ("251000元 → 25.1（万元）",)


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("", "t3.new.natural", ["没有数字"]),
        (HEADS, "t3.new.natural", ["没有数字"]),
        ("1\tabc", "t3.new.natural", ["第1行第2列", "申请数量：商业企业", "abc"]),
        ("1\n2\n1.5", "t3.new.natural", ["第3行第1列", "（一）予以公开：自然人", "1.5"]),
        ("-3", "t3.new.natural", ["第1行第1列", "负数"]),
        ("1,23", "t3.new.natural", ["第1行第1列", "分隔符"]),
        ("1\t2\t3", "t3.new.other", ["第1行有3个数", "只有2格"]),
        ("1\n2", "t3.carried_out.natural", ["要粘贴2行", "只有1行"]),
        ("1\t2", "t2.licences.decisions", ["第1行有2个数", "只有1格"]),
        ("予以公布\t1\t2", "t3.new.natural", ["第1行的“予以公布”", "行名"]),
        ("说明\n1", "t3.new.natural", ["第1行第1列", "“说明”不是数"]),
        ("重复申请\t1\n2.重复申请\t2", "t3.new.natural", ["第1行和第2行的行名相同"]),
        ("重复申请\t1\n3.其他\t1\n\t2", "t3.new.natural", ["第3行没有行名"]),
        ("重复申请\t1\t2\t3\t4\t5\t6\t21\t9", "t3.new.natural", ["第1行有8个数"]),
        ("重复申请\t\t5\t6", "t3.new.natural", ["无法确定"]),
        ("\t1\t2\t3\t4\t5\t6\t7\t8\t\t", "t4.suit_after_review.upheld", ["只有5格"]),
        ("9" * 300_000, "t3.new.natural", ["过长"]),
        ("9" * 200, "t3.new.natural", ["第1行第1列", "过长"]),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_refused_in_words(text, start, words):
    with pytest.raises(PasteRefused) as refusal:
        paste(text, start)
    for word in ("没有粘贴", *words):
        assert word in str(refusal.value)
    assert str(refusal.value).endswith("。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（三）不予公开", "不予公开"),
        ("1.属于国家秘密", "1、 属于 国家秘密"),
        ("3.危及“三安全一稳定”", '3、危及"三安全一稳定"'),
        ("三、本年度办理结果", "(三)本年度办理结果"),
        ("⾏政许可", "行政许可"),
    ],
)
def test_labels_alike(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
@given(figures=st.lists(st.none() | st.integers(0, 10**7), min_size=1).filter(any))
def test_what_was_copied_pastes_back(is_old, table, figures):
    form = OLD if is_old else FORM
    cells = [cell for cell in form.cells if form.cells[cell].table == table]
    items = {c: f for c, f in zip(cells, figures, strict=False) if f is not None}
    report = Report(form, form.year, items)
    text = copied(report, form.tables[table], cells)
    changes = paste(text, cells[0], form)
    assert {cell: changes.get(cell) for cell in cells} == {c: report.figure(c) for c in cells}


@pytest.mark.parametrize("text", ['"1\n234', '"1\n234"', '"1\t234"', '7\t"1\n234"'])
def test_figures_of_several_lines_are_never_joined(text):
    with pytest.raises(PasteRefused, match="没有粘贴"):
        paste(text, "t3.new.natural")


@given(st.text("0123456789\t\n abc一，\"'", max_size=60))
def test_any_text_is_placed_whole_or_refused(text):
    try:
        changes = paste(text, "t3.new.natural")
    except PasteRefused:
        return
    figures = sum(
        any(ch.isdigit() for ch in field) for field in text.replace("\n", "\t").split("\t")
    )
    assert sum(value is not None for value in changes.values()) == figures
