"""The command line: the window, and the main job without one.

Exit status 0 done, 1 errors found (by `verify`: contents that differ), 2 could not be done; then
one line on stderr says what and what to do. A traceback is never shown.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from app.errors import AppError

if TYPE_CHECKING:
    from app.report import Report

_DB = "数据库文件，默认在用户数据文件夹"
DONE, ERRORS_FOUND, FAILED = 0, 1, 2
COMMANDS = ("convert", "check", "read", "fingerprint", "verify", "backup", "restore")


class _Parser(argparse.ArgumentParser):
    """A parser that says in one Chinese line what is wrong with the call."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"命令不对：{message}。用法见 nianbao --help\n")
        raise SystemExit(FAILED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parse(given)
        return int(options.run(options))
    except AppError as error:
        sys.stderr.write(str(error).replace("\n", " ") + "\n")
    except SystemExit as stop:
        return int(stop.code or 0)
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:
        place = _log(error)
        sys.stderr.write(f"程序内部出错，没有完成；详情已记入日志{place}，请交给维护人员。\n")
    return FAILED


def _parse(given: Sequence[str]) -> argparse.Namespace:
    if not given:  # the clerk's way in; to make a parser takes 4 ms
        return argparse.Namespace(run=_window, db=None, sample=False, files=[])
    if given[0] not in (*COMMANDS, "-h", "--help", "--version"):
        return _window_parser().parse_args(given)
    parser = _Parser(
        prog="nianbao",
        description="政府信息公开工作年度报告：填写、核对、打印。不带命令时打开窗口。",
    )
    parser.add_argument("--version", action="version", version=f"年报 {_version()}")
    commands = parser.add_subparsers(metavar="命令", required=True)
    convert = commands.add_parser("convert", help="读入一种格式的报告，写成另一种格式")
    convert.add_argument("source", metavar="输入文件", type=Path)
    convert.add_argument("target", metavar="输出文件", type=Path)
    convert.add_argument(
        "--publish", action="store_true", help="公开用的干净文件；有错误未改正时不生成"
    )
    convert.set_defaults(run=_convert)
    check = commands.add_parser("check", help="核对报告，列出发现的问题")
    check.add_argument("--json", action="store_true", help="每个文件输出一行JSON")
    check.add_argument(
        "--last-year", metavar="文件", type=Path, help="上年的报告（只核对一个文件时）"
    )
    check.add_argument("files", metavar="文件", type=Path, nargs="+")
    check.set_defaults(run=_check)
    read = commands.add_parser("read", help="列出从文件中读到了什么、在哪里、是否可靠")
    read.add_argument("source", metavar="文件", type=Path)
    read.set_defaults(run=_read)
    code = commands.add_parser("fingerprint", help="显示报告的核对码")
    code.add_argument("source", metavar="文件", type=Path)
    code.set_defaults(run=_fingerprint)
    verify = commands.add_parser("verify", help="核对纸质件与文件的内容是否一致")
    verify.add_argument("code", metavar="核对码")
    verify.add_argument("source", metavar="文件", type=Path)
    verify.set_defaults(run=_verify)
    backup = commands.add_parser("backup", help="备份数据库，可另存一份到U盘等位置")
    backup.add_argument("place", metavar="位置", type=Path, nargs="?", help="另存一份的文件夹")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="从备份恢复数据库；不给文件时列出备份")
    restore.add_argument("source", metavar="备份", type=Path, nargs="?", help="备份或损坏的数据库")
    restore.set_defaults(run=_restore)
    for command in (backup, restore):
        command.add_argument("--db", metavar="数据库", type=Path, help=_DB)
    return parser.parse_args(given)


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nianbao", description="打开年报窗口")
    parser.add_argument("--db", metavar="数据库", type=Path, help=_DB)
    parser.add_argument("--sample", action="store_true", help="打开示例报告，不留下任何数据")
    parser.add_argument("files", metavar="文件", type=Path, nargs="*", help="要打开的报告文件")
    parser.set_defaults(run=_window)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "（未安装）"


def _window(options: argparse.Namespace) -> int:
    from ui.start import preload
    from ui.start.display import require

    require()
    preload.begin()
    from ui.main import run

    if not options.sample:
        return run(options.db, options.files)
    import tempfile

    from app import resources

    sample = min((resources.root() / "samples").glob("*.nianbao"))  # that of the city
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        return run(Path(folder) / "nianbao.db", [sample])


def _load(path: Path) -> "Report":
    from app.readers import read

    return read(path).report()


def _convert(options: argparse.Namespace) -> int:
    from app import checks, copies
    from app.writers import document

    report = _load(options.source)
    compose = copies.publication if options.publish else copies.options
    missing = document.write(report, options.target, compose(report, checks.run(report)))
    if missing:
        named = "、".join(f"{ch}（U+{ord(ch):04X}）" for ch in missing)  # they may not show
        sys.stderr.write(f"没有字体能显示这些字，PDF中印作〓：{named}\n")
    for item, why in sorted(report.items.items()):
        if item.startswith("unsure."):
            cell = report.form.cells.get(item.removeprefix("unsure."))
            sys.stderr.write(f"存疑：{cell.name if cell else item}（{why}）\n")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from app import inspection

    if options.last_year and len(options.files) > 1:
        raise AppError("--last-year 只能用于核对一个文件，请分别核对。")
    last_year = _load(options.last_year) if options.last_year else None
    status = DONE
    for inspected in inspection.inspect(options.files, last_year, _load):
        print(inspected.as_json() if options.json else inspected.as_text(), flush=True)
        status = max(status, inspected.status)
    return status


def _read(options: argparse.Namespace) -> int:
    from app.readers import read

    for line in read(options.source).lines():
        print(line)
    return DONE


def _fingerprint(options: argparse.Namespace) -> int:
    from app import fingerprint

    print(fingerprint.code(_load(options.source)))
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from app import verification

    verdict = verification.verify(options.code, options.source)
    print("\n".join(verdict.lines))
    return DONE if verdict.same else ERRORS_FOUND


def _backup(options: argparse.Namespace) -> int:
    from app import backup, clock

    database = _database(options)
    place = options.place or backup.second_place(database)
    made = backup.make(database, place and place.absolute(), clock.now)
    if made is None:
        print("数据库中还没有报告，不需要备份。")
        return DONE
    print(f"已备份：{backup.describe(made.snapshot)}\n{made.snapshot.path}")
    if made.trouble:
        raise AppError(made.trouble)
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from app import backup, clock, rescue
    from app.store.failure import Damaged, Foreign

    database = _database(options)
    if options.source is None:
        for each in backup.found(database, backup.second_place(database)):
            print(f"{backup.describe(each)}\n    {each.path}")
        return DONE
    try:
        aside = backup.restore(options.source, database, clock.now)
    except (Damaged, Foreign):
        with rescue.examine(options.source.absolute(), database, clock.now) as found:
            print("\n".join(found.lines()))
            aside = backup.restore(found.result, database, clock.now)
    print(f"已恢复到“{database}”。" + (f"原来的数据库改名保存为“{aside}”。" if aside else ""))
    return DONE


def _database(options: argparse.Namespace) -> Path:
    from app.store import default_path

    database: Path = (options.db or default_path()).absolute()
    if not database.exists() and not getattr(options, "source", None):
        raise AppError(f"没有找到数据库“{database}”。请用 --db 指明数据库的位置。")
    return database


def _log(error: Exception) -> str:
    """Keep what only a maintainer can read; says where, or nothing where that failed."""
    from app import journal

    try:
        return f"（{journal.bug(error)}）"
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
