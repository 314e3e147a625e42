"""Whether training again gives the model that ships: a fold of writers is trained anew and scored as the kept one."""

import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from detectors.quality import card, score
from detectors.scoring import Policy
from detectors.training.predictions import judged, read_validation
from tests.prove.figures import ROOT, Figure

# The hardest: its writers wrote most of the minimal pairs.
_FOLD = 2
_COMPARED = {"any.precision": "precision", "any.recall": "recall", "macro_f1": "macro F1"}


def trained_again(policy: Policy) -> Iterator[Figure]:
    """Train a fold from nothing, as `make model` does; TRAIN is that command. Takes a third of its time."""
    names = {share: f"make model again, fold {_FOLD}: {name}" for share, name in _COMPARED.items()}
    command = os.environ.get("TRAIN")
    if not command:
        for name in names.values():
            yield Figure(name=name, measured=None, required="within the interval", holds=False, note="TRAIN is not set")
        return
    before = judged([one for one in read_validation().tested if one.fold == str(_FOLD)], policy)
    kept = card(before)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        options = ["--cache", folder, "--fold", str(_FOLD), "--into", f"{folder}/predictions.jsonl"]
        subprocess.run(["env", *shlex.split(command), *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        minutes = (time.monotonic() - begin) / 60
        again = judged(read_validation(Path(folder)).tested, policy)
    shares = score(again).shares
    alerts = {one.gold.id: one.alert for one in before}
    same = sum(one.alert == alerts[one.gold.id] for one in again)
    for share, name in names.items():
        interval = kept.intervals[share]
        yield Figure(
            name=name,
            measured=f"{shares[share]:.3f}",
            required=f"{interval.low:.3f} to {interval.high:.3f}",
            holds=interval.low <= shares[share] <= interval.high,
            note=f"kept: {kept.scores.shares[share]:.3f}; {same} of {len(again)} messages alike; {minutes:.0f} minutes",
        )
