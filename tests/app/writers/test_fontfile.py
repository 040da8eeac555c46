import hashlib
import lzma

import pytest

from app import resources
from app.coverage import manifest
from app.writers import fontfile, sfnt


def found(folder):
    return [
        (file.role, file.name, file.path.name, file.index) for file in fontfile.search([folder])[0]
    ]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("FZXBSJW.TTF", "title"),
        ("FZXBSJW--GB1-0.TTF", "title"),
        ("方正小标宋_GBK.ttf", "title"),
        ("仿宋_GB2312.ttf", "body"),
        ("simfang.ttf", "body"),
        ("SIMHEI.TTF", "hei"),
        ("楷体_GB2312.ttf", "kai"),
        ("times.ttf", "latin"),
        ("Times_New_Roman.ttf", "latin"),
        ("HanaMinB.ttf", "pack"),
    ],
)
def test_a_face_is_known_by_its_file_name(office, bundled_font, name, role):
    folder, put = office
    put(name, bundled_font("latin"))
    assert found(folder) == [(role, "年报西文", name, 0)]


def test_a_renamed_file_is_known_by_the_name_inside(office, bundled_font):
    folder, put = office
    put("下载(1).ttf", bundled_font("latin", Nianbao_Latin="TimesNewRoman"))
    assert [file[0] for file in found(folder)] == ["latin"]


def test_the_right_face_of_a_collection_is_taken(office, bundled_font, collection):
    folder, put = office
    song = bundled_font("latin", 年报西文="宋体")
    put("simsun.ttc", collection(bundled_font("latin", 年报西文="新宋体"), song))
    assert found(folder) == [("song", "宋体", "simsun.ttc", 1)]


def test_the_better_face_comes_first_wherever_it_lies(tmp_path, bundled_font):
    for folder, name in [("a", "simfang.ttf"), ("b", "仿宋_GB2312.ttf")]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(bundled_font("latin"))
    files, notes = fontfile.search([tmp_path / "a", tmp_path / "b", tmp_path / "none"])
    assert [file.path.name for file in files] == ["仿宋_GB2312.ttf", "simfang.ttf"]
    assert notes == []


def test_a_refused_file_is_named_and_an_unknown_one_passed_over(office, bundled_font):
    folder, put = office
    put("simfang.ttf", bundled_font("latin")[:9_000])
    put("unknown.ttf", b"")
    assert fontfile.search([folder]) == (
        [],
        ["字体文件“simfang.ttf”不完整，已改用其他字体。"],
    )


def test_a_chosen_face_of_a_collection(office, bundled_font, collection):
    _, put = office
    path = put("a.ttc", collection(bundled_font("latin"), bundled_font("hei")))
    assert fontfile.chosen("body", f"{path}#1").name == "年报黑体"
    with pytest.raises(sfnt.Unusable, match="没有所选的字体"):
        fontfile.chosen("body", f"{path}#2")


@pytest.mark.parametrize("face", manifest()["faces"], ids=lambda face: face["file"])
def test_a_bundled_face_is_the_one_the_manifest_describes(face, tmp_path):
    folder = resources.root() / "fonts"
    data = (folder / face["file"]).read_bytes()
    if face["file"].endswith(".xz"):
        data = lzma.decompress(data)
    assert hashlib.sha256(data).hexdigest() == face["sha256"]
    (tmp_path / "face.ttf").write_bytes(data)
    assert sfnt.full_names(tmp_path / "face.ttf") == [(face["chinese"], face["family"])]
    assert (folder / face["licence_file"]).stat().st_size > 2_500
    for reserved in ("LXGW", "霞鹜", "Source", "Liberation", "Vera"):
        assert reserved not in face["family"] + face["chinese"]
