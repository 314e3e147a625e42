"""Sealed facts, measured: how many wordings are found, how often an unrelated text is taken for one, what it costs.

`tests/prove/negotiations.py` measures these; `python -m tests.prove.sealed` prints them alone.
"""

import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from connectors.parse.record import parse_record
from detectors.catalogue import analyze, sealed_fact
from detectors.context import Context
from detectors.document import prepare
from detectors.quality import share_interval
from messages import (
    Counterparty,
    Direction,
    Directory,
    FactKind,
    Message,
    Negotiation,
    Register,
    SealedFact,
    direction_of,
)
from service.pipeline.labelled import as_outbound
from tests.bench.texts import corpus_texts
from tests.detectors.sealed.reading import (
    FRESH,
    UNSEEN,
    WRITTEN,
    Sample,
    context,
    missed,
    missed_of,
    samples,
    wrong,
    wrong_of,
)
from tests.prove.figures import HEADER, Figure

LEAST_RECALL, MOST_WRONG, MOST_COST = 0.95, 0.02, 0.15
# Nobody asked for it: below it something has been lost.
LEAST_UNSEEN = 0.83
FEWEST_WORDINGS, FEWEST_FACTS, FEWEST_UNRELATED = 200, 40, 400
# Of what was put aside, before the detector was changed with any of it in view.
AT_FIRST = "62 of 66 wordings put aside were found, 2 of 147 unrelated texts put aside taken for a fact"
SECOND_AT_FIRST = "of the second set 163 of 200 and 40 of 400, of the third 153 of 200 and 22 of 400"
_ORDINARY = (("background_mail", "enron.com"), ("background_chat", "ourco.example"))


def sealed_wordings() -> Iterator[Figure]:
    """Judge each wording of a fact: the fact itself must be found."""
    told, left_out = samples("wordings"), missed()
    facts, share = len({(one.among, one.fact) for one in told}), 1 - len(left_out) / len(told)
    yield Figure(
        name="sealed facts: recall on wordings",
        measured=f"{share:.3f} ({len(told) - len(left_out)} of {len(told)}, {facts} facts)",
        required=f"≥ {LEAST_RECALL:g}, on {FEWEST_WORDINGS} of {FEWEST_FACTS} facts",
        holds=share >= LEAST_RECALL and len(told) >= FEWEST_WORDINGS and facts >= FEWEST_FACTS,
        note="; ".join([f"at first {AT_FIRST}, {SECOND_AT_FIRST}", *(one.fact for one in left_out)]),
    )


def sealed_unrelated() -> Iterator[Figure]:
    """Judge each unrelated text against all facts."""
    texts, taken = samples("unrelated"), wrong()
    yield _rate("sealed facts: unrelated texts taken for one", len(taken), len(texts), fewest=FEWEST_UNRELATED)


def sealed_unseen() -> Iterator[Figure]:
    """Judge the texts of strangers: of most, half were looked at when the detector was mended; the others never."""
    told, texts = samples("wordings", UNSEEN), samples("unrelated", UNSEEN)
    yield _told_by_strangers("half looked at", told[0::2], texts[0::2])
    yield _told_by_strangers("half never looked at", told[1::2], texts[1::2])
    yield _told_by_strangers("the last, never looked at", samples("wordings", FRESH), samples("unrelated", FRESH))


def _told_by_strangers(which: str, wordings: Sequence[Sample], unrelated: Sequence[Sample]) -> Figure:
    found, taken = len(wordings) - len(missed_of(wordings)), len(wrong_of(unrelated))
    return Figure(
        name=f"sealed facts: strangers' wordings, {which}",
        measured=f"{found / len(wordings):.3f} ({found} of {len(wordings)}); {taken} of {len(unrelated)} wrong",
        required=f"≥ {LEAST_UNSEEN:g}; ≤ {MOST_WRONG:.0%}",
        holds=found >= LEAST_UNSEEN * len(wordings) and taken <= MOST_WRONG * len(unrelated),
    )


def sealed_in_ordinary_traffic() -> Iterator[Figure]:
    """Judge real mail and chat as if it were written in the facts' spring, to the firm that they are kept from."""
    folder = os.environ.get("FRONTDOOR_DATA")
    for name, own in _ORDINARY:
        title, path = f"sealed facts: {name} taken for one", Path(folder or "") / f"{name}.jsonl"
        if not folder or not path.is_file():
            yield Figure(
                name=title,
                measured=None,
                required=f"≤ {MOST_WRONG:.0%}",
                holds=False,
                note=f"FRONTDOOR_DATA should name a folder with {path.name}",
            )
            continue
        judged = [_is_taken(message, own) for message in _messages(path, own)]
        yield _rate(title, sum(judged), len(judged))


def sealed_cost(*, rounds: int = 12, mails: int = 120) -> Iterator[Figure]:
    """Analyse the same mails with 200 negotiations of twelve facts each, and with these negotiations without facts.

    The negotiations are with firms drawn from 5,000; beside it what it costs where every mail goes to one of them.
    """
    texts = corpus_texts(mails)
    records = [parse_record(one, fallback_id=str(place)) for place, one in enumerate(texts.mails)]
    writing = tuple(_firms(records, texts.own_domain))
    others = tuple(
        Counterparty(name=f"Firm {one}", domains=(f"firm{one}.example",)) for one in range(5000 - len(writing))
    )
    directory = Directory(own_domains=(texts.own_domain,), counterparties=(*writing, *others))
    drawn = [one.name for one in random.Random(7).choices(directory.counterparties, k=200)]
    share = _added(records, directory, drawn, rounds)
    worst = _added(records, directory, [one.name for one in writing], rounds)
    yield Figure(
        name="sealed facts: cost per message",
        measured=f"{share:+.1%}",
        required=f"≤ {MOST_COST:.0%}",
        holds=share <= MOST_COST,
        note=f"200 negotiations of 12 facts with firms of 5,000; the fastest of {rounds} rounds;"
        f" where each mail goes to one that is negotiated with {worst:+.1%}",
    )


def _added(records: list[Message], directory: Directory, firms: list[str], rounds: int) -> float:
    """Return what facts add to the processor time of an analysis, as a share; others on the machine only slow it."""
    register = _large_register(firms)
    kept = [Context(directory=directory, negotiations=one) for one in (register.without_sealed(), register)]
    taken = [[_seconds(records, one) for one in kept] for _ in range(rounds + 1)][1:]
    without, with_facts = (min(times) for times in zip(*taken, strict=True))
    return with_facts / without - 1


def _rate(name: str, count: int, of: int, *, fewest: int = 1) -> Figure:
    interval = share_interval(count, of)
    return Figure(
        name=name,
        measured=f"{count / of:.2%} ({count} of {of:,})",
        required=f"≤ {MOST_WRONG:.0%}" + (f", of {fewest} or more" if fewest > 1 else ""),
        holds=count <= MOST_WRONG * of and of >= fewest,
        note=f"95 %: {interval.low:.2%} to {interval.high:.2%}",
    )


def _messages(path: Path, own: str) -> Iterator[Message]:
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        if line.strip():
            record = json.loads(line)
            addressed = as_outbound(record, f"us@{own}") if "user" in record else record
            yield replace(parse_record(addressed, fallback_id=str(number)), sent_at=WRITTEN)


def _is_taken(message: Message, own: str) -> bool:
    """Whether a fact is found in a message whose readers are all of the one firm that the facts are kept from."""
    outside = {one.domain for one in message.participants if not one.domain.endswith(own)}
    directory = Directory(
        own_domains=(own,), counterparties=(Counterparty(name="Norvik", domains=tuple(sorted(outside))),)
    )
    if direction_of(message, directory) is not Direction.OUTBOUND:
        return False
    known = Context(directory=directory, negotiations=context().negotiations)
    return any(True for _ in sealed_fact(prepare(message, known)))


def _firms(records: list[Message], own: str) -> Iterator[Counterparty]:
    outside = {one.domain for message in records for one in message.participants if one.domain != own}
    for domain in sorted(outside):
        yield Counterparty(name=domain, domains=(domain,))


def _large_register(firms: list[str]) -> Register:
    """Make 200 negotiations with twelve facts each, with these firms in turn."""
    drawn = random.Random(7)
    made = (
        Negotiation(
            name=f"{_word(drawn)} {place}",
            counterparties=(firms[place % len(firms)],),
            lead="lead@ourco.example",
            sealed=tuple(_drawn_fact(drawn, place, number) for number in range(12)),
        )
        for place in range(200)
    )
    return Register(tuple(made), {"USD": 1.08, "GBP": 0.86})


def _drawn_fact(drawn: random.Random, place: int, number: int) -> SealedFact:
    kind, name = list(FactKind)[number % len(FactKind)], f"{place}.{number}"
    first = date(2026, 1, 1) + timedelta(days=drawn.randrange(600))
    return SealedFact(
        id=name,
        kind=kind,
        value=float(
            drawn.choice((drawn.randrange(2, 100), drawn.randrange(100, 5000), drawn.randrange(5, 900) * 1000))
        ),
        currency="EUR" if kind is FactKind.AMOUNT else "",
        unit={FactKind.AMOUNT: drawn.choice(("", "piece")), FactKind.DURATION: "days"}.get(kind, ""),
        first=first if kind is FactKind.DATE else None,
        last=first if kind is FactKind.DATE else None,
        words=(f"{_word(drawn)} {drawn.choice(('Systems', 'Metals', 'Logistics'))}",)
        if kind is FactKind.NAME
        else (drawn.choice(("close the northern plant", "dual sourcing", "move production abroad")),)
        if kind is FactKind.PHRASE
        else (drawn.choice(("price", "stock", "contract", "volume", "payment")),),
    )


def _word(drawn: random.Random) -> str:
    return "".join(drawn.choice("bdfglmnprstvz") + drawn.choice("aeiou") for _ in range(3)).capitalize()


def _seconds(records: list[Message], context: Context) -> float:
    began = time.process_time()
    for one in records:
        analyze(one, context)
    return time.process_time() - began


MEASUREMENTS = (sealed_wordings, sealed_unrelated, sealed_unseen, sealed_in_ordinary_traffic, sealed_cost)

if __name__ == "__main__":
    print(HEADER)
    for measure in MEASUREMENTS:
        for figure in measure():
            print(figure.row, flush=True)
