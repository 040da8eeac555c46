"""What is written is read back: every figure, blank, title and paragraph, in every format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.form_file import for_year
from app.readers import read
from app.report import Report
from app.writers import document
from app.writers.fonts import Fonts

FORMS = [(2019, None), (2020, "hubei"), (2020, None), (2021, None), (2024, "single_other")]
UNITS = ["示例市人民政府", "示例县示例镇人民政府", "示例市示例区发展和改革局", "示例街道办事处"]
OPENINGS = [
    "",
    "",
    "（一）主动公开情况。",
    "（二）依申请公开情况",
    "1.完善制度。",
    "一是规范办理。",
]
PHRASES = [
    "全年公开政府信息12,345条，同比增长12.5%。",
    "坚持“以公开为常态、不公开为例外”，修订《示例市工作规程（试行）》……",
    "收到申请3119件——占比96.2%；",
    "门户网站www.example.gov.cn访问量达14万余次。",
    '=SUM(A1)、+1、-1、@示例 & <b>粗体</b> "引号"均按原样登记。',
    "龑、𬬭、㛃等生僻字正常显示！",
    "本年度未收取信息处理费。",
]
TITLES = {
    "s2": "二、行政机关主动公开政府信息情况",
    "s4": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "s5": "五、政府信息公开工作存在的主要问题及改进举措",
}

paragraphs = st.builds(
    lambda opening, phrases: opening + "".join(phrases),
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=6),
)
narratives = st.lists(paragraphs, max_size=3).map("\n".join)


def values(kind):
    largest = 10**15
    if kind == "signed":
        return st.one_of(st.integers(-20, 20), st.integers(-largest, largest))
    return st.one_of(st.integers(0, 20), st.integers(0, largest))


@st.composite
def entries(draw):
    """What is entered: figures and blanks anywhere, typed totals that are wrong among them.

    Returns year, profile, the figure that stands in all other cells, and what is entered.
    """
    year, profile = draw(st.sampled_from(FORMS))
    form = for_year(year, profile)
    entered = {"org": draw(st.sampled_from(UNITS))}
    for cell in draw(st.lists(st.sampled_from(sorted(form.cells)), max_size=30, unique=True)):
        entered[cell] = draw(st.one_of(st.none(), values(form.cells[cell].kind)))
    parts = ["preface", *(section.id for section in form.sections)]
    for part in draw(st.lists(st.sampled_from(parts), unique=True)):
        entered[f"narratives.{part}"] = draw(narratives)
    for section in draw(st.lists(st.sampled_from(sorted(TITLES)), unique=True)):
        entered[f"titles.{section}"] = TITLES[section]
    return year, profile, draw(st.sampled_from([None, 0, 3])), entered


def filled(year, profile, usual, entered):
    report = Report.new("", year, profile)
    own = [cell for cell in report.form.cells if cell not in report.form.total_of]
    report.set({**dict.fromkeys(own, usual), **entered})
    return report


def content(report):
    """What must come back; an edited title that says the same as the standard one is that one."""
    parts = ["preface", *(section.id for section in report.form.sections)]
    return {
        "form": (report.form.id, report.form.profile, report.year, report.org),
        "figures": report.figures(),
        "prose": {part: report.prose(part) for part in parts},
        "titles": {section.id: report.title(section.id) for section in report.form.sections},
    }


@pytest.fixture(scope="session")
def fonts():
    return Fonts.find(folders=())


@pytest.fixture
def returned(tmp_path_factory, fonts):
    """Write a report in a format and read it back."""
    path = tmp_path_factory.mktemp("往返") / "报告"

    def go(report, suffix):
        target = path.with_suffix(suffix)
        document.write(report, target, fonts=fonts)
        return read(target).report()

    return go


@pytest.mark.parametrize("suffix", [".nianbao", ".json", ".docx", ".xlsx", ".html"])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(entry=entries())
def test_every_report_comes_back(returned, suffix, entry):
    report = filled(*entry)
    assert content(returned(report, suffix)) == content(report)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(entry=entries())
def test_every_report_comes_back_from_paper(returned, entry):
    """A space at the end of a printed line cannot be seen, so that spaces do not count here."""
    report = filled(*entry)
    read_back, written = content(returned(report, ".pdf")), content(report)
    for each in (read_back, written):
        each["prose"] = {part: text.replace(" ", "") for part, text in each["prose"].items()}
    assert read_back == written


def test_the_fragment_comes_back(tmp_path):
    """As a portal shows it: inside a page of its own."""
    report = filled(2024, None, 3, {"org": UNITS[0], "narratives.s1": PHRASES[0]})
    page = "<html><body><div>首页 &gt; 公开</div>{}<p>打印</p></body></html>"
    path = tmp_path / "网页.html"
    path.write_text(page.format(document.fragment(report)), "utf-8")
    assert content(read(path).report()) == content(report)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".pdf"])
def test_an_empty_report_comes_back_empty(returned, suffix):
    report = filled(2024, None, None, {"org": UNITS[0]})
    assert returned(report, suffix).figures() == {}
