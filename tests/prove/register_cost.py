"""What the register costs: detection, intake and loading with a whole company known, for `make prove-negotiations`."""

from collections.abc import Iterator

from tests.bench.register import COUNTERPARTIES, FACTS, NEGOTIATIONS, PEOPLE, SLICE, measure
from tests.prove.figures import Figure

MOST = 1.15


def register_cost() -> Iterator[Figure]:
    """Read messages of counterparties with the company known and without, by turns."""
    cost = measure()
    company = (
        f"{NEGOTIATIONS} negotiations of {FACTS} sealed facts, {PEOPLE:,} people, {COUNTERPARTIES:,} counterparties"
    )
    yield Figure(
        name="processor time of detection with the register, to without",
        measured=f"{cost.detection:.3f}",
        required=f"≤ {MOST}",
        holds=cost.detection <= MOST,
        note=f"{company}; batches of {SLICE} messages to or from them after {cost.read:,} others; "
        f"{len(cost.rounds)} rounds together, one by one {min(cost.rounds):.3f} to {max(cost.rounds):.3f}; "
        f"at the beginning {cost.begun:.3f}; with messages to and from firms alone that are negotiated with "
        f"{cost.negotiated:.3f}; in batches of a quarter {cost.quartered:.3f}; without: {cost.rate:.0f} messages a "
        f"second; with the store, SQLite: {cost.intake:.3f}; a snapshot loads in {cost.loading:.1f} s",
    )
