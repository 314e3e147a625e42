"""Copies of a process that are as fast as the process itself."""

import ctypes
import mmap
from pathlib import Path

_MAPS = Path("/proc/self/maps")


def own_all_memory() -> None:
    """Copy at once what a forked process shares with the one that it was forked from, where the system maps it.

    Else the system copies each page when it is first written to, which reading an object does, since references are
    counted: whoever knows more would be seen to be slower than it is.
    """
    if not _MAPS.exists():
        return
    for line in _MAPS.read_text().splitlines():
        span, rights, *_ = line.split()
        if rights == "rw-p":
            first, behind = (int(one, 16) for one in span.split("-"))
            for at in range(first, behind, mmap.PAGESIZE):
                byte = ctypes.c_char.from_address(at)
                byte.value = byte.value
