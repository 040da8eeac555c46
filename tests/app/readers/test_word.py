"""Word files: what is printed is read, automatic numbers and text boxes included."""

import zipfile

import pytest

from app.readers import word
from app.readers.extract import Grid, Paragraph

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def box(text, span=1, merge=""):
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr><w:p>{run(text)}</w:p></w:tc>'
    )


@pytest.fixture
def blocks(tmp_path):
    """Read a document of this body, with further parts."""

    def go(body, **parts):
        path = tmp_path / "文.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
            )
            for name, text in parts.items():
                archive.writestr(f"word/{name}.xml", text)
        return word.read(path.read_bytes(), path.name).blocks

    return go


def texts(blocks):
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_deleted_text_is_left_out_and_inserted_text_read(blocks):
    body = (
        f"<w:p><w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins>{run('21')}</w:ins>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('件')}</w:p>"
    )
    assert texts(blocks(body)) == ["21件"]


def test_text_boxes_and_content_controls_are_read_once(blocks):
    shape = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice>{shape}</mc:Choice>"
        f"<mc:Fallback><v:textbox>{shape}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>"
    )
    assert texts(blocks(body)) == ["正文", "框内", "控件"]


def test_automatic_numbers_are_part_of_the_text(blocks):
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>'
        '<w:lvlText w:val="{}"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="4">'
        + level.format(0, "chineseCounting", "%1、")
        + level.format(1, "decimal", "%2.")
        + '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr></w:pPr>{}</w:p>'
    )
    body = "".join(
        numbered.format(depth, run(text))
        for depth, text in [(0, "总体"), (1, "甲"), (1, "乙"), (0, "主动"), (1, "丙")]
    )
    read_back = texts(blocks(body, numbering=numbering))
    assert read_back == ["一、总体", "1.甲", "2.乙", "二、主动", "1.丙"]


def test_merged_boxes_cover_their_places(blocks):
    body = (
        "<w:tbl>"
        f"<w:tr>{box('甲', 2)}{box('乙', merge='restart')}</w:tr>"
        f"<w:tr>{box('1')}{box('2')}{box('', merge='continue')}</w:tr>"
        "</w:tbl>"
    )
    [grid] = blocks(body)
    assert isinstance(grid, Grid)
    assert [[b.text for b in row] for row in grid.matrix] == [["甲", "甲", "乙"], ["1", "2", "乙"]]


def test_a_table_that_only_frames_the_page_is_looked_through(blocks):
    inner = f"<w:tbl><w:tr>{box('规章')}{box('0')}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc><w:p>{run('标题')}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    title, grid = blocks(body)
    assert title.text == "标题"
    assert [b.text for b in grid.row(0)] == ["规章", "0"]
