"""Unit, year, preface and dates: told from what stands in the file, never made up."""

import pytest

from app.errors import AppError
from app.readers import heading, read

BODY = (
    "一、总体情况\n情况良好。\n二、主动公开政府信息情况\n"
    "规章 0 0 0\n行政规范性文件 1 0 2\n行政许可 3\n"
)


@pytest.mark.parametrize(
    ("title", "org", "year"),
    [
        ("示例市人民政府2024年政府信息公开工作年度报告", "示例市人民政府", 2024),
        ("示例区司法局 2020 年政府信息公开工作 年度报告", "示例区司法局", 2020),
        ("2022年度示例镇政府信息公开工作年度报告", "示例镇", 2022),
        ("示例局政府信息公开工作年度报告（２０２１年）", "示例局", 2021),
        ("示例区人民政府信息公开2021年度报告", "示例区人民政府", 2021),
        ("示例街道辦事處2021年政府信息公開工作年度報告", "示例街道辦事處", 2021),
        ("2023年政府信息公开工作年度报告", "", 2023),
    ],
)
def test_titles(title, org, year):
    assert heading.parse_title(title) == heading.Title(org, year)


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况",
        "现公布示例局2024年政府信息公开工作年度报告。",
        "2024年，示例局主动公开政府信息12条",
        "政府信息公开年报",
    ],
)
def test_what_is_no_title(text):
    assert heading.parse_title(text) is None


@pytest.fixture
def proposal(tmp_path):
    def go(text, name="报告.txt"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return read(path)

    return go


def test_a_title_over_two_lines(proposal):
    found = proposal("示例市人民政府\n2024年政府信息公开工作年度报告\n" + BODY)
    assert (found.org, found.year) == ("示例市人民政府", 2024)
    assert "narratives.preface" not in found.texts


def test_without_title_the_period_tells_the_year_and_the_preface_the_unit(proposal):
    found = proposal(
        "本报告由示例局根据《条例》编制，统计期限自2023年1月1日起至2023年12月31日止。\n" + BODY
    )
    assert (found.year, found.org) == (2023, "示例局")
    assert set(found.doubts) == {"org"}


def test_without_any_year_it_is_asked_for(proposal):
    found = proposal(BODY)
    assert set(found.doubts) == {"year", "org"}
    assert found.report().text("unsure.year")


def test_the_name_of_the_file_helps(proposal):
    assert proposal(BODY, "示例局2022年年报.txt").year == 2022


def test_navigation_and_dates_are_left_over(proposal):
    found = proposal(
        "首页 > 政务公开\n示例局2024年政府信息公开工作年度报告\n发布日期：2025-01-20 来源：示例\n"
        f"{BODY}六、其他需要报告的事项\n无其他事项。\n示例局\n2025年1月20日\n打印 关闭\n"
    )
    assert found.texts["narratives.s6"] == "无其他事项。"
    assert "narratives.preface" not in found.texts
    assert [left.text.split()[0] for left in found.leftovers] == [
        "首页", "发布日期：2025-01-20", "打印"
    ]  # fmt: skip
    assert found.texts["published"] == "2025-01-20"


def test_how_to_reach_the_office(proposal):
    found = proposal(
        "示例局2024年政府信息公开工作年度报告\n"
        "根据《中华人民共和国政府信息公开条例》（国令第711号）规定编制。（地址：示例市示例路1号，邮编：100000，电话：010-12345678，"
        f"电子邮箱：a@example.gov.cn）。\n{BODY}"
    )
    assert {k: v for k, v in found.texts.items() if k.startswith("cover.")} == {
        "cover.legal_basis": "《中华人民共和国政府信息公开条例》（国令第711号）",
        "cover.address": "示例市示例路1号",
        "cover.postcode": "100000",
        "cover.telephone": "010-12345678",
        "cover.mail": "a@example.gov.cn",
    }


def test_titles_of_sections_are_kept_where_they_differ(proposal):
    found = proposal(
        "示例局2024年政府信息公开工作年度报告\n一 、 总体情况\n好。\n"
        "二、行政机关主动公开政府信息情况\n"
        "规章 0 0 0\n行政许可 3\n行政处罚 0\n五、存在问题及改进情况：\n有。\n"
    )
    assert {k: v for k, v in found.texts.items() if k.startswith("titles.")} == {
        "titles.s2": "二、行政机关主动公开政府信息情况",
        "titles.s5": "五、存在问题及改进情况",
    }


def test_reports_older_than_every_form_are_refused_in_words(proposal):
    with pytest.raises(AppError, match="2016年的报告"):
        proposal("示例局2016年政府信息公开工作年度报告\n一、概述\n二、主动公开情况\n")
