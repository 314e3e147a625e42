"""What the register of negotiations promises, measured. Run by `make prove-negotiations`."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.detectors.situations.reading import (
    FOLDER,
    FRESH,
    UNSEEN,
    Situation,
    context_of,
    errors,
    read_situations,
    shown,
)
from tests.prove.figures import Figure, prove
from tests.prove.ledger_page import ledger_page
from tests.prove.register_cost import register_cost
from tests.prove.scim import measure_scim
from tests.prove.sealed import sealed_in_ordinary_traffic, sealed_unrelated, sealed_unseen, sealed_wordings
from tests.prove.secrecy import secrecy

FEWEST_FIRING, FEWEST_NEAR = 60, 120
# Nobody asked for these: below them something has been lost.
LEAST_UNSEEN, MOST_UNSEEN = 0.68, 0.12
# Of the held situations before the detectors were changed with them in view; see their README.
AT_FIRST = (
    "19 of 20 found, 0 of 43 near misses fired; of those written without a look at the detectors 26 of 48 and 34 of 48 "
    "found, 6 of 72 and 6 of 71 near misses fired"
)


def situations() -> Iterator[Figure]:
    """Scan every situation by itself, its messages in order and backwards."""
    held = read_situations()
    outcomes = _outcomes(held, FOLDER)
    firing, near = [one for one in held if one.must_fire], [one for one in held if not one.must_fire]
    missed = [f"{one.company}: {one.name}" for one, left_out, _ in outcomes if left_out]
    wrong = [f"{one.company}: {one.name}" for one, _, too_much in outcomes if too_much]
    fired = sum(1 for one, _, too_much in outcomes if too_much and not one.must_fire)
    yield Figure(
        name="situations found",
        measured=f"{len(firing) - len(missed)} of {len(firing)}",
        required=f"all, of {FEWEST_FIRING} or more",
        holds=not missed and len(firing) >= FEWEST_FIRING,
        note="; ".join(missed),
    )
    yield Figure(
        name="near misses fired",
        measured=f"{fired} of {len(near)}",
        required=f"none, of {FEWEST_NEAR} or more",
        holds=not wrong and len(near) >= FEWEST_NEAR,
        note="; ".join(wrong) or f"held back until the detectors stood: {AT_FIRST}",
    )


def unseen_situations() -> Iterator[Figure]:
    """Scan strangers' situations: half of some were looked at when the detectors were mended, the others never."""
    outcomes = _outcomes(read_situations(UNSEEN), UNSEEN)
    yield from _told_by_strangers("half looked at", outcomes[0::2])
    yield from _told_by_strangers("half never looked at", outcomes[1::2])
    yield from _told_by_strangers("of two who came later, never looked at", _outcomes(read_situations(FRESH), FRESH))


def _told_by_strangers(which: str, outcomes: Sequence[tuple[Situation, list[str], list[str]]]) -> Iterator[Figure]:
    firing = [not missed for one, missed, _ in outcomes if one.must_fire]
    fired = [bool(too_much) for one, _, too_much in outcomes if not one.must_fire]
    yield Figure(
        name=f"strangers' situations, {which}: found",
        measured=f"{sum(firing) / len(firing):.2f} ({sum(firing)} of {len(firing)})",
        required=f"≥ {LEAST_UNSEEN:g}",
        holds=sum(firing) >= LEAST_UNSEEN * len(firing),
    )
    yield Figure(
        name=f"strangers' situations, {which}: near misses fired",
        measured=f"{sum(fired) / len(fired):.2f} ({sum(fired)} of {len(fired)})",
        required=f"≤ {MOST_UNSEEN:g}",
        holds=sum(fired) <= MOST_UNSEEN * len(fired),
    )


def _outcomes(held: Sequence[Situation], among: Path) -> list[tuple[Situation, list[str], list[str]]]:
    """Return of each situation what was missed and what was noticed wrongly."""
    contexts = {company: context_of(company, among) for company in {one.company for one in held}}
    with tempfile.TemporaryDirectory() as folder:
        return [(one, *_outcome(one, contexts[one.company], Path(folder))) for one in held]


def _outcome(situation: Situation, context: object, folder: Path) -> tuple[list[str], list[str]]:
    """Return what was missed and what was noticed wrongly."""
    each = [
        one
        for backwards in (False, True)
        for one in errors(situation, shown(situation, context, folder, backwards=backwards))
    ]
    return list(chain(*(missed for missed, _ in each))), list(chain(*(wrong for _, wrong in each)))


if __name__ == "__main__":
    sys.exit(
        prove(
            "negotiations",
            [
                situations,
                unseen_situations,
                sealed_wordings,
                sealed_unrelated,
                sealed_unseen,
                sealed_in_ordinary_traffic,
                secrecy,
                register_cost,
                ledger_page,
                measure_scim,
            ],
        )
    )
