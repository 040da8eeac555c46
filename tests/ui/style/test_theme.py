"""The face of the window."""

from ui.style import theme


def test_faces_loaded_for_something_else_do_not_become_that_of_the_window(qapp):
    font, palette = qapp.font(), qapp.palette()
    theme.apply(qapp)
    face = qapp.font().family()
    for file in ("body.ttf", "kai.ttf"):
        theme.load(file)
    theme.apply(qapp)
    assert qapp.font().family() == face
    qapp.setFont(font)
    qapp.setPalette(palette)
