"""Read real mail files and count what comes of them: a message or a refusal each, and never a crash.

Usage: FRONTDOOR_DATA=… .venv/bin/python tests/connectors/files/measure_eml.py

Reads the files that `eml_manifest.jsonl` lists, and fails when one of them yields nothing, a single mail yields more
than one message or refusal, or anything is raised.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from connectors.files import Files


def main() -> int:
    folder = os.environ.get("FRONTDOOR_DATA")
    if not folder:
        print("mail files: not measured (FRONTDOOR_DATA is not set)")
        return 1
    lines = (Path(folder) / "eml_manifest.jsonl").read_text(encoding="utf-8").splitlines()
    paths = [Path(folder) / json.loads(line)["file"] for line in lines]
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for path in paths:
        measure(path, counts, reasons)
    print(f"files {len(paths)}")
    for name in ("messages", "refusals", "files without either", "mails with several", "crashes"):
        print(f"{name} {counts[name]}")
    for why, count in reasons.most_common():
        print(f"  refused {count}: {why}")
    return 1 if counts["crashes"] or counts["files without either"] or counts["mails with several"] else 0


def measure(path: Path, counts: Counter[str], reasons: Counter[str]) -> None:
    messages = refusals = 0
    try:
        for batch in Files([path]).batches({}):
            messages += len(batch.messages)
            refusals += len(batch.refusals)
            reasons.update(refusal.why for refusal in batch.refusals)
            for message in batch.messages:
                assert all(0 <= span.start < span.end <= len(message.text) for span in message.quoted)
                assert "\0" not in message.text.encode().decode()
    except Exception as error:  # noqa: BLE001 - counting them is the point
        counts["crashes"] += 1
        print(f"crash: {path.name}: {type(error).__name__}")
    counts["messages"] += messages
    counts["refusals"] += refusals
    counts["files without either"] += not messages + refusals
    counts["mails with several"] += path.suffix == ".eml" and messages + refusals > 1


if __name__ == "__main__":
    sys.exit(main())
