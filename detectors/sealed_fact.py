"""A fact of a plan that was to stay with us, told to somebody outside."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from detectors.callings import Token, place, plain, together, tokens
from detectors.days import days
from detectors.document import Document, own_sentences
from detectors.finding import Finding
from detectors.language import Sentence, sentences
from detectors.matters import registered
from detectors.patterns import Wording, as_bytes
from detectors.plans import Plans, Sealed, closeness, exact, plans_of
from detectors.plausible import Around, days_fit, figure_fits
from detectors.presence import day_of, goes_out
from detectors.senses import Reading, readings
from messages import FactKind

_MAY_TELL = Wording(r"""
    \d|[¼½¾]|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(twen|thir|for|fif|six|seven|eigh|nine)ty\w*|hundreds?|thousand|million|dozen
    |half|third|quarter|fifth|eighth|tenth|a (week|month|year|fortnight)|week|month|year
    |zwei\w*|drei\w*|vier\w*|fünf\w*|sechs\w*|sieben\w*|acht\w*|neun\w*|zehn\w*|elf|zwölf\w*|\w+zig\w*|\w*hundert\w*|\w*tausend\w*|million\w*|dutzend|halb\w*|\w+einhalb|anderthalb
    |drittel|viertel|\w+tel|hälfte|woche|monat\w*|jahr\w*|quartal\w*
    |jan\w*|feb\w*|mar\w*|mär\w*|apr\w*|may|mai|mayo|jun\w*|jui\w*|jul\w*|aug\w*|sep\w*|se[tp]t\w*|oct\w*|okt\w*|ott\w*|nov\w*|dec\w*|dez\w*|dic\w*|en(ero|e)|gen(naio)?|luglio|giugno|maggio|août|ago\w*|avril
    |mon|monday|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|mon?tag|diens\w*|mittw\w*|donn\w*|frei\w*|sams\w*|sonn\w*
    |easter|ostern|christmas|xmas|weihn\w*|pfingst\w*|whitsun|pentecost|ascension|himmelfahrt|new year\w*|neujahr|silvester|summer|sommer\w*|karfreitag|tomorrow|morgen|übermorgen|today|eo[ymq]|year[- ]end
    |mid|end|ende|anfang|mitte|early|late)\b
""")
_MOST = 40
_MOST_SENTENCES = 2000
Hit = tuple[Sealed, Sentence, int, int, float]


def sealed_fact(document: Document) -> Iterator[Finding]:
    """Find a sealed fact of a negotiation in what our person tells outward, in whatever wording.

    Needs the register. The finding's rule is the fact's id; its reason names the negotiation and never the fact.
    Known false positives: the same figure said of something else in words of price; a day that both sides know.
    """
    plans = plans_of(document.context.negotiations)
    if not plans or not goes_out(document):
        return
    surest: dict[tuple[str, str], Hit] = {}
    for hit in _hits(document, plans, _own(document)):
        key = (hit[0].negotiation.name, hit[0].fact.id)
        if key not in surest or surest[key][-1] < hit[-1]:
            surest[key] = hit
    yield from (_finding(document, hit) for hit in list(surest.values())[:_MOST])


def sealed_in(document: Document) -> frozenset[str]:
    """Return the ids (names where there is none) of the negotiations a fact of which stands anywhere in a message.

    Subject, quotes, signatures and forwards count, whoever wrote them.
    """
    plans = plans_of(document.context.negotiations)
    if not plans:
        return frozenset()
    hits = _hits(document, plans, _all(document))
    return frozenset(sealed.negotiation.id or sealed.negotiation.name for sealed, *_ in hits)


def _own(document: Document) -> Sequence[Sentence]:
    """Return the author's sentences of whatever language; they are cut anew only where some were left out."""
    if not document.languages_not_assessed:
        return document.sentences
    return own_sentences(document.message, document.text, document.direction, document.context.directory)


def _all(document: Document) -> Sequence[Sentence]:
    """Return every sentence of a message, the author's as they were cut."""
    message, own = document.message, _own(document)
    found = list(own)
    if not any(one.part for one in own):
        found += sentences(message.subject, 0, len(message.subject), part="subject")
    covered = [(one.start, one.end) for one in own if not one.part]
    at = 0
    for start, end in [*covered, (len(message.text), len(message.text))]:
        if message.text[at:start].strip():
            found += sentences(message.text, at, start)
        at = max(at, end)
    return found


def _hits(document: Document, plans: Plans, among: Sequence[Sentence]) -> Iterator[Hit]:
    """Yield where facts stand, those that all bidders know left out."""
    day = day_of(document)
    among = among[:_MOST_SENTENCES]
    concerned = {one.name for one in registered(document)}
    on_message = frozenset(
        key for one in document.message.participants for key in map(plain, _parts(f"{one.name} {one.address}"))
    )
    for index, sentence in enumerate(among):
        around = Around(sentence.folded, _near(document, among, index))
        for hit in _in_sentence(plans, around, day, concerned):
            sealed, start, end, sure = hit
            if plans.is_told(sealed, day) or _is_of_reader(sealed, on_message):
                continue
            yield sealed, sentence, start, end, sure


def _near(document: Document, among: Sequence[Sentence], index: int) -> tuple[str, ...]:
    """Return what stands around a sentence."""
    around = (among[at].folded for at in (index - 1, index + 1) if 0 <= at < len(among))
    return (document.message.subject, *around)


def _in_sentence(plans: Plans, around: Around, day: object, concerned: set[str]) -> Iterator[tuple[Sealed, int, int, float]]:
    text = around.text
    yield from _called(plans, text, concerned)
    if not _MAY_TELL.holds(around.line):
        return
    if plans.has_figures:
        for reading in _read(text):
            for sealed in _candidates(plans, reading, concerned):
                close = closeness(sealed, reading, plans.rates)
                sure = close and figure_fits(
                    sealed, reading, close, around, is_concerned=sealed.negotiation.name in concerned
                )
                if sure:
                    yield sealed, reading.start, reading.end, sure
    if plans.has_days:
        for told in days(text, day, plans.years):
            near = (one for name in concerned for one in plans.of.get(name, ()) if one.fact.kind is FactKind.DATE)
            others = plans.days.get((told.first, told.last), ())
            for sealed in dict.fromkeys((*near, *others)):
                sure = days_fit(sealed, told, around, is_concerned=sealed.negotiation.name in concerned)
                if sure:
                    yield sealed, told.start, told.end, sure


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[Reading, ...]:
    return tuple(readings(text))


def _candidates(plans: Plans, reading: Reading, concerned: set[str]) -> Iterable[Sealed]:
    near = (one for name in concerned for one in plans.of.get(name, ()) if one.fact.kind is reading.kind)
    return dict.fromkeys((*near, *plans.figures.get((reading.kind, exact(reading.low)), ())))


def _called(plans: Plans, text: str, concerned: set[str]) -> Iterator[tuple[Sealed, int, int, float]]:
    """Yield the names and phrases that stand in a sentence; of negotiations with others, those said in full."""
    if not plans.doors and not plans.phrases:
        return
    said = tokens(text)
    for at, token in enumerate(said):
        for sealed, calling in _behind(plans, token):
            found = place(calling, said, at, text)
            if found and (sealed.negotiation.name in concerned or calling.is_full):
                yield sealed, *found
    yield from _phrases(plans, said)


def _behind(plans: Plans, token: Token) -> Iterator[tuple[Sealed, object]]:
    yield from plans.doors.get(token.key, ())
    if token.sound:
        yield from plans.doors.get(token.sound, ())


def _phrases(plans: Plans, said: list[Token]) -> Iterator[tuple[Sealed, int, int, float]]:
    from detectors.callings import stem

    if not plans.phrases:
        return
    for at, token in enumerate(said):
        for sealed, stems in plans.phrases.get(stem(token.written), ()):
            found = together(stems, said, at)
            if found:
                yield sealed, *found, 0.85


def _is_of_reader(sealed: Sealed, on_message: frozenset[str]) -> bool:
    """Whether a name is that of somebody on the message, who needs no telling of it."""
    return any(
        calling.keys[0] in on_message for calling in sealed.callings if calling.is_bare and not calling.is_initials
    )


def _parts(text: str) -> list[str]:
    return [one.written for one in tokens(text)]


def _finding(document: Document, hit: Hit) -> Finding:
    sealed, sentence, start, end, sure = hit
    span = sentence.original(start, end)
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label="sealed_fact",
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=sure,
        reason=f"a sealed fact of negotiation “{sealed.negotiation.name}”",
        detector="sealed_fact",
        rule=sealed.fact.id,
        part=sentence.part,
    )
