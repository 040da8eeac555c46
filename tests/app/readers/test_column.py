"""What is unsure says so, what is no figure is kept, and nothing is made up."""

import pytest

from app.readers import read

HEAD = "示例局{year}年政府信息公开工作年度报告\n"
T2_2021 = "二、主动公开政府信息情况\n规章 0 0 0\n行政规范性文件 1 0 2\n行政许可 3\n"
T3 = "三、收到和处理政府信息公开申请情况\n"
NEW, OLD, OPEN = (
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开"
)  # fmt: skip


@pytest.fixture
def proposal(tmp_path):
    def go(text, year=2023):
        path = tmp_path / "报告.txt"
        path.write_text(HEAD.format(year=year) + text, "utf-8")
        return read(path)

    return go


def row(proposal, name):
    return {r.cell.rsplit(".", 1)[1]: r for r in proposal.readings if r.cell.startswith(name + ".")}


def test_a_row_one_figure_short_lacks_its_total(proposal):
    found = proposal(T2_2021 + T3 + f"{NEW} 1 2 0 0 0 3\n{OLD} 0 0 0 0 0 0 0\n{OPEN} 0 0 0 0 0 0 0")
    new = row(found, "t3.new")
    assert [new[k].value for k in ("natural", "business", "other", "total")] == [1, 2, 3, None]
    assert not new["total"].is_sure
    # the last figure is the sum of the others: perhaps it is the total
    assert "也可能是合计" in new["natural"].doubt


def test_too_few_figures_are_not_dealt_out(proposal):
    found = proposal(T2_2021 + T3 + f"{NEW}\n1\n2\n{OLD} 0 0 0 0 0 0 0\n{OPEN} 0 0 0 0 0 0 0")
    assert {r.value for r in row(found, "t3.new").values()} == {None}
    assert all("无法判断" in r.doubt for r in row(found, "t3.new").values())
    assert [left.text for left in found.leftovers] == ["1", "2"]


def test_a_row_where_the_text_ends_is_read_as_far_as_it_goes(proposal):
    found = proposal(T2_2021 + T3 + f"{OLD} 0 0 0 0 0 0 0\n{OPEN}\n4\n5")
    values = [row(found, "t3.granted")[k].value for k in ("natural", "business", "research")]
    assert values == [4, 5, None]
    assert all("中断" in r.doubt for r in row(found, "t3.granted").values())


def test_figures_run_together_are_cut_where_only_one_way_balances(proposal):
    found = proposal(T2_2021 + T3 + f"{NEW}15000016\n{OLD}0000000\n{OPEN} 0 0 0 0 0 0 0")
    assert [r.value for r in row(found, "t3.carried_in").values()] == [0] * 7
    assert all("相连" in r.doubt for r in row(found, "t3.carried_in").values())
    new = row(found, "t3.new")
    sums = {r.value for r in new.values()}
    assert sums == {None} or sum(new[k].value for k in list(new)[:6]) == new["total"].value


@pytest.mark.parametrize(("text", "year"), [("1O", 2023), ("约5", 2023), ("1,23", 2023)])
def test_what_is_no_figure_is_kept_as_it_stands(proposal, text, year):
    found = proposal(
        f"二、主动公开政府信息情况\n规章 0 0 {text}\n行政规范性文件 1 0 2\n行政许可 3\n", year
    )
    report = found.report()
    assert report.text("refused.t2.rules.in_force") == text
    assert "t2.rules.in_force" not in report.items
    assert report.items["t2.rules.repealed"] == 0


@pytest.mark.parametrize(
    ("head", "text", "fen"),
    [
        ("（单位：万元）", "375万", 375_000_000),
        ("（单位：万元）", "251000元", 25_100_000),
        ("（单位：万元）", "1.5亿元", 15_000_000_000),
        ("（单位：元）", "251000", 25_100_000),
        ("（单位：万元）", "96171.6", 96_171_600_000),
    ],
)
def test_amounts_are_converted_by_their_unit_and_say_so(proposal, head, text, fen):
    found = proposal(
        T2_2021 + f"第二十条第（八）项\n信息内容 本年收费金额{head}\n行政事业性收费 {text}\n"
    )
    fee = row(found, "t2.fees")["amount"]
    assert fee.value == fen
    assert fee.is_sure == (text == "96171.6")


def test_figures_beside_a_page_number_keep_their_places(proposal):
    found = proposal(
        T2_2021 + T3 + f"{NEW}\n- 3 -\n1 0 0 0 0 0 1\n{OLD} 0 0 0 0 0 0 0\n4\n{OPEN} 0 0 0 0 0 0 0"
    )
    assert [r.value for r in row(found, "t3.new").values()] == [1, 0, 0, 0, 0, 0, 1]
    assert [r.value for r in row(found, "t3.carried_in").values()] == [0] * 7


def test_a_cell_that_stands_twice_is_named(proposal):
    found = proposal(T2_2021 + "行政许可 3\n行政许可 4\n")
    licences = row(found, "t2.licences")["decisions"]
    assert licences.value == 3
    assert "4" in licences.doubt


def test_misprinted_and_local_labels_are_recognised(proposal):
    found = proposal(
        T2_2021 + T3 + f"{NEW} 1 0 0 0 0 0 1\n（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0\n"
        "2.其他法律行政止公开 1 0 0 0 0 0 1\n4.保护第三方权益 2 0 0 0 0 0 2\n"
    )
    assert row(found, "t3.refused_law")["natural"].value == 1
    third = row(found, "t3.refused_third_party")["natural"]
    assert (third.value, third.is_sure) == (2, False)


def test_rows_out_of_step_are_put_in_order_by_their_sums(scribe, tmp_path):
    writer = scribe(2024, None, 11)
    lines = writer.ragged(" ").split("\n")
    at = next(n for n, line in enumerate(lines) if "重复申请" in line)
    label, _, figures = lines[at].partition(" ")
    lines[at : at + 1] = [figures, label]  # the figures stand a little higher than the label
    path = tmp_path / "报告.txt"
    path.write_text("\n".join(lines), "utf-8")
    found = read(path)
    assert found.report().figures() == writer.report.figures()
    assert "按表中次序认定" in row(found, "t3.declined_repeat")["natural"].doubt
