"""What the register costs: detection, intake and loading with a whole company known, for `make prove-negotiations`."""

from collections.abc import Iterator
from statistics import median, quantiles

from tests.bench.register import COUNTERPARTIES, FACTS, NEGOTIATIONS, PEOPLE, SLICE, measure
from tests.prove.figures import Figure

MOST = 1.15


def register_cost() -> Iterator[Figure]:
    """Read messages of counterparties with the company known and without, by turns."""
    cost = measure()
    low, _, high = quantiles(cost.detection, n=4)
    company = (
        f"{NEGOTIATIONS} negotiations of {FACTS} sealed facts, {PEOPLE:,} people, {COUNTERPARTIES:,} counterparties"
    )
    yield Figure(
        name="processor time of detection with the register, to without",
        measured=f"{cost.ratio:.3f}",
        required=f"≤ {MOST}",
        holds=cost.ratio <= MOST,
        note=f"{company}; median of {len(cost.detection)} slices of {SLICE} messages to or from them, half of them "
        f"{low:.3f} to {high:.3f}; with messages to and from firms alone that are negotiated with "
        f"{median(cost.negotiated):.3f}; without: {cost.rate:.0f} messages a second; with the store, SQLite: "
        f"{median(cost.intake):.3f}; a snapshot loads in {cost.loading:.1f} s",
    )
