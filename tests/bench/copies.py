"""Copies of a process that are as fast as the process itself."""

import ctypes
import mmap
from pathlib import Path

_MAPS = Path("/proc/self/maps")


def own_all_memory() -> None:
    """Copy at once what a forked process shares with the one that it was forked from.

    Else the system copies each page when it is first written to, which reading an object does: its references are
    counted: whoever knows more would be seen to be slower than it is. Where no maps are told of, nothing is done.
    """
    if not _MAPS.exists():
        return
    for line in _MAPS.read_text().splitlines():
        span, rights, *rest = line.split()
        if rights.startswith("rw") and rights.endswith("p") and not rest[-1].startswith("[v"):
            first, behind = (int(one, 16) for one in span.split("-"))
            for at in range(first, behind, mmap.PAGESIZE):
                byte = ctypes.c_char.from_address(at)
                byte.value = byte.value
