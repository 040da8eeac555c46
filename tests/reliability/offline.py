"""Run a program that is killed by the system as soon as it asks for an internet socket.

offline.py COMMAND …    Linux only; the filter holds for everything the command starts, C code too.
"""

import ctypes
import os
import platform
import socket
import struct
import sys

# number of `socket`, architecture as the kernel names it
_MACHINES = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_NUMBER_AT, _MACHINE_AT, _DOMAIN_AT = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbid():
    """Let the system kill this process and its children for socket(AF_INET…) from now on."""
    number, machine = _MACHINES[platform.machine()]
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, 6, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _DOMAIN_AT),
        (_EQUAL, 1, 0, int(socket.AF_INET)),
        (_EQUAL, 0, 1, int(socket.AF_INET6)),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(steps), code)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(
        _SECCOMP, _FILTER, ctypes.byref(program), 0, 0
    ):
        sys.exit("offline.py: this system lets no program forbid itself the network")


if __name__ == "__main__":
    forbid()
    os.execvp(sys.argv[1], sys.argv[1:])
