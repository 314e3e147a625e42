"""What detection costs with a whole company known: people, counterparties, negotiations with sealed facts.

Usage: python -m tests.bench.register [--messages 600]
Every message goes to one of the counterparties, or comes from there, three messages deep in a thread. Two processes on
one core take turns on the same slices of messages, which neither has read before: one knows the company, the other its
domain alone. A slice is read as the program reads a batch. What counts is the ratio of processor time of all slices
of some rounds together, when both have read some thousands of other mails: patterns are machines that grow with what
they are shown. All slices are read several times in each round, each time by copies of the two processes to which they
are new: loading and warming up take a minute, reading them two seconds, in which a machine is never quiet enough.
The same is done when they have read some hundreds only, with messages that all go to or come from firms that are being
negotiated with, with a quarter of a batch at once, and with the store, in SQLite.
"""

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from connectors import Batch
from connectors.parse.record import parse_record
from detectors.catalogue import analyze_all
from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import (
    Authority,
    Blackout,
    Counterparty,
    Directory,
    Envelope,
    FactKind,
    Matter,
    Message,
    Negotiation,
    Participant,
    Period,
    Person,
    Phase,
    Register,
    SealedFact,
)
from service.crypto import new_keys
from service.database import Database, connect
from service.directory.store import save_directory
from service.migrate import upgrade
from service.negotiations.shelf import Shelf
from service.negotiations.snapshot import save_register
from service.pipeline.house import House
from service.pipeline.ingest import ingest
from service.pipeline.judging import judge_beside
from service.settings import Retention
from tests.bench.contestant import ONE_THREAD
from tests.bench.copies import own_all_memory
from tests.bench.texts import LONG_WARMING, MORE_ORDINARY, WARMING, Texts, corpus_texts
from tests.bench.throughput import one_core

PEOPLE, COUNTERPARTIES, NEGOTIATIONS, FACTS = 20_000, 5_000, 200, 12
OWN_DOMAIN = "ourco.example"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
# As many as are read of a mailbox or file at once.
SLICE = 200
_QUARTER = SLICE // 4
_DEPARTMENTS = ("Engineering", "Production", "Quality", "Procurement", "Finance", "Sales", "Logistics", "IT")
_BIDDERS, _TEAM = 3, 3
_ROUNDS, _PASSES = 3, 6
# So many are read again by a copy, before any counts.
_AGAIN = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Ratios of processor time, with the company known to without: of detection, and of all intake.

    `rounds` are those of detection round by round, each after `read` other mails; `begun` is the ratio after a sixth of
    them. `negotiated` is detection in messages of firms alone that are negotiated with, which are one in eight else,
    `quartered` that in slices of a quarter. `loading` are the seconds that a snapshot takes from SQLite, `rate` the
    messages a second that are read without.
    """

    detection: float
    rounds: tuple[float, ...]
    read: int
    begun: float
    negotiated: float
    quartered: float
    intake: float
    loading: float
    rate: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=600)
    cost = measure(parser.parse_args().messages)
    low, high = min(cost.rounds), max(cost.rounds)
    print(f"detection: {cost.detection:.3f} of the time without (rounds: {low:.3f} to {high:.3f})")
    print(f"that is after {cost.read:,} other mails; at the beginning: {cost.begun:.3f}")
    print(f"where every firm is negotiated with: {cost.negotiated:.3f}")
    print(f"in batches of {_QUARTER} instead of {SLICE}: {cost.quartered:.3f}")
    print(f"without: {cost.rate:.0f} messages a second")
    print(f"intake, store included: {cost.intake:.3f} of the time without")
    print(f"loading a snapshot: {cost.loading:.2f} s")


def measure(messages: int = 600) -> Cost:
    """Measure detection, then intake, with a whole company known and without."""
    count = len(_texts(messages).mails)
    # Each time with processes of their own: how their memory happens to lie makes some percent.
    rounds = [_contest(_read, count, passes=_PASSES)[0] for _ in range(_ROUNDS)]
    detection = [one for each in rounds for one in each]
    begun, _ = _contest(_begin, count)
    negotiated, _ = _contest(_read_negotiated, count)
    quartered, _ = _contest(_read, count, size=_QUARTER)
    intake, loading = _contest(_take_in, count)
    return Cost(
        detection=_ratio(detection),
        rounds=tuple(map(_ratio, rounds)),
        read=len(_texts(count, after=LONG_WARMING).warming),
        begun=_ratio(begun),
        negotiated=_ratio(negotiated),
        quartered=_ratio(quartered),
        intake=_ratio(intake),
        loading=loading,
        rate=count * _ROUNDS * _PASSES / sum(alone for alone, _ in detection),
    )


def _ratio(slices: Sequence[tuple[float, float]]) -> float:
    return sum(known for _, known in slices) / sum(alone for alone, _ in slices)


def _contest(
    work: Callable[[Connection, int, bool], None], count: int, *, size: int = SLICE, passes: int = 1
) -> tuple[list[tuple[float, float]], float]:
    """Let two processes take turns; returns the seconds of each slice without and with, and those of the snapshot."""
    os.environ.update(ONE_THREAD)
    spawning = get_context("spawn")
    pipes = [spawning.Pipe() for _ in (False, True)]
    processes = [
        spawning.Process(target=work, args=(theirs, count, knows), daemon=True)
        for knows, (_, theirs) in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    ours = [one for one, _ in pipes]
    _, loading = (one.recv() for one in ours)
    seconds = []
    for one in range(passes):
        # Nothing yet: it is where a copy begins.
        for each in ours:
            each.send(slice(0))
            each.recv()
        for number, start in enumerate(range(0, count, size), one):
            taken = {}
            # Whoever comes second finds the core as the other leaves it, so they change places.
            for knows in (False, True) if number % 2 else (True, False):
                ours[knows].send(slice(start, start + size))
                taken[knows] = ours[knows].recv()
            seconds.append((taken[False], taken[True]))
        for each in ours:
            each.send(None)
    for process in processes:
        process.kill()
        process.join()
    return seconds, loading


def _read(
    turns: Connection,
    count: int,
    knows: bool,  # noqa: FBT001 - it crosses over to another process
    *,
    negotiated: bool = False,
    after: Iterable[str] = LONG_WARMING,
) -> None:
    """Analyze a slice whenever one is told, and answer with the seconds; a copy of the process does it until None."""
    one_core()
    known, context = _company(), Context(directory=Directory(own_domains=(OWN_DOMAIN,)))
    warming, said = _messages(known, count, negotiated=negotiated, after=after)
    context = known if knows else context
    _analyze(warming, context)
    _tidy_up()
    turns.send(0.0)
    while turns.recv():
        if copy := os.fork():
            os.waitpid(copy, 0)
            continue
        own_all_memory()
        _analyze(warming[-_AGAIN:], context)
        _tidy_up()
        turns.send(0.0)
        _answer(turns, lambda which: _analyze(said[which], context))
        os._exit(0)


def _answer(turns: Connection, work: Callable[[slice], None]) -> None:
    """Work on each slice that is told, until None is, and answer with the seconds of processor time."""
    while (which := turns.recv()) is not None:
        begun = time.process_time()
        work(which)
        turns.send(time.process_time() - begun)


def _tidy_up() -> None:
    """Collect garbage: a full collection comes once in thousands of messages, and takes both as long a message.

    In one of their few hundred it would be all that is measured.
    """
    gc.collect()
    gc.freeze()


def _begin(turns: Connection, count: int, knows: bool) -> None:  # noqa: FBT001 - it crosses over to another process
    _read(turns, count, knows, after=WARMING)


def _read_negotiated(turns: Connection, count: int, knows: bool) -> None:  # noqa: FBT001 - it crosses over to another process
    _read(turns, count, knows, negotiated=True)


def _analyze(messages: Sequence[tuple[Message, tuple[Envelope, ...]]], context: Context) -> None:
    analyze_all(
        [
            (message, replace(context, earlier=earlier if context.knows_people else None))
            for message, earlier in messages
        ]
    )


def _take_in(turns: Connection, count: int, knows: bool) -> None:  # noqa: FBT001 - it crosses over to another process
    """Take a slice into a store of its own whenever one is told, and answer with the seconds."""
    one_core()
    known, keys = _company(), new_keys()
    warming, said = _messages(known, count)
    with tempfile.TemporaryDirectory() as folder, closing(connect(f"sqlite:///{Path(folder) / 'bench.db'}")) as store:
        upgrade(store)
        if knows:
            with store.transaction() as session:
                save_directory(session, known.directory)
                save_register(session, keys, known.negotiations, now=START)
        begun = time.process_time()
        context = Shelf(own_domains=(OWN_DOMAIN,)).context(store, keys)
        loading = time.process_time() - begun
        policies = tuple(one for one in builtin_policies() if one.name == "balanced")
        house = House(keys=keys, context=context, policies=policies, retention=Retention())
        _ingest(store, house, warming)
        _tidy_up()
        turns.send(loading)
        _answer(turns, lambda which: _ingest(store, house, said[which]))


def _ingest(store: Database, house: House, messages: Sequence[tuple[Message, tuple[Envelope, ...]]]) -> None:
    batch = Batch(stream="s", messages=tuple(message for message, _ in messages), cursor="")
    judged = judge_beside(store, batch.messages, house)
    with store.transaction() as session:
        ingest(session, "bench", "files", batch, house, now=datetime.now(UTC), judged=judged)


def _company() -> Context:
    return Context(directory=_directory(), negotiations=_register(random.Random(7)))


def _messages(
    context: Context, count: int, *, negotiated: bool = False, after: Iterable[str] = WARMING
) -> list[list[tuple[Message, tuple[Envelope, ...]]]]:
    """Address mails of the corpus: those to warm up with, and those that are measured."""
    texts, chance = _texts(count, after=after), random.Random(11)
    return [
        [
            _message(context, record, number, chance, negotiated=negotiated)
            for number, record in enumerate(records, start)
        ]
        for start, records in ((10_000, texts.warming), (0, texts.mails))
    ]


def _texts(count: int, *, after: Iterable[str] = WARMING) -> Texts:
    return corpus_texts(count, ordinary=MORE_ORDINARY, warming=after)


def _directory() -> Directory:
    people = {}
    for number in range(PEOPLE):
        address = _ours(number)
        people[address] = Person(
            address=address,
            name=f"Person {number}",
            role="Head of the department" if number < PEOPLE // 100 else "Specialist",
            department=_DEPARTMENTS[number % len(_DEPARTMENTS)],
            manager=_ours(number // 10) if number else "",
            slack_id=f"U{number:09d}",
            aliases=(f"alias{number}@{OWN_DOMAIN}",) if number % 5 == 0 else (),
        )
    parties = tuple(
        Counterparty(
            name=f"Firm {number}",
            domains=(_domain(number), f"group.{_domain(number)}"),
            owner=_ours(number),
            resellers=(_domain(number + 1),) if number % 50 == 0 else (),
        )
        for number in range(COUNTERPARTIES)
    )
    return Directory(own_domains=(OWN_DOMAIN,), people=people, counterparties=parties)


def _register(chance: random.Random) -> Register:
    rates = {"USD": 1.09, "GBP": 0.84, "CHF": 0.95, "SEK": 11.2, "JPY": 171.0}
    return Register(tuple(_negotiation(number, chance) for number in range(NEGOTIATIONS)), rates)


def _negotiation(number: int, chance: random.Random) -> Negotiation:
    lead, *team = (_ours(number * 7 + one) for one in range(_TEAM))
    return Negotiation(
        id=str(number),
        name=f"Negotiation {number}",
        counterparties=tuple(f"Firm {number * _BIDDERS + one}" for one in range(_BIDDERS)),
        lead=lead,
        team=tuple(team),
        phase=Phase.BIDS,
        days=Period(first=date(2026, 1, 1), last=date(2026, 12, 31)),
        blackouts=(Blackout(days=Period(first=date(2026, 3, 20), last=date(2026, 3, 31))),),
        authorities=(Authority(person=team[0], may=frozenset({Matter.PRICE}), price=50_000.0),),
        two_needed=number % 3 == 0,
        sealed=tuple(_fact(f"{number}-{place}", place, chance) for place in range(FACTS)),
    )


def _fact(name: str, place: int, chance: random.Random) -> SealedFact:
    amount = round(chance.uniform(1_000, 5_000_000))
    first = date(2026, 4, 1) + timedelta(days=chance.randrange(300))
    kinds = (
        SealedFact(id=name, kind=FactKind.AMOUNT, value=amount, currency="EUR", words=("target", "total")),
        SealedFact(id=name, kind=FactKind.AMOUNT, value=amount / 1e5, currency="USD", unit="piece", quantity=12_000),
        SealedFact(id=name, kind=FactKind.PERCENTAGE, value=round(chance.uniform(2, 30), 1), words=("discount",)),
        SealedFact(id=name, kind=FactKind.DATE, first=first, last=first + timedelta(days=place)),
        SealedFact(id=name, kind=FactKind.DURATION, value=chance.randrange(2, 40), unit="weeks", words=("lead time",)),
        SealedFact(id=name, kind=FactKind.QUANTITY, value=chance.randrange(100, 90_000), words=("pieces",)),
        SealedFact(id=name, kind=FactKind.NAME, words=(f"{_made_up(chance)} {_made_up(chance)}", _made_up(chance))),
        SealedFact(
            id=name, kind=FactKind.PHRASE, words=(f"take {_made_up(chance)} out of the {_made_up(chance)} line",)
        ),
    )
    return kinds[place % len(kinds)]


def _message(
    context: Context, record: object, number: int, chance: random.Random, *, negotiated: bool
) -> tuple[Message, tuple[Envelope, ...]]:
    """Address a mail of the corpus to a counterparty, or let it come from there."""
    negotiation = chance.choice(context.negotiations.negotiations)
    name = chance.choice(negotiation.counterparties)
    firm = int(name.rpartition(" ")[2]) if negotiated else chance.randrange(COUNTERPARTIES)
    theirs = Participant(address=f"sales{number}@{_domain(firm)}")
    ours = Participant(address=_ours(number * 31 % PEOPLE))
    is_out = number % 3 > 0
    copy = (Participant(address=negotiation.lead),) if number % 2 else ()
    message = replace(
        parse_record(record, fallback_id=str(number)),
        id=str(number),
        sender=ours if is_out else theirs,
        to=(theirs if is_out else ours,),
        cc=copy,
        sent_at=START + timedelta(minutes=number),
        message_id=f"{number}@{OWN_DOMAIN}",
        in_reply_to="",
        references=(),
        thread="",
    )
    earlier = tuple(
        Envelope(
            sender=theirs.address,
            recipients=(ours.address, negotiation.lead),
            sent_at=START - timedelta(days=days),
        )
        for days in (3, 2, 1)
    )
    return message, earlier


def _made_up(chance: random.Random) -> str:
    """Return a name that nobody has."""
    return "".join(chance.choice(one) for one in ("BDGKLMNPRSTV", "aeiou", "lmnrst", "aeiou", "dklnrstx")).capitalize()


def _ours(number: int) -> str:
    return f"person{number % PEOPLE}@{OWN_DOMAIN}"


def _domain(number: int) -> str:
    return f"firm{number}.example"


if __name__ == "__main__":
    main()
