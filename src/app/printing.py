"""Printing through CUPS with the PDF itself, so that text stays text and lines stay sharp.

Talks to CUPS by its own commands (`lp`, `lpstat`, `lpoptions`); which server is meant they know
themselves. Where there is no CUPS (Windows), `is_here` says so and the window prints page images.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError

PAPER = "A4"
SIDES = {
    "one-sided": "单面",
    "two-sided-long-edge": "双面（长边翻转）",
    "two-sided-short-edge": "双面（短边翻转）",
}
"""Ways to print on paper, by their names in IPP (RFC 8011, 5.2.8), and what people call them."""
MOST_COPIES = 99
_PATIENCE_S = 15.0
_STOPPED = "5"  # printer-state of RFC 8011, 5.4.11
_OFFLINE = frozenset({"offline-report", "timed-out", "shutdown", "connecting-to-device-failed"})
_ACCEPTED = re.compile(r"request id is (\S+)")
_ATTRIBUTE = re.compile(r"([\w-]+)=('(?:[^'\\]|\\.)*'|\S*)")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


class NotPrinted(AppError):
    """No queue has taken the document."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as CUPS knows it; `about` is what people call it.

    `paper` is what lies in it unless one asks for another; `has_a4` whether one can ask for A4.
    """

    name: str
    about: str
    is_default: bool
    accepts: bool
    stopped: str
    is_offline: bool
    paper: str
    has_a4: bool

    @property
    def trouble(self) -> str:
        """Why nothing can be printed here now, in a sentence; empty where it can."""
        name = f"打印机“{self.about}”"
        if not self.accepts:
            return f"{name}的队列拒收任务，没有送印。请在系统的打印设置中恢复接收，或换一台打印机。"
        if self.stopped:
            return f"{name}已停用（{self.stopped}），没有送印。请恢复打印机后再试，或换一台打印机。"
        if self.is_offline:
            return f"{name}已脱机，没有送印。请检查电源和连接后再试，或换一台打印机。"
        if not self.has_a4:
            return f"{name}没有A4纸，报告须印在A4纸上，没有送印。请换一台打印机。"
        return ""

    @property
    def hint(self) -> str:
        """What to see to before printing here; empty where there is nothing."""
        if self.paper in ("", PAPER):
            return ""
        return f"打印机“{self.about}”默认用{self.paper}纸，本次按A4送印，请放入A4纸。"


@dataclass(frozen=True, slots=True)
class Order:
    """How a document is to be printed; `pages` as "1-3,5", empty for all."""

    printer: str
    copies: int = 1
    sides: str = "one-sided"
    pages: str = ""


def is_here() -> bool:
    """Say whether this computer prints through CUPS."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def printers() -> list[Printer]:
    """Return the printers, the default one first; none where nobody has set one up.

    Raises:
        NotPrinted: the print service does not answer.
    """
    listed = _run("lpstat", "-e")
    if listed.returncode:
        return []
    default = _run("lpstat", "-d").stdout.rpartition(": ")[2].strip()
    found = [_printer(name, default) for name in listed.stdout.split()]
    return sorted(found, key=lambda printer: not printer.is_default)


def send(pdf: Path, order: Order, title: str) -> str:
    """Hand a PDF to a queue and return the id of the job once the queue has accepted it.

    Raises:
        NotPrinted: in words; nothing was printed.
    """
    known = {printer.name: printer for printer in printers()}
    if not known:
        raise NotPrinted(
            "这台电脑还没有安装打印机，没有送印。请先安装打印机，或保存为PDF后到别处打印。"
        )
    if order.printer not in known:
        raise NotPrinted(f"找不到打印机“{order.printer}”，没有送印。请另选一台打印机。")
    if trouble := known[order.printer].trouble:
        raise NotPrinted(trouble)
    options = [f"media={PAPER}", f"sides={order.sides}", "print-scaling=none", "collate=true"]
    options += [f"page-ranges={order.pages}"] if order.pages else []
    chosen = [argument for option in options for argument in ("-o", option)]
    given = [
        "-d",
        order.printer,
        "-n",
        str(order.copies),
        "-t",
        title,
        *chosen,
        str(pdf.absolute()),
    ]
    done = _run("lp", *given)
    accepted = _ACCEPTED.search(done.stdout)
    if done.returncode or accepted is None:
        reason = done.stderr.strip().removeprefix("lp: ") or "没有说明原因"
        raise NotPrinted(
            f"打印机“{known[order.printer].about}”没有接受任务（{reason}）。"
            "请检查打印机后再试，或换一台打印机。"
        )
    return accepted.group(1)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job is: still `waiting`, and if so what is wrong, as CUPS puts it."""

    waiting: bool
    trouble: str = ""


def progress(job: str) -> Progress:
    """Tell what became of a job that a queue has accepted.

    Raises:
        NotPrinted: the print service does not answer.
    """
    printer = job.rpartition("-")[0]
    listed = _run("lpstat", "-l", "-W", "not-completed", "-o", printer).stdout
    entry = re.search(rf"^{re.escape(job)}\s.*\n((?:\t.*\n?)*)", listed, re.MULTILINE)
    if entry is None:
        return Progress(waiting=False)
    status = re.search(r"^\tStatus: (.*)$", entry.group(1), re.MULTILINE)
    alerts = re.search(r"^\tAlerts: (.*)$", entry.group(1), re.MULTILINE)
    told = status.group(1).strip() if status else ""
    wrong = alerts is not None and ("error" in alerts.group(1) or "stopped" in alerts.group(1))
    state = _printer(printer, "")
    return Progress(waiting=True, trouble=told if wrong else state.stopped)


def pages(text: str, count: int) -> str:
    """Return page numbers as they were typed in the form of an order; "" for all of them.

    Raises:
        NotPrinted: they are no page numbers of a document of `count` pages.
    """
    plain = re.sub(r"[，、;；\s]+", ",", text.strip()).translate(str.maketrans("－—~～", "----"))
    ranges = [part for part in plain.split(",") if part]
    for part in ranges:
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise NotPrinted(f"页码“{part}”不对：全文共{count}页，请填如“1-3,5”；全部打印请留空。")
    return ",".join(ranges)


def _printer(name: str, default: str) -> Printer:
    told = {k: v.strip("'") for k, v in _ATTRIBUTE.findall(_run("lpoptions", "-p", name).stdout)}
    papers = re.search(r"^(?:PageSize|media)/[^:]*: (.*)$", _capabilities(name), re.MULTILINE)
    sizes = papers.group(1).split() if papers else []
    current = next((size[1:] for size in sizes if size.startswith("*")), "")
    reasons = set(told.get("printer-state-reasons", "").split(","))
    stopped = told.get("printer-state") == _STOPPED
    return Printer(
        name=name,
        about=told.get("printer-info") or name,
        is_default=name == default,
        accepts=told.get("printer-is-accepting-jobs") != "false",
        stopped=_why_stopped(name) if stopped else "",
        is_offline=not reasons.isdisjoint(_OFFLINE),
        paper=_plain_size(current),
        has_a4=not sizes or any(_plain_size(size.strip("*")) == PAPER for size in sizes),
    )


def _capabilities(name: str) -> str:
    return _run("lpoptions", "-p", name, "-l").stdout


def _why_stopped(name: str) -> str:
    lines = _run("lpstat", "-p", name).stdout.splitlines()
    return lines[1].strip() if len(lines) > 1 and lines[1].strip() else "原因不明"


def _plain_size(size: str) -> str:
    """A4.Fullbleed and iso_a4_210x297mm are A4 all the same."""
    plain = size.partition(".")[0]
    return PAPER if plain.lower() in ("a4", "iso_a4_210x297mm") else plain


def _run(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of CUPS, in its own language so that it can be read.

    Raises:
        NotPrinted: there is no CUPS, or it does not answer.
    """
    try:
        return subprocess.run(
            [command, *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""},
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
        )
    except FileNotFoundError as error:
        raise NotPrinted(
            "这台电脑没有打印服务（CUPS），没有送印。请安装打印服务，或保存为PDF后到别处打印。"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise NotPrinted("打印服务没有响应，没有送印。请检查打印机和网络后再试。") from error
