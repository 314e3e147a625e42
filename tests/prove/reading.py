"""What detection costs a program that has just begun: `python -m tests.prove.reading [MAIL]` prints it as JSON.

`load`: seconds to import the catalogue and analyse a first message, one that the model is asked about. `findings`: how
many are in it. `read`: seconds to parse and analyse the mail of the file given. `load_busy`, `read_busy`: the processor
time of that, which other programs change little. `peak`: the most memory that the process ever held, in MB.
"""

import json
import re
import sys
import time
from importlib import import_module
from pathlib import Path

from messages import Channel, Directory, Message, Participant

OWN_DOMAIN = "ourco.example"
FIRST = (
    "Priya signs, but it's really Tom's call, and he has liked you since the fair. Nobody else can make the seal for "
    "us, the one from Brno cracked at 9 bar. We can't go above 40 a piece, and it has to run before the audit in May."
)
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def main() -> None:
    """Measure once and print."""
    begin, busy = time.perf_counter(), time.process_time()
    # Imported here: what this costs is the figure.
    analyze = import_module("detectors.catalogue").analyze
    context = import_module("detectors.context").Context(directory=Directory(own_domains=(OWN_DOMAIN,)))
    findings = analyze(_first(), context).findings
    figures = _spent("load", begin, busy) | {"findings": len(findings)}
    if sys.argv[1:]:
        parse_mail = import_module("connectors.parse.mail").parse_mail
        data = Path(sys.argv[1]).read_bytes()
        begin, busy = time.perf_counter(), time.process_time()
        analyze(parse_mail(data, fallback_id="large"), context)
        figures |= _spent("read", begin, busy)
    figures["peak"] = int(_PEAK.search(Path("/proc/self/status").read_text("ascii"))[1]) / 1024
    print(json.dumps(figures))


def _spent(name: str, begin: float, busy: float) -> dict[str, float]:
    return {name: time.perf_counter() - begin, f"{name}_busy": time.process_time() - busy}


def _first() -> Message:
    return Message(
        id="first",
        channel=Channel.EMAIL,
        sender=Participant(address=f"jo@{OWN_DOMAIN}"),
        to=(Participant(address="bo@norvik.example"),),
        text=FIRST,
    )


if __name__ == "__main__":
    main()
