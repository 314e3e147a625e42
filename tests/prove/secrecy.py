"""What somebody outside a plan gets to see of it: every way, in every role. Part of `make prove-negotiations`."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from service.database import connect
from service.migrate import upgrade
from tests.fakes import prying
from tests.fakes.plans import ENTRIES, WORDINGS, plant, planted_in, take_in
from tests.prove.figures import Figure


def secrecy() -> Iterator[Figure]:
    """Plant values in a plan and in messages, and try every way to get at one, in every role but a holder's."""
    with tempfile.TemporaryDirectory() as folder, closing(connect(f"sqlite:///{Path(folder) / 'planted.db'}")) as kept:
        upgrade(kept)
        with prying.Listening() as heard:
            planted = plant(kept)
            taken = take_in(planted)
            shown = {
                f"{way.__name__} as {name}": prying.found_by(planted, way, client)
                for name, client in planted.outsiders.items()
                for way in prying.BY_SOMEBODY
            }
            shown |= {
                way.__name__: sorted({one for answer in way(planted) for one in planted_in(answer)})
                for way in prying.WITHOUT_ANYBODY
            }
        shown["log"], words = planted_in(heard.text), prying.indexed(planted)
        held = sum(bool(prying.found_by(planted, way, planted.holder)) for way in (prying.every_api_read,))
    found = {way: values for way, values in shown.items() if values}
    tried = f"{len(prying.BY_SOMEBODY)} ways × {len(planted.outsiders)} roles and tokens"
    yield Figure(
        name="sealed values found by somebody outside",
        measured=f"{sum(map(len, found.values()))} values by {len(shown)} tries",
        required="0",
        holds=not found and bool(held) and taken == len(WORDINGS),
        note="; ".join(f"{way}: {', '.join(values)}" for way, values in found.items())
        or f"{tried}, Slack card, database file, records, log; {len(ENTRIES)} entries in {len(WORDINGS)} wordings, "
        f"{taken} of which came in by mail and were sealed",
    )
    yield Figure(
        name="words of withheld messages in the search index",
        measured=str(words),
        required="0",
        holds=words == 0,
    )
