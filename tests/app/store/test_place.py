"""A private file on a local disk."""

import os
import stat

import pytest

from app.store import place
from app.store.failure import Misplaced

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/share /mnt/共享 cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
zhang@host: /mnt/far\040away fuse.sshfs rw 0 0
/dev/sdc1 /media/disk fuseblk rw 0 0
portal /run/doc fuse.portal rw 0 0
systemd-1 /net/a autofs rw 0 0
server:/a /net/a nfs rw 0 0
broken
"""


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/a", "ext4"),
        ("/tmp", "tmpfs"),
        ("/mnt/共享/年报", "cifs"),
        ("/mnt/共享的", "ext4"),
        ("/home/zhang", "nfs4"),
        ("/home/local/a", "ext4"),
        ("/mnt/far away/a", "fuse.sshfs"),
        ("/net/a/b", "nfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path, folder, kind):
    assert place.file_system(type(tmp_path)(folder), MOUNTS) == kind


@pytest.mark.parametrize(
    ("kind", "is_remote"),
    [
        ("nfs", True), ("nfs4", True), ("cifs", True), ("smb3", True), ("9p", True),
        ("fuse.sshfs", True), ("fuse.gvfsd-fuse", True), ("fuse.davfs2", True), ("vboxsf", True),
        ("ext4", False), ("xfs", False), ("btrfs", False), ("tmpfs", False), ("overlay", False),
        ("fuseblk", False), ("fuse.portal", False), ("nfsd", False),
    ],
)  # fmt: skip
def test_a_remote_place_is_refused_before_anything_is_made(tmp_path, monkeypatch, kind, is_remote):
    mounts = tmp_path / "mounts"
    folder = tmp_path / "share" / "年报"
    mounts.write_text(f"x {tmp_path / 'share'} {kind} rw 0 0\n", "utf-8")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    if is_remote:
        with pytest.raises(Misplaced, match="网络位置"):
            place.prepare(folder / "nianbao.db")
        assert not folder.exists()
    else:
        place.prepare(folder / "nianbao.db")
        assert (folder / "nianbao.db").exists()


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [
        (r"\\server\share\年报\nianbao.db", True),
        ("//server/share/nianbao.db", True),
        (r"\\?\UNC\server\share\nianbao.db", True),
        (r"C:\Users\zhang\nianbao.db", False),
        (r"\\?\C:\Users\zhang\nianbao.db", False),
    ],
)
def test_a_windows_share_is_remote(path, is_remote):
    assert place.is_remote_on_windows(path) == is_remote


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_new_folder_and_file_are_private(tmp_path):
    path = tmp_path / "a" / "nianbao.db"
    place.prepare(path)
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_folder_that_was_there_keeps_its_mode(tmp_path):
    (tmp_path / "documents").mkdir(mode=0o755)
    path = tmp_path / "documents" / "nianbao.db"
    path.touch(0o644)
    place.prepare(path)
    assert (mode(path.parent), mode(path)) == (0o755, 0o600)


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(Misplaced, match="不是文件"):
        place.prepare(tmp_path)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Misplaced, match="无法建在"):
        place.prepare(tmp_path / "file" / "nianbao.db")


def test_a_folder_that_cannot_be_written_is_told(common_user):
    common_user.chmod(0o500)
    with pytest.raises(Misplaced, match="没有写入权限"):
        place.prepare(common_user / "nianbao.db")


def test_the_place_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("NIANBAO_DB", str(tmp_path / "a.db"))
    assert place.default_path() == tmp_path / "a.db"


def test_else_it_is_in_the_data_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("NIANBAO_DB", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = place.default_path()
    assert path.parts[-2:] == ("nianbao", "nianbao.db")
    assert os.name != "posix" or path.is_relative_to(tmp_path)
