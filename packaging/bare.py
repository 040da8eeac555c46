"""A Debian that has nothing yet, in a folder of its own; needs root, debootstrap and iproute2.

Packages come from where this machine has its own from. What is mounted goes with the process:
`alone()` gives it a view of the file systems that nothing else shares.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PLACES = ("usr", "etc", "opt", "srv", "var")
"""Where a package might leave something."""
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}


def alone() -> None:
    """Start this program again with mounts of its own; ends it where that is not possible."""
    if os.geteuid():
        sys.exit("as root, please: a bare system is made by debootstrap")
    if shutil.which("debootstrap") is None:
        sys.exit("missing: debootstrap; see packaging/prepare.sh trial")
    if "NIANBAO_ALONE" not in os.environ:
        command = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execvpe("unshare", command, {**os.environ, "NIANBAO_ALONE": "1"})


def source() -> str:
    """Return where this machine has its Debian packages from."""
    wanted = ["--format", "$(REPO_URI)|$(LABEL)|$(COMPONENT)", "Created-By: Packages"]
    told = subprocess.run(
        ["apt-get", "indextargets", *wanted], capture_output=True, text=True, check=True
    ).stdout
    for line in told.splitlines():
        place, label, component = line.split("|")
        if (label, component) == ("Debian", "main"):
            return place
    sys.exit("apt on this machine knows no source of Debian packages")


class Bare:
    """A bare system of a release, under a folder that is made anew and removed by `remove`."""

    def __init__(self, folder: Path, release: str) -> None:
        self.folder, self.release = folder, release

    def make(self, *packages: str) -> None:
        """Unpack the smallest system of the release, and some packages more."""
        self.remove()
        self.folder.mkdir(parents=True)
        more = [f"--include={','.join(packages)}"] if packages else []
        command = ["debootstrap", "--variant=minbase", *more, self.release, self.folder, source()]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"debootstrap does not make {self.release}: {done.stdout.splitlines()[-1]}")
        how = subprocess.run(
            ["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True
        ).stdout
        (self.folder / "etc/apt/apt.conf.d/90trial").write_text(how)
        no_services = self.folder / "usr/sbin/policy-rc.d"  # this machine is not theirs to serve
        no_services.write_text("#!/bin/sh\nexit 101\n")
        no_services.chmod(0o755)
        self.mount()

    def mount(self) -> None:
        """Give the system what the kernel tells and the devices, as long as this process lives."""
        subprocess.run(["mount", "-t", "proc", "proc", self.folder / "proc"], check=True)
        subprocess.run(["mount", "--rbind", "/dev", self.folder / "dev"], check=True)

    def share(self, place: Path) -> None:
        """Let the system have a folder of this machine at the same place."""
        inside = self.folder / str(place)[1:]
        inside.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", place, inside], check=True)

    def remove(self) -> None:
        """Take the system away."""
        for line in reversed(Path("/proc/mounts").read_text().splitlines()):
            place = line.split()[1]
            if place.startswith(f"{self.folder}/"):
                subprocess.run(["umount", "--lazy", place], check=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def command(self, *arguments: str | Path, user: str = "", network: bool = False) -> list[str]:
        """Return what runs a command in the system: by default without any network."""
        inside = ["chroot", *([f"--userspec={user}:{user}"] if user else []), str(self.folder)]
        if network:
            return [*inside, *map(str, arguments)]
        apart = ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
        return [*apart, *inside, *map(str, arguments)]

    def run(self, *arguments: str | Path, network: bool = False) -> str:
        """Run a command as root; returns what it said.

        Raises:
            RuntimeError: it failed; with the end of what it said.
        """
        command = self.command(*arguments, network=network)
        env = {**os.environ, **QUIET} if network else QUIET  # a network may need a proxy
        said = subprocess.run(
            command,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if said.returncode:
            raise RuntimeError(f"{' '.join(map(str, arguments))}\n{said.stdout[-2000:]}")
        return said.stdout

    def packages(self) -> set[str]:
        """Return the names of the packages that are installed."""
        return set(self.run("dpkg-query", "-W", "-f=${Package}\n").split())

    def files(self) -> set[str]:
        """Return every file and folder where a package might leave something."""
        return {
            str(path.relative_to(self.folder))
            for place in PLACES
            for path in (self.folder / place).rglob("*")
        }
