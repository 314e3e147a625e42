"""How much time messages take of the processor when they are read by the batch, to one by one.

Usage: python -m tests.bench.batches [--messages 350] [--rounds 5]
One process reads the same mails of the corpus in both ways, by turns, and which comes first changes from round to
round. Patterns and tables are warm in both; a ratio is taken for each round.
"""

import argparse
import os
import time
from collections.abc import Sequence
from statistics import median

from connectors.parse.record import parse_record
from detectors.catalogue import analyze, analyze_each
from detectors.context import Context
from messages import Directory, Message
from tests.bench.contestant import ONE_THREAD
from tests.bench.texts import corpus_texts
from tests.bench.throughput import one_core


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=350)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    ratios = measure(options.messages, rounds=options.rounds)
    print(f"by the batch: {median(ratios):.3f} of the time one by one ({min(ratios):.3f} to {max(ratios):.3f})")


def measure(messages: int, *, rounds: int) -> list[float]:
    """Return the ratio of processor time, by the batch to one by one, of each round."""
    os.environ.update(ONE_THREAD)
    one_core()
    texts = corpus_texts(messages)
    context = Context(directory=Directory(own_domains=(texts.own_domain,)))
    mails = [parse_record(one, fallback_id=str(number)) for number, one in enumerate(texts.mails)]
    ways = (_one_by_one, _by_the_batch)
    for way in ways:
        way(mails, context)
    ratios = []
    for number in range(rounds):
        seconds = {way: _seconds(way, mails, context) for way in (ways if number % 2 else ways[::-1])}
        ratios.append(seconds[_by_the_batch] / seconds[_one_by_one])
    return ratios


def _seconds(way, mails: Sequence[Message], context: Context) -> float:
    begun = time.process_time()
    way(mails, context)
    return time.process_time() - begun


def _one_by_one(mails: Sequence[Message], context: Context) -> None:
    for mail in mails:
        analyze(mail, context)


def _by_the_batch(mails: Sequence[Message], context: Context) -> None:
    for _ in analyze_each([(mail, context) for mail in mails]):
        pass


if __name__ == "__main__":
    main()
