"""Why, and why not: what became of every sentence of a message, and what the model saw in it.

The same steps as `catalogue.analyze`, keeping all that an analysis lets go: which sentences the screen passed over,
what the encoder thought possible, which rules spoke without being certain.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from detectors.catalogue import ABOUT_PEOPLE, DETECTORS, examine
from detectors.context import Context
from detectors.document import Document, own_sentences, prepare
from detectors.encoder import Reading
from detectors.explanation import Explanation, Fate, Feature, Leaning, LeftOut, Sign, Told, Treatment
from detectors.finding import SHOWN_IN, Finding, Label
from detectors.reader import Reader
from detectors.rules import Hit, Table, spoken
from detectors.scoring import Policy, assess
from detectors.screen import hopes
from detectors.trained import TABLES, can_show, finding_of, shipped, trained
from detectors.windows import Window, setting_of
from messages import Channel, Message, is_answer

_LABELS = tuple(Label)
# The screen's last total is that for a signal of any kind.
_ANY = len(_LABELS)
_MODEL = trained.__name__
_FEW_FEATURES = 4
_KINDS_OF_FEATURE = {"C ": "cue", "S ": "setting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the model made of a document.

    `possible` are the labels that the message can show; `totals` (sentences, 11), `hopes` and
    `treatments` those of its sentences.
    """

    setting: str
    limit: float
    possible: tuple[Label, ...]
    named: tuple[Finding, ...]
    totals: NDArray[np.float32]
    hopes: NDArray[np.float32]
    treatments: Sequence[Treatment]


def explain(message: Message, context: Context, policy: Policy, *, model: Reader | None = None) -> Explanation:
    """Judge a message as `analyze` and `assess` do, with all that led to it; without a model by the one that ships."""
    document, model = prepare(message, context), model or shipped()
    read = _read(document, model)
    made = _made(document, read)
    kept = examine(document, (lambda _: made, *ABOUT_PEOPLE))
    fates = {id(one): _weighed(one, policy) for one in kept}
    found = [(one, fates.get(id(one), Fate.SAID_BY_ANOTHER)) for one in made]
    found += [(one, _ruled_out(one, document)) for one in read.named if one.label not in read.possible]
    signs = _signs(document, found, policy)
    return Explanation(
        document=document,
        policy=policy,
        left_out=tuple(_left_out(document)),
        limit=read.limit,
        sentences=tuple(_told(document, index, held, read, model) for index, held in enumerate(signs)),
        people=tuple(_sign(one, _weighed(one, policy), policy) for one in kept if _place(document, one) is None),
        assessment=assess(kept, policy),
    )


def _read(document: Document, model: Reader) -> _Read:
    setting, texts = setting_of(document), [one.folded for one in document.sentences]
    screened = model.screened(texts, setting)
    windows = list(model.read(texts, setting, screened))
    found = [
        one for window, reading in windows if reading for one in model.found(window, reading, texts, setting, screened)
    ]
    promise, limit = hopes(screened, setting), model.least(texts)
    treatments = [
        _treatment(is_promising=float(hope) >= limit, is_read=is_read)
        for hope, is_read in zip(promise, _were_read(windows, len(texts)), strict=True)
    ]
    return _Read(
        setting=setting,
        limit=limit,
        possible=tuple(label for label in _LABELS if can_show(document, label)),
        named=tuple(finding_of(document, one) for one in found),
        totals=screened,
        hopes=promise,
        treatments=treatments,
    )


def _were_read(windows: Iterable[tuple[Window, Reading | None]], count: int) -> list[bool | None]:
    """Tell of each sentence whether the encoder read it to the end; None where it did not begin."""
    were_read: list[bool | None] = [None] * count
    for window, reading in windows:
        for place in range(window.first, window.last):
            were_read[place] = were_read[place] or reading is not None
    return were_read


def _treatment(*, is_promising: bool, is_read: bool | None) -> Treatment:
    if is_read is None:
        return Treatment.CROWDED_OUT if is_promising else Treatment.PASSED_OVER
    if not is_read:
        return Treatment.GIVEN_UP
    return Treatment.READ if is_promising else Treatment.READ_ALONG


def _made(document: Document, read: _Read) -> list[Finding]:
    """Return what the detectors yield; what the model yields is known already."""
    shown = [one for one in read.named if one.label in read.possible]
    reading = (one for one in DETECTORS if one not in ABOUT_PEOPLE)
    return [one for detector in reading for one in (shown if detector is trained else detector(document))]


def _ruled_out(finding: Finding, document: Document) -> Fate:
    is_its_direction = finding.label in SHOWN_IN[document.direction]
    return Fate.CLEARED if is_its_direction else Fate.OTHER_DIRECTION


def _signs(document: Document, found: Iterable[tuple[Finding, Fate]], policy: Policy) -> tuple[list[Sign], ...]:
    """Return the signs of each sentence: what was found there, then the rules that only spoke."""
    signs: tuple[list[Sign], ...] = tuple([] for _ in document.sentences)
    for one, fate in found:
        place = _place(document, one)
        if place is not None:
            signs[place].append(_sign(one, fate, policy))
    for index, held in enumerate(signs):
        held += list(_rules_aside(document, index, held, policy))
    return signs


def _place(document: Document, finding: Finding) -> int | None:
    """Return which sentence a finding stands in; None where it needs no words, or stands in another language."""
    if finding.start is None:
        return None
    starts = [(not one.part, one.start) for one in document.sentences]
    place = bisect_right(starts, (not finding.part, finding.start)) - 1
    is_inside = place >= 0 and finding.start < document.sentences[place].end
    return place if is_inside and document.sentences[place].part == finding.part else None


def _sign(finding: Finding, fate: Fate, policy: Policy) -> Sign:
    return Sign(finding=finding, least=policy.confidence.get(finding.label, 0.0), fate=fate)


def _weighed(finding: Finding, policy: Policy) -> Fate:
    if policy.weights.get(finding.label, 0.0) <= 0:
        return Fate.NO_WEIGHT
    return Fate.COUNTS if finding.confidence >= policy.confidence.get(finding.label, 0.0) else Fate.TOO_UNSURE


def _rules_aside(document: Document, index: int, held: Iterable[Sign], policy: Policy) -> Iterator[Sign]:
    """Yield the rules that speak in a sentence and are no finding of their own."""
    line = document.line(index)
    known = {one.finding.detector: one.finding.rule for one in held if one.finding.detector != _MODEL}
    for table in TABLES.values():
        for hit in spoken(table, line, table.candidates(line)):
            if known.get(table.label) != hit.rule.name:
                fate = _fate_aside(table, hit, document, known)
                yield _sign(_as_finding(table, hit, document, index), fate, policy)


def _fate_aside(table: Table, hit: Hit, document: Document, known: Container[str]) -> Fate:
    if document.direction not in table.directions:
        return Fate.OTHER_DIRECTION
    if not hit.rule.at_least:
        return Fate.NOT_CERTAIN
    return Fate.SAID_BY_ANOTHER if table.label in known else Fate.CLEARED


def _as_finding(table: Table, hit: Hit, document: Document, index: int) -> Finding:
    sentence = document.sentences[index]
    span = sentence.original(hit.start, hit.end)
    return Finding(
        label=table.label,
        start=span.start,
        end=span.end,
        quote=_original(document, sentence.part)[span.start : span.end],
        confidence=hit.rule.at_least,
        reason=hit.rule.reason,
        detector=table.label,
        rule=hit.rule.name,
        part=sentence.part,
    )


def _told(document: Document, index: int, held: Sequence[Sign], read: _Read, model: Reader) -> Told:
    sentence = document.sentences[index]
    return Told(
        start=sentence.start,
        end=sentence.end,
        text=_original(document, sentence.part)[sentence.start : sentence.end],
        part=sentence.part,
        treatment=read.treatments[index],
        hope=float(read.hopes[index]),
        leanings=tuple(_leanings(document, index, held, read, model)),
        signs=tuple(held),
    )


def _leanings(document: Document, index: int, held: Iterable[Sign], read: _Read, model: Reader) -> Iterator[Leaning]:
    totals = read.totals[index]
    likeliest = _likeliest(read, held, totals)
    for place, label in ((_ANY, ""), (_LABELS.index(likeliest), likeliest.value)):
        told = model.screen.shares(document.sentences[index].folded, read.setting, place, least=read.limit)
        features = [_feature(name, worth) for name, worth in told]
        total = float(totals[place])
        yield Leaning(
            label=label,
            total=total,
            base=total - sum(one.worth for one in features),
            raised=tuple(one for one in features[:_FEW_FEATURES] if one.worth > 0),
            lowered=tuple(one for one in reversed(features[-_FEW_FEATURES:]) if one.worth < 0),
        )


def _likeliest(read: _Read, held: Iterable[Sign], totals: NDArray[np.float32]) -> Label:
    """Return the label that the model is surest of, else the one of the possible that the screen gives most."""
    named = [one.finding for one in held if one.finding.detector == _MODEL]
    if named:
        return Label(max(named, key=lambda one: one.confidence).label)
    return max(read.possible, key=lambda label: totals[_LABELS.index(label)])


def _feature(name: str, worth: float) -> Feature:
    kind = _KINDS_OF_FEATURE.get(name[:2])
    if kind:
        return Feature(kind=kind, name=name[2:], worth=worth)
    return Feature(kind="pair" if " " in name else "word", name=name, worth=worth)


def _left_out(document: Document) -> Iterator[LeftOut]:
    """Yield what the author does not answer for, then what is in a language that is not read."""
    message = document.message
    is_name = message.channel is not Channel.EMAIL
    if message.subject and (is_name or is_answer(message.subject)):
        about = "a channel's name" if is_name else "an answer's"
        yield LeftOut(kind="subject", start=0, end=len(message.subject), part="subject", about=about)
    own = set(document.answered)
    for part in document.text.parts:
        if part not in own:
            yield LeftOut(kind=part.kind.value, start=part.start, end=part.end, about=part.author)
    if document.languages_not_assessed:
        yield from _in_other_languages(document)


def _in_other_languages(document: Document) -> Iterator[LeftOut]:
    """Yield the runs of sentences that were left out for their language."""
    written = own_sentences(document.message, document.answered)
    assessed = set(document.sentences)
    languages = ", ".join(document.languages_not_assessed)
    for (part, is_assessed), run in groupby(written, key=lambda one: (one.part, one in assessed)):
        if not is_assessed:
            left = list(run)
            yield LeftOut(kind="language", start=left[0].start, end=left[-1].end, part=part, about=languages)


def _original(document: Document, part: str) -> str:
    return document.message.subject if part else document.message.text
