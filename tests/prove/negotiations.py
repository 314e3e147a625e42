"""What the register of negotiations promises, measured. Run by `make prove-negotiations`."""

import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.detectors.situations.reading import OWN_DOMAINS, Situation, context_of, errors, read_situations, shown
from tests.prove.figures import Figure, prove
from tests.prove.ledger_page import ledger_page
from tests.prove.register_cost import register_cost
from tests.prove.scim import measure_scim
from tests.prove.sealed import sealed_in_ordinary_traffic, sealed_unrelated, sealed_wordings
from tests.prove.secrecy import secrecy

FEWEST_FIRING, FEWEST_NEAR = 60, 120
# Of the held situations before the detectors were changed with them in view; see their README.
AT_FIRST = (
    "19 of 20 found, 0 of 43 near misses fired; of those written without a look at the detectors 26 of 48 and 34 of 48 "
    "found, 6 of 72 and 6 of 71 near misses fired"
)


def situations() -> Iterator[Figure]:
    """Scan every situation by itself, its messages in order and backwards."""
    contexts = {company: context_of(company) for company in OWN_DOMAINS}
    held = read_situations()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = [(one, *_outcome(one, contexts[one.company], Path(folder))) for one in held]
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
                sealed_wordings,
                sealed_unrelated,
                sealed_in_ordinary_traffic,
                secrecy,
                register_cost,
                ledger_page,
                measure_scim,
            ],
        )
    )
