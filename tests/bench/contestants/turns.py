"""What every contestant does: load, then read mails whenever it is told to, and say how long that took.

A contestant is a script in a process of its own, called with the path of a JSON file with `own_domain` and `records`.
When it has loaded, it prints `{"ready": VERSION}`. Each line `{"start": 0, "stop": 50, "seconds": 2.0}` of standard
input has these records read, again and again until so much processor time has passed, and is answered by
`{"first": 0.1, "spent": 2.02, "readings": 20, "wall": 2.1}`: processor seconds of the first reading and of all, how
many they were, and seconds by the clock. Only the standard library is imported here: Presidio runs in an environment
that has nothing of ours.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def texts() -> Mapping[str, Any]:
    """Return what is to be read: `own_domain`, and `records` as in the corpus."""
    return json.loads(Path(sys.argv[1]).read_text("utf-8"))


def bodies() -> list[str]:
    """Return the texts alone."""
    return [one["text"] for one in texts()["records"]]


def take_turns(items: Sequence[Any], read: Callable[[Any], object], *, version: str) -> None:
    """Say what is ready, then answer each line of standard input."""
    print(json.dumps({"ready": version}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        answer = _turn(items[order["start"] : order["stop"]], read, seconds=order["seconds"])
        print(json.dumps(answer), flush=True)


def _turn(items: Sequence[Any], read: Callable[[Any], object], *, seconds: float) -> dict[str, float]:
    readings, first, spent = 0, 0.0, 0.0
    wall, processor = time.perf_counter(), time.process_time()
    while not readings or spent < seconds:
        for one in items:
            read(one)
        spent = time.process_time() - processor
        first = first or spent
        readings += 1
    return {"first": first, "spent": spent, "readings": readings, "wall": time.perf_counter() - wall}
