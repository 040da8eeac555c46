import struct

import pytest

from app.writers import sfnt


def test_full_names_are_read_chinese_first(office, bundled_font):
    _, put = office
    assert sfnt.full_names(put("a.ttf", bundled_font("kai"))) == [("年报楷体", "Nianbao Kai")]


def test_each_face_of_a_collection_is_read(office, bundled_font, collection):
    _, put = office
    path = put("a.ttc", collection(bundled_font("latin"), bundled_font("hei")))
    assert [names[0] for names in sfnt.full_names(path)] == ["年报西文", "年报黑体"]


@pytest.mark.parametrize("rights", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_is_refused(office, bundled_font, with_rights, rights):
    _, put = office
    path = put("a.ttf", with_rights(bundled_font("latin"), rights))
    with pytest.raises(sfnt.Unusable, match=r"“a\.ttf”不允许嵌入 PDF"):
        sfnt.full_names(path)


@pytest.mark.parametrize("rights", [0x0000, 0x0004, 0x0008])
def test_print_and_editable_embedding_are_enough(office, bundled_font, with_rights, rights):
    _, put = office
    assert sfnt.full_names(put("a.ttf", with_rights(bundled_font("latin"), rights)))


def test_postscript_outlines_are_refused(office):
    _, put = office
    path = put("a.otf", struct.pack(">4sH6x4s4xLL", b"OTTO", 1, b"CFF ", 28, 0))
    with pytest.raises(sfnt.Unusable, match="轮廓格式不能嵌入"):
        sfnt.full_names(path)


def test_a_map_other_than_unicode_is_refused(office, bundled_font):
    _, put = office
    data = bundled_font("latin")
    entry = data.index(b"cmap")
    (start,) = struct.unpack(">L", data[entry + 8 : entry + 12])
    (count,) = struct.unpack(">2xH", data[start : start + 4])
    last = start + 4 + 8 * (count - 1)
    changed = data[:last] + struct.pack(">HH", 3, 3) + data[last + 4 :]  # 3, 3: GB 2312
    with pytest.raises(sfnt.Unusable, match="统一码"):
        sfnt.full_names(put("a.ttf", changed))


@pytest.mark.parametrize("size", [0, 3, 11, 100, 5_000])
def test_a_cut_off_file_is_refused(office, bundled_font, size):
    _, put = office
    with pytest.raises(sfnt.Unusable, match=r"损坏|不完整"):
        sfnt.full_names(put("a.ttf", bundled_font("latin")[:size]))


def test_a_file_that_is_gone_is_refused(office):
    folder, _ = office
    with pytest.raises(sfnt.Unusable, match="无法读取"):
        sfnt.full_names(folder / "none.ttf")
