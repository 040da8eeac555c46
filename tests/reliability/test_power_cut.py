"""The power goes: what was acknowledged is there, whatever the disk had not written yet.

Of the log, a prefix is left, or its last pages are torn; the database file may hold any of the
pages that were being written back into it. What the typist does follows from the seed, so that a
second run to the same step shows what must be there.
"""

import random
import re
import runpy
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from app.store import soundness
from app.store.store import Store

FRAME = 24 + 4096
HEAD = 32


@dataclass
class Moment:
    """The files as they were right after a step was acknowledged."""

    stamp: int
    database: bytes
    log: bytes

    @cached_property
    def end(self):
        """Where the last frame of the log ends that counts."""
        salt, at = self.log[16:24], HEAD
        while self.log[at + 8 : at + 16] == salt:
            at += FRAME
        return at if self.log else 0


@pytest.fixture(scope="module")
def work():
    return runpy.run_path(str(Path(__file__).parents[1] / "app" / "typist.py"))["work"]


@pytest.fixture(scope="module")
def moments(tmp_path_factory, work, rounds):
    """A life of a database, copied at every commit; the log is begun anew more than once."""
    path = tmp_path_factory.mktemp("life") / "nianbao.db"
    log = path.with_name(path.name + "-wal")
    found = []

    def acknowledged(line):
        found.append(Moment(int(line), path.read_bytes(), log.read_bytes()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda line, **_: acknowledged(line))
        work(path, 7, rounds(100, 700))
    return found


@pytest.fixture(scope="module")
def known(tmp_path_factory, moments, content):
    """The content after each step; read from the files of that moment."""
    folder = tmp_path_factory.mktemp("known")
    contents = {}

    def at(stamp):
        if stamp not in contents:
            [moment] = [m for m in moments if m.stamp == stamp]
            contents[stamp] = content(put(folder, moment.database, moment.log))
        return contents[stamp]

    return at


def put(folder, database, log):
    """Lay files as a power cut leaves them; returns the database."""
    path = folder / "cut.db"
    for suffix, held in (("", database), ("-wal", log)):
        path.with_name(path.name + suffix).write_bytes(held)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return path


def stamp_in(path):
    with Store.open(path) as store:
        return store.load(1).head.stamp


def generations(moments):
    """Split a life where the log was begun anew, leaving out moments after the log was copied back.

    Before that is done the log is on the disk as a whole, so no cut of it can follow.
    """
    parts = []
    for moment in moments:
        if parts and parts[-1][-1].log[16:24] == moment.log[16:24]:
            parts[-1].append(moment)
        else:
            parts.append([moment])
    return [[m for m in part if m.database == part[0].database] for part in parts]


def test_the_log_only_grows_until_it_is_begun_anew(moments, rounds):
    """So cutting the last log of each generation cuts every one of them."""
    for part in generations(moments):
        last = part[-1].log
        assert all(last.startswith(moment.log[: moment.end]) for moment in part)
        assert [moment.end for moment in part] == sorted(moment.end for moment in part)
    assert len(generations(moments)) >= rounds(1, 3)


def test_at_every_commit_the_files_hold_what_was_acknowledged(tmp_path, moments, count):
    for moment in moments:
        assert stamp_in(put(tmp_path, moment.database, moment.log)) == moment.stamp
    count("files copied at every commit", tried=len(moments), lost=0)


def cuts(part, choose, inside):
    """Every end of a page in a log, and places inside of pages."""
    for end in range(HEAD, part[-1].end + 1, FRAME):
        yield end
        yield from (end + choose.randrange(1, FRAME) for _ in range(inside))
    yield from (0, 1, HEAD - 1)


def expected(moments, part, end):
    """The last step of which everything lies before a place in the log."""
    whole = [m.stamp for m in part if m.end <= end]
    return max(whole) if whole else moments[moments.index(part[0]) - 1].stamp


def test_a_log_that_was_cut_holds_every_step_before_the_cut(
    tmp_path, moments, known, content, rounds, count
):
    choose = random.Random(1)
    for part in generations(moments):
        places = list(cuts(part, choose, rounds(0, 1)))
        for end in choose.sample(places, min(len(places), rounds(40, 1200))):
            if moments[0] in part and end < moments[0].end:
                continue  # the database was being made, nothing was acknowledged yet
            path = put(tmp_path, part[-1].database, part[-1].log[:end])
            stamp = stamp_in(path)
            assert stamp == expected(moments, part, end)
            assert content(path) == known(stamp)
            count("log cut at and inside pages", tried=1, lost=0)


@pytest.mark.parametrize("fill", ["zeros", "noise", "older"])
def test_torn_last_pages_cost_only_the_steps_they_belong_to(
    tmp_path, moments, known, content, rounds, count, fill
):
    """The pages of the last steps hold anything: FULL had not acknowledged them."""
    choose = random.Random(fill)
    for part in generations(moments):
        for _ in range(rounds(12, 250)):
            moment = choose.choice(part)
            pages = choose.randrange(1, 6)
            start = max(HEAD, moment.end - pages * FRAME)
            if moments[0] in part and start < moments[0].end:
                continue
            log = bytearray(moment.log[: moment.end])
            tear(log, start, fill, choose)
            stamp = stamp_in(path := put(tmp_path, moment.database, bytes(log)))
            assert expected(moments, part, start) <= stamp <= moment.stamp
            assert content(path) == known(stamp)
            count(f"last pages torn ({fill})", tried=1, lost=0)


def tear(log, start, fill, choose):
    """Spoil some sectors from a place in a log on."""
    for at in range(start, len(log), 512):
        if choose.random() < 0.5:
            size = min(512, len(log) - at)
            older = log[HEAD : HEAD + size]
            log[at : at + size] = {
                "zeros": bytes(size), "noise": choose.randbytes(size), "older": older
            }[fill]  # fmt: skip


# ── what the system was told to write, and when it was told to finish ───────────────────────

CALL = re.compile(
    r"(?P<name>openat|pwrite64|write|fsync|fdatasync|ftruncate|close|unlink)\((?P<rest>.*)\)"
    r"\s+= (?P<result>-?\d+)"
)


@dataclass
class Disk:
    """What a disk holds for sure, and the writes it may or may not have done."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list] = field(default_factory=dict)

    def write(self, name, at, content):
        self.pending.setdefault(name, []).append((at, content))

    def finish(self, name):
        for at, content in self.pending.pop(name, ()):
            self.do(self.sure.setdefault(name, bytearray()), at, content)

    @staticmethod
    def do(file, at, content):
        if content is None:
            del file[at:]
            return
        file.extend(bytes(max(0, at - len(file))))
        file[at : at + len(content)] = content

    def after_a_cut(self, choose):
        """Return the files as a power cut may leave them: each sector written, or not."""
        files = {name: bytearray(held) for name, held in self.sure.items()}
        luck = choose.choice([0, 0.2, 0.5, 0.8, 1])
        for name, writes in self.pending.items():
            file = files.setdefault(name, bytearray())
            for at, content in writes:
                if content is None:
                    if choose.random() < luck:
                        self.do(file, at, None)
                    continue
                for begin in range(0, len(content), 512):
                    if choose.random() < luck:
                        self.do(file, at + begin, content[begin : begin + 512])
        return files


def calls(trace):
    """Yield what a trace tells: name, file, place, content."""
    files = {1: "stdout"}
    for line in trace.splitlines():
        found = CALL.search(line)
        if not found or found["result"].startswith("-"):
            continue
        name, rest = found["name"], found["rest"]
        texts = [bytes.fromhex(t.replace("\\x", "")) for t in re.findall(r'"((?:\\x..)*)"', rest)]
        if name == "openat":
            files[int(found["result"])] = Path(texts[0].decode()).name
        elif name == "close":
            files.pop(int(rest), None)
        elif name == "unlink":
            yield name, Path(texts[0].decode()).name, 0, b""
        else:
            file = files.get(int(re.match(r"\d+", rest)[0]), "")
            numbers = [int(n) for n in re.findall(r", (\d+)", rest)]
            yield name, file, numbers[-1] if numbers else 0, texts[0] if texts else None


@pytest.fixture(scope="module")
def trace(tmp_path_factory, typist, rounds):
    folder = tmp_path_factory.mktemp("traced")
    output = folder / "trace"
    wanted = "trace=openat,pwrite64,write,fsync,fdatasync,ftruncate,close,unlink"
    tracer = ["strace", "-f", "-qq", "-xx", "-s", "100000", "-e", wanted, "-o", str(output)]
    if (
        not shutil.which("strace")
        or subprocess.run([*tracer, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("what is written and when is told by strace, which is not here")
    with typist(folder / "nianbao.db", 11, rounds(60, 400), before=tracer) as program:
        program.stdout.read()
    return list(calls(output.read_text()))


def test_every_step_was_on_the_disk_before_it_was_acknowledged(
    tmp_path, trace, work, content, rounds, count, monkeypatch
):
    """The power goes between any two calls; what was not finished is written or not, by chance."""
    monkeypatch.setattr("builtins.print", lambda *_, **__: None)
    choose = random.Random(5)
    disk, acknowledged, tried = Disk(), 0, 0
    watched = ("nianbao.db", "nianbao.db-wal")
    for name, file, at, written in trace:
        if file == "stdout":
            acknowledged = int(written) if written.strip() else acknowledged
        elif file not in watched:
            continue
        elif name in ("fsync", "fdatasync"):
            disk.finish(file)
        elif name == "unlink":
            disk.sure.pop(file, None)
            disk.pending.pop(file, None)
        elif name == "ftruncate":
            disk.write(file, at, None)
        else:
            disk.write(file, at, written)
        if acknowledged and choose.random() < rounds(0.15, 1):
            stamp = survived(tmp_path, disk, choose)
            assert acknowledged <= stamp <= acknowledged + 1
            tried += 1
            count("power cut between system calls", tried=1, lost=0)
    assert tried > 20
    work(replay := tmp_path / "replay.db", 11, stamp)
    assert content(tmp_path / "cut.db") == content(replay)


def survived(folder, disk, choose):
    files = disk.after_a_cut(choose)
    path = put(folder, bytes(files["nianbao.db"]), bytes(files.get("nianbao.db-wal", b"")))
    stamp = stamp_in(path)
    soundness.require(path, thorough=True)
    return stamp
