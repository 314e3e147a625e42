"""Who is kept apart from whom: folds of writers.

A file has one writer; minimal pairs stand in one file. The files that were written to grow the corpus (`train_g…`) are
always trained on and never scored.
"""

from collections.abc import Iterable

from detectors.training.corpus import OWN_DOMAIN, Record, writers

FOLDS: tuple[tuple[str, ...], ...] = (
    ("dev", "train_e4", "train_e8", "train_e12", "train_e16"),
    ("train_e1", "train_e5", "train_e9", "train_e13", "train_e17"),
    ("train_e2", "train_e6", "train_e10", "train_e14"),
    ("train_e3", "train_e7", "train_e11", "train_e15"),
)


def always_trained_on() -> list[str]:
    """Name the files that no fold holds out."""
    held = {one for fold in FOLDS for one in fold}
    return [one for one in writers() if one not in held]


def firms(records: Iterable[Record]) -> frozenset[str]:
    """Return the outside domains that messages come from and go to."""
    addresses = (one for record in records for one in (record["from"], *record["to"], *record["cc"]))
    return frozenset(one.rpartition("@")[2] for one in addresses) - {OWN_DOMAIN}
