"""What is measured on: a full report, with as much prose as is asked for."""

from app import form_file, readers, resources
from app.report import Report, narrative

_SAMPLES = resources.root() / "samples"
_THEMES = ("养老服务", "农田水利", "学位供给", "公交线路", "旧区改造", "食品安全", "就业帮扶",
           "医保结算", "河道整治", "消防通道", "图书借阅", "停车收费")  # fmt: skip
_WORK = (
    "围绕{theme}梳理公开事项{n}项，逐项写明标准、流程和责任科室，年内更新{m}次",
    "就{theme}听取群众意见{n}条，采纳{m}条，没有采纳的逐条说明理由并向提出人反馈",
    "把{theme}的办理结果放在首页醒目位置，全年访问{n}次，比上一季度多{m}次",
    "组织{theme}专题培训{n}场，参加{m}人次，课后由业务科室当场解答疑问",
)


def report(year: int = 2024, characters: int = 5000, edition: int = 0) -> Report:
    """Return a report with every figure filled in and so much prose; no two editions share a line.

    Args:
        year: 2019 or later; it decides the form.
        characters: of prose over all sections.
        edition: another one gives other sentences of the same length.
    """
    form_id = form_file.for_year(year).id
    samples = (readers.read(path).report() for path in sorted(_SAMPLES.glob("*.nianbao")))
    found = next(sample for sample in samples if sample.form.id == form_id)
    made = Report(form_file.for_year(year, found.form.profile), year, dict(found.items))
    present = sum(len(made.prose(section.id)) for section in made.form.sections)
    missing = max(0, characters - present)
    made.set({narrative("s1"): _grown(made.prose("s1"), missing * 4 // 5, edition),
              narrative("s5"): _grown(made.prose("s5"), missing // 5, edition)})  # fmt: skip
    return made


def _grown(text: str, characters: int, edition: int) -> str:
    paragraphs: list[str] = [text]
    number = 100 * edition
    while sum(map(len, paragraphs)) < characters + len(text):
        theme, work = _THEMES[number % len(_THEMES)], _WORK[number % len(_WORK)]
        paragraphs.append(work.format(theme=theme, n=number + 11, m=number % 9 + 2) + "。")
        number += 1
    return "\n".join(paragraphs)
