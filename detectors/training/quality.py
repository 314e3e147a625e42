"""The quality card: `python -m detectors.training.quality` writes docs/quality.md and its curves.

Its figures come from the predictions of cross-validation that are kept beside this file, so that nothing is trained;
and, where FRONTDOOR_DATA names a folder with background_mail.jsonl and background_chat.jsonl, from the program itself.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detectors.quality import ANY, card
from detectors.scoring import builtin_policies
from detectors.training import quality_page
from detectors.training.curves import precision_recall_svg, reliability_svg
from detectors.training.predictions import CORPUS, FOLDER, PredictionsError, judged, read_validation

_DOCS = FOLDER.parents[1] / "docs"
_OWN = "ourco.example"
# Files of other people's messages, and what is needed to read each as a company's own traffic.
_BACKGROUND = {
    "background_mail": ("--own-domain", "enron.com"),
    "background_chat": ("--own-domain", _OWN, "--as-outbound"),
}


def main() -> None:
    """Measure, and write the card."""
    data = os.environ.get("FRONTDOOR_DATA")
    try:
        write_card(FOLDER, CORPUS, _DOCS, data=Path(data) if data else None)
    except (PredictionsError, FileNotFoundError) as error:
        sys.exit(f"no quality card: {error}")


def write_card(folder: Path, corpus: Path, docs: Path, *, data: Path | None = None) -> None:
    """Write quality.md and quality/*.svg into `docs`, from the predictions in a folder.

    Raises PredictionsError and FileNotFoundError.
    """
    validation = read_validation(folder, corpus)
    policies = builtin_policies()
    found = {policy.name: judged(validation.tested, policy) for policy in policies}
    cards = {name: card(one) for name, one in found.items()}
    background = {policy.name: background_alarms(data, policy.name) for policy in policies} if data else {}
    places = {name: (one.scores.labels[ANY].recall, one.scores.labels[ANY].precision) for name, one in cards.items()}
    default = cards["balanced"]
    curves = docs / "quality"
    curves.mkdir(parents=True, exist_ok=True)
    (curves / "precision-recall.svg").write_text(precision_recall_svg(default.curve, places), "utf-8")
    (curves / "reliability.svg").write_text(reliability_svg(default.reliability), "utf-8")
    page = quality_page.page(validation, cards, found["balanced"], background)
    (docs / "quality.md").write_text(page, "utf-8")


def background_alarms(data: Path, policy: str) -> dict[str, Mapping[str, Any]]:
    """Run `frontdoor evaluate` on each background file that is there; returns its rows by the file's name."""
    program = Path(sys.executable).parent / "frontdoor"
    rows = {}
    for name, options in _BACKGROUND.items():
        path = data / f"{name}.jsonl"
        if path.is_file():
            command: list[str | Path] = [program, "evaluate", "--format", "json", "--policy", policy, *options, path]
            done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
            [rows[name]] = json.loads(done.stdout)["background"]
    return rows


if __name__ == "__main__":
    main()
