"""Find out whether a window can be shown at all, before Qt aborts without a word."""

import ctypes
import os
import sys

from app.errors import AppError

HELP = (
    "没有图形界面也可以使用：nianbao check 报告文件（核对）、"
    "nianbao convert 报告文件 输出.pdf（生成PDF）。"
)
_LIBRARIES = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxcb-icccm.so.4")


class NoDisplay(AppError):
    """There is no display to open a window on."""


def require() -> None:
    """Return if a window can be opened.

    Raises:
        NoDisplay: there is none, or a library that Qt needs on it is missing.
    """
    if not sys.platform.startswith("linux") or _platform() not in ("", "xcb"):
        return
    if not os.environ.get("DISPLAY"):
        if os.environ.get("WAYLAND_DISPLAY"):
            return
        raise NoDisplay(f"没有找到可用的显示器，无法打开窗口。{HELP}")
    for name in _LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError as error:
            raise NoDisplay(f"系统缺少图形界面所需的库（{name}），请先安装。{HELP}") from error
    if not _answers():
        raise NoDisplay(f"显示器“{os.environ['DISPLAY']}”无法连接，无法打开窗口。{HELP}")


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]


def _answers() -> bool:
    """Try the display as Qt will: through libxcb."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
