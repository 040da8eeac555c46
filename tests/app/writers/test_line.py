"""The line engine: marks where they belong, nothing broken, nothing lost, nothing beyond."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.writers.character import CLOSING, LATIN, NO_START, OPENING
from app.writers.line import Style, Typesetter

WIDTH = 156 / 25.4 * 72
SIZE = 16
CELL = WIDTH / 28
BODY = Style(SIZE, CELL - SIZE)
PLAIN = Style(SIZE, CELL - SIZE, indent=2 * CELL)
CLOSERS = CLOSING | NO_START
UNBROKEN = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9A-Za-z]+)*|——|……")
PROSE = (
    "本年度，全市共收到政府信息公开申请1,362件，较上年增长12.5%；其中“自然人”申请1203件——占比88.3%。"
    "按照《示例市政务公开办法（试行）》第3条的规定，“公开为常态、不公开为例外”……办结率达到100%！"
    "详见门户网站（www.example.gov.cn），联系电话：0000-12345678。"
)


def measure(text, role, size):
    """A face whose Han are square and whose Latin is half as wide."""
    return sum(size / 2 if role == LATIN else size for _ in text)


def lines_of(text, style=PLAIN, width=WIDTH):
    return Typesetter(measure).lines([(text, "body")], style, width)


def test_pure_han_stands_on_a_grid_of_28():
    lines = lines_of("政" * 70, BODY)
    assert [len(line.text) for line in lines] == [28, 28, 14]
    assert lines[0].width == pytest.approx(WIDTH, abs=0.01)
    assert [(run.x, run.space) for run in lines[0].runs] == [(0, pytest.approx(CELL - SIZE))]


def test_first_line_is_indented_by_two_characters():
    first, second, *_ = lines_of("政" * 60)
    assert (len(first.text), len(second.text)) == (26, 28)
    assert (first.runs[0].x, second.runs[0].x) == (pytest.approx(2 * CELL), 0)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("政" * 27 + "。府", "政" * 27 + "。"),
        ("政" * 28 + "。府", "政" * 27),  # no mark can give way: a character goes along
        (
            "政，政，" + "政" * 24 + "。府",
            "政，政，" + "政" * 24 + "。",
        ),  # two quarters and the last half
        ("政，" + "政" * 26 + "。府", "政，" + "政" * 25),  # a quarter is not enough
        ("政，" + "政" * 25 + "2。府", "政，" + "政" * 25 + "2。"),  # the blank half hangs out
        ("政" * 27 + "（府）", "政" * 27),
        ("政" * 26 + "《（府）》", "政" * 26),
        ("政" * 25 + "）。”政", "政" * 25 + "）。”政"),  # the three marks take two characters
        ("政" * 27 + "2024年", "政" * 27),
        ("政" * 27 + "——府", "政" * 27),
        ("政" * 27 + "……府", "政" * 26),
        ("政" * 28 + "·府", "政" * 27),
        ("政" * 26 + "50% 府府", "政" * 26 + "50% "),  # the space is kept, not seen
        ("政" * 27 + "(a)府", "政" * 27),
    ],
)
def test_where_the_first_line_ends(text, first):
    assert lines_of(text, BODY)[0].text == first


def test_a_word_longer_than_a_line_is_broken():
    address = "https://www.example.gov.cn/" + "a" * 60
    lines = lines_of("网址" + address + "。")
    assert lines[0].text.startswith("网址https")
    assert all(line.width <= WIDTH + 0.02 for line in lines)
    assert "".join(line.text for line in lines) == "网址" + address + "。"


def test_a_line_too_empty_to_be_justified_stays_ragged():
    first, *_ = lines_of("网址：www." + "a" * 45 + ".cn", BODY)
    assert (first.text, first.width) == ("网址：", pytest.approx(3 * CELL))


@pytest.mark.parametrize(
    ("text", "ems"),
    [("府）《政", 3.5), ("府”“政", 3.5), ("府。”政", 3.5), ("府《“政", 3.5), ("府，政》", 4)],
)
def test_adjacent_marks_give_up_half_a_character(text, ems):
    (line,) = lines_of(text, Style(SIZE))
    assert line.width == pytest.approx(ems * SIZE)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("共3件", 2.5 + 2 * 0.16),
        ("1.属于", 3),
        ("约50%的", 3.5 + 2 * 0.16),
        ("（3）", 2.5),
        ("共 3", 1.75),
    ],
)
def test_space_between_han_and_latin(text, width):
    (line,) = lines_of(text, Style(SIZE))
    assert line.width == pytest.approx(width * SIZE)


def test_two_faces_in_one_paragraph():
    spans = [("（一）公开情况。", "kai"), ("全年" * 20, "body")]
    first, second = Typesetter(measure).lines(spans, PLAIN, WIDTH)
    assert [(run.role, run.text) for run in first.runs] == [
        ("kai", "（一）公开情况。"),
        ("body", "全年" * 9),
    ]
    assert {run.role for run in second.runs} == {"body"}


def test_a_long_title_is_balanced():
    title = "示例省示例市示例经济技术开发区管理委员会政务公开办公室"
    lines = Typesetter(measure).balanced([(title, "title")], Style(22), WIDTH)
    assert [len(line.text) for line in lines] == [14, 13]


def test_nothing_in_nothing_out():
    assert lines_of("") == ()


# ── properties ──────────────────────────────────────────────────────────────────────────────────

PIECES = st.one_of(
    st.sampled_from("政府信息公开年度报告县𬬭㛃"),
    st.sampled_from("政府信息公开年度报告申请办理"),
    st.sampled_from([*"，。、；：！？·％", "。”", "）。", "》，", "”“", "……", "——"]),
    st.sampled_from(["（", "《", "“", "〔", "（“"]),
    st.from_regex(r"[0-9]{1,7}(\.[0-9]{1,2})?%?|[A-Za-z]{1,12}", fullmatch=True),
    st.sampled_from([" ", "(a)", "8:30"]),
)


def check_lines(text, lines, width):
    """Everything that has to hold for every set paragraph."""
    assert "".join(line.text for line in lines) == text
    at = 0
    for line, following in pairwise(lines):
        at += len(line.text)
        end, start = line.text.rstrip(" ")[-1:], following.text[0]
        assert start not in CLOSERS, (line.text, following.text)
        assert end not in OPENING, line.text
        assert start != " "
        assert not any(m.start() < at < m.end() for m in UNBROKEN.finditer(text)), line.text
    for line in lines:
        check_place(line, width)


def check_place(line, width):
    hang = SIZE / 2 if line.text.rstrip(" ")[-1:] in CLOSING else 0
    assert line.width <= width + hang + 0.02, line.text
    right = 0.0
    for run in line.runs:
        assert run.x >= right - SIZE * 0.5 - 0.25, (line.text, run)  # over blank halves only
        natural = measure(run.text, run.role, SIZE) - run.text.count(" ") * SIZE / 4
        right = run.x + natural + run.space * (len(run.text) - 1)
    if not line.text.endswith(" "):
        assert right == pytest.approx(line.width, abs=0.3)


def possible(text):
    """Not a heap of marks that no line could hold rightly."""
    return not re.search(r"[，。、；：！？·％”》）…—（《“〔% (a)]{7}", text)


@given(st.lists(PIECES, min_size=1, max_size=150).map("".join).map(str.strip).filter(possible))
def test_every_line_is_sound(text):
    check_lines(text, lines_of(text), WIDTH)


def random_text(rng):
    pieces = []
    while len(pieces) < 300:
        pieces.append(
            "".join(rng.choices("政府信息公开工作年度报告市县办理答复", k=rng.randint(1, 9)))
        )
        pieces.append(
            rng.choice([*"，。、；：！？（《“〔", "。”", "）。", "》，", "”“", "……", "——"])
        )
        pieces.append(rng.choice(["", "", str(rng.randint(0, 10**6)), "12.5%", "GB/T 9704", "www"]))
    return "".join(pieces)


def test_a_thousand_random_lines_without_a_forbidden_end():
    rng, count = random.Random(9704), 0
    while count < 1000:
        text = random_text(rng)
        lines = lines_of(text)
        check_lines(text, lines, WIDTH)
        count += len(lines)


@pytest.mark.parametrize("width", [30, 48, 64, 100])
def test_narrow_boxes_hold_their_text(width):
    style = Style(10, justify=False)
    lines = lines_of("5.要求行政机关确认或重新出具已获取信息", style, width)
    assert all(line.width <= width + 0.02 for line in lines)
    assert "".join(line.text for line in lines) == "5.要求行政机关确认或重新出具已获取信息"
