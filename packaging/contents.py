"""What is shipped of the libraries: the parts of Qt that are used, and modules that are not."""

from pathlib import PurePath

QT = {"Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg", "DBus", "XcbQpa"}
PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qxcb", "qoffscreen", "qwindows"},
    "styles": {"qmodernwindowsstyle"},
}
TRANSLATIONS = {"qtbase_zh_CN.qm"}
LIBRARIES = ("pyside6.", "shiboken6.", "icudata", "icui18n", "icuuc", "msvcp140", "vcruntime140")
"""What the libraries of Qt need beside one another."""
UNUSED = (
    "PIL._avif", "PIL._imagingcms", "PIL._imagingtk", "PIL._webp", "_bz2", "_hashlib",
    "_msi", "_pytest", "_ssl", "_uuid", "distutils", "doctest", "ensurepip", "hypothesis",
    "idlelib", "lib2to3", "mypy", "pdb", "pip", "pkg_resources", "pydoc", "pydoc_data", "pygments",
    "pytest", "pytestqt", "setuptools", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext",
    "sqlalchemy.orm", "sqlalchemy.testing", "ssl", "tkinter", "turtledemo", "unittest", "wheel",
    "winsound", "xmlrpc",
)  # fmt: skip
"""Modules that the program and its libraries do without; the tests of the bundle prove it."""


def is_needed(path: PurePath) -> bool:
    """Say whether a file of PySide6 is shipped; `path` holds at least its folder and its name."""
    name, _, suffix = path.name.removeprefix("lib").partition(".")
    if "plugins" in path.parts:
        return name in PLUGINS.get(path.parent.name, ())
    if "translations" in path.parts:
        return path.name in TRANSLATIONS
    if name.startswith("Qt"):
        return name.removeprefix("Qt").removeprefix("6") in QT and suffix != "pyi"
    if suffix in ("py", "pyc"):
        return len(path.parts) == 2
    return path.name.removeprefix("lib").startswith(LIBRARIES) and suffix.split(".")[-1] != "lib"
