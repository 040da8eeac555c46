"""Where the database lies: a private file on a local disk.

Write-ahead logging needs shared memory between the programs that have the file open; network file
systems do not give it, and two computers writing there destroy the database. So they are refused.
"""

import contextlib
import os
import re
import sys
from pathlib import Path, PureWindowsPath

from app import user_files
from app.store.failure import Misplaced

_REMOTE = (  # compiled when it is first needed, after the first paint
    r"9p|afs|beegfs|ceph|cifs|coda|davfs|glusterfs|gpfs|lustre|ncpfs|nfs4?|ocfs2|orangefs|prl_fs"
    r"|smb[23]|smbfs|vboxsf|virtiofs|vmhgfs"
    r"|fuse\..*(sshfs|gvfsd|smb|dav|rclone|s3|gluster|ceph|vmhgfs|curlftpfs|kio|nfs|mfs).*"
)
"""File systems that are shared with another computer, or with the host of a virtual one."""
_DRIVE_REMOTE = 4
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that stand for shared locks in SQLite's file format."""
LOG, INDEX = "-wal", "-shm"
"""What SQLite lays beside a database that is open or was not closed: the last steps, and what it
needs to find them."""
_MOUNTS = Path("/proc/self/mounts")


def default_path() -> Path:
    """Return where the database lies: `NIANBAO_DB`, else in the user's data folder."""
    named = os.environ.get("NIANBAO_DB")
    if named:
        return Path(named)
    return user_files.data() / "nianbao.db"


def prepare(path: Path) -> None:
    """Make a private folder and file, so that SQLite finds both; an existing folder stays as it is.

    Raises:
        Misplaced: the place is on the network, or nothing can be made there.
    """
    if is_remote(path):
        raise Misplaced(
            f"数据库不能放在网络位置或共享文件夹“{path.parent}”，多台电脑同时写入会损坏数据。"
            "请改放本机磁盘；网络位置可以存放备份。"
        )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_in_place(path)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if not path.is_file():
            raise Misplaced(f"“{path}”不是文件，数据库无法建在这里。请另选位置。")
    except OSError as error:
        raise Misplaced(
            f"数据库无法建在“{path.parent}”：文件夹不存在或没有写入权限。请另选位置或检查权限。"
        ) from error
    with contextlib.suppress(PermissionError):  # not ours: its owner knows who may read it
        path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network and USB file systems cannot
            os.fsync(opened)
    finally:
        os.close(opened)


def is_in_use(path: Path) -> bool:
    """Say whether another program has a database open; close it in this program before asking.

    SQLite holds a shared lock on these bytes as long as a database in this mode is open. Windows
    needs no answer: it refuses to replace an open file.
    """
    if sys.platform == "win32" or not path.exists():
        return False
    import fcntl  # noqa: PLC0415  (not on Windows)

    with path.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False


def put_in_place(path: Path) -> None:
    """Let the database that waits beside `path` become the one at `path`, if one waits there.

    A log that lies there belongs to the old one and must go first. A power cut at any point leaves
    the new one waiting, and the next start of the program comes here again.

    Raises:
        OSError: it still waits.
    """
    waiting = waiting_beside(path)
    if waiting.exists():
        for suffix in (LOG, INDEX):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        waiting.replace(path)
        sync_folder(path.parent)


def waiting_beside(path: Path) -> Path:
    """Return where the database waits that takes the place of the one at `path`."""
    return path.with_name(path.name + ".incoming")


def is_remote(path: Path) -> bool:
    """Say whether a path lies on a network drive or a folder shared between computers."""
    if sys.platform == "win32":
        return is_remote_on_windows(str(path.absolute()))
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False  # no such list on this system
    return bool(re.fullmatch(_REMOTE, file_system(path.resolve(), mounts)))


def file_system(path: Path, mounts: str) -> str:
    """Return the type of the file system a path lies on, by a list in the form of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), fields[1]))
        # a later mount on the same point hides the earlier one
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def is_remote_on_windows(path: str) -> bool:
    r"""Say whether a Windows path is a share (`\\server\share`) or on a drive that is one."""
    drive = PureWindowsPath(path).drive.replace("\\\\?\\UNC", "\\").removeprefix("\\\\?\\")
    if drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  (only here)

        return ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    return False
