"""Text of Word, WPS, Excel and web pages becomes paragraphs, whatever it looks like inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.prose.paste import Pasted, from_html, from_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta charset=utf-8><title>题目</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- @list l0:level1 {mso-level-text:"%1."} p.MsoNormal {margin:0cm} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>本机关全年共收到
申请<span lang=EN-US>35</span>件，<s>全部</s><del>即将</del>按期<span
style='mso-hide:all'>（内部）</span>答复。<o:p></o:p></span></p>
<p class=MsoListParagraph style='margin-left:18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt
"Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>加强培训。</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span><span
style='mso-list:Ignore'>（二）<span>&nbsp; </span></span></span><!--[endif]-->完善制度。</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='font-family:Wingdings'><span style='mso-list:Ignore'>Ø<span>&nbsp;</span></span></span>
<![endif]>公开指南</p>
<!--EndFragment--></body></html>"""


def test_word():
    assert from_html(WORD).text.split("\n") == [
        "本机关全年共收到申请35件，全部按期答复。",
        "1.加强培训。",
        "（二）完善制度。",
        "公开指南",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("甲<b>乙</b>\n<i>丙</i>", "甲乙丙"),
        ("one\n  two", "one two"),
        ("共\n35\n件", "共35件"),
        ("<p>　　甲&nbsp;乙&amp;丙&#20025;</p>", "甲\u00a0乙&丙丹"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<ol><li>甲</li><li>乙</li></ol>", "1.甲\n2.乙"),
        ("<ol><li><p>甲</p></li>\n<li>\n<p>乙</p></li></ol>", "1.甲\n2.乙"),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3.甲\n7.乙\n8.丙"),
        ("<ol type=a><li>甲<li>乙</ol>", "a.甲\nb.乙"),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>', "一、甲\n二、乙"),
        (
            '<ol start=10 style="list-style:simp-chinese-informal"><li>甲<li>乙</ol>',
            "十、甲\n十一、乙",
        ),
        ('<ol style="list-style-type:none"><li>甲</ol>', "甲"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", "1.甲\n乙\n2.丙"),
        ("<ol><li></li></ol><p>甲</p>", "甲"),
        ("<script>x</script><style>y</style><p style='display:none'>z</p>甲", "甲"),
        ("<head><title>x</title><body>甲", "甲"),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙"),
        ("", ""),
        ("<img src=x>", ""),
    ],
)
def test_html(html, text):
    assert from_html(html) == Pasted(text, has_table=False)


def test_a_table_becomes_lines():
    html = """<table><tr><td><p>自然人</p></td>
      <td><p>1</p><p>2</p></td></tr><tr><th>企业</th><td></td><td>3</td></tr></table><p>后</p>"""
    assert from_html(html) == Pasted("自然人\u30001 2\n企业\u3000\u30003\n后", has_table=True)


def test_plain_text():
    assert from_text("　　甲。\r\n\r\n  乙\v丙\n") == Pasted("甲。\n乙\n丙", has_table=False)
    assert from_text("自然人\t12\n企业\t3\n") == Pasted(
        "自然人\u300012\n企业\u30003", has_table=True
    )


TAGS = "p br ol li ul td tr table span pre body del div".split()
ODD = ["<![if x]>", "<![", "<!--", "-->", "<!", "<?", "</", "&#", "&#55296;", '<p style="']
PIECES = st.one_of(
    st.text(max_size=5),
    st.sampled_from([f"<{end}{tag}>" for tag in TAGS for end in ("", "/")] + ODD),
)


@given(st.lists(PIECES, max_size=30))
def test_whatever_it_is_it_becomes_paragraphs(pieces):
    text = from_html("".join(pieces)).text
    assert all(line == line.strip() != "" for line in text.split("\n") if text)


@given(st.lists(st.text("甲乙ab 12"), max_size=5))
def test_no_word_is_lost(lines):
    html = "".join(f"<p>{line}</p>" for line in lines)
    assert from_html(html).text.split() == "\n".join(lines).split()
