"""A promise that its author may not make."""

from collections.abc import Iterator, Mapping

from detectors.acts import Act, shown
from detectors.amounts import Amount, amounts
from detectors.concessions import binds, concedes_payment_terms, gives_to, promises, takes_what_is_quoted
from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.matters import firms_of, is_sent_back, led, matters_of, negotiators, told
from detectors.patterns import Wording, as_bytes
from detectors.presence import author, author_speaks_for, day_of, goes_out, name_of
from detectors.purpose import Purpose, is_automatic, purpose_of
from messages import Authority, Matter, Negotiation, PartKind, fold

_LEAST = 0.4
# How surely something must be promised in words that no pattern knows.
_SURE = 0.87
# What one would do, or leaves to others.
_LEFT_OPEN = Wording(r"""
    \b(would|could|might) (all |really |very much )?(be (glad|happy|pleased|delighted|open)|like|love|consider)\b
    |\b(for )?(who|whom|whether|which \w+) (we|they) (will |are going to )?(decide|choose|pick|take)\b
    |\b(wen|ob) (wir|sie) (uns |sich )?(entscheiden|nehmen|wählen)\b|für wen wir
    |\b(würden|würde|könnten|könnte) (wir |ich |uns |mich )?(gern\w*|freuen|überlegen|vorstellen)\b
""")
# Who says yes says it to what stands right below.
_QUOTED = 2_000


def authority_exceeded(document: Document) -> Iterator[Finding]:
    """Find an amount agreed to above the author's limit, or a promise by somebody outside the negotiation's team.

    Amounts that were published to all bidders do not count; one in another currency than the limit's is compared at the
    register's rate, or not at all where there is none.

    Known false positives: a promise that was agreed on beforehand by telephone.
    """
    if not goes_out(document):
        return
    for negotiation in matters_of(document):
        if _may_agree_on_all(document, negotiation):
            continue
        agreed = [one for one in _agreed(document) if not _is_published(document, negotiation, one)]
        sure = _sureness(document)
        why = _why(document, negotiation, agreed, has_promised=sure >= _LEAST)
        if why and not (_leaves_it(document, negotiation) or is_automatic(document)):
            yield told(
                "authority_exceeded",
                sure if sure >= _LEAST and not agreed else 0.85,
                f"{led(document, negotiation)}; {why}.",
            )
            return


def _agreed(document: Document) -> list[Amount]:
    """Return the amounts that are agreed to: in the author's words, or the one that they only say yes to."""
    said = [one for sentence in (*promises(document), *_implied(document)) for one in amounts(sentence)]
    quotes = document.text.of(PartKind.QUOTE)
    if said or not quotes or not takes_what_is_quoted(document):
        return said
    quoted = list(amounts(fold(document.message.text[quotes[0].start : quotes[0].end][:_QUOTED]).text))
    return quoted[:1] if len({one.value for one in quoted}) == 1 else []


def _implied(document: Document) -> Iterator[str]:
    """Yield the sentence that promises something in words that no pattern knows."""
    where = shown(document, Act.PROMISE, least=_SURE)
    if where is not None and not _LEFT_OPEN.holds(as_bytes(where.sentence.folded)):
        yield where.sentence.folded


def _sureness(document: Document) -> float:
    """Return how sure it is that something is promised, by the text's own signals or in plain words."""
    told_by_text = (one.confidence for one in document.findings if one.label == Label.COMMITMENT)
    is_plain = binds(document) or gives_to(document, firms_of(document)) or any(_implied(document))
    is_plain = is_plain and purpose_of(document) is not Purpose.ERRAND
    return max([*told_by_text, 0.85 if is_plain else 0.0])


def _why(document: Document, negotiation: Negotiation, agreed: list[Amount], *, has_promised: bool) -> str:
    writer = name_of(document, author(document))
    authority = _authority(document, negotiation)
    if authority is not None:
        return _beyond(document, authority, agreed, writer, has_promised=has_promised)
    return f"{writer} is not of its team, and promises something" if agreed or has_promised else ""


def _may_agree_on_all(document: Document, negotiation: Negotiation) -> bool:
    """Whether the author, or whom they speak for, negotiates and nothing limits them."""
    if _authority(document, negotiation) is not None:
        return False
    return bool(author_speaks_for(document) & negotiators(document, negotiation))


def _leaves_it(document: Document, negotiation: Negotiation) -> bool:
    """Whether an outsider only says whose it is."""
    is_of_team = author_speaks_for(document) & negotiators(document, negotiation)
    return not is_of_team and is_sent_back(document, negotiation)


def _authority(document: Document, negotiation: Negotiation) -> Authority | None:
    """Return the widest authority of those the author speaks for; their own where they have one."""
    own = negotiation.authority_of(author(document))
    others = (negotiation.authority_of(one) for one in sorted(author_speaks_for(document)))
    return own or next((one for one in others if one is not None), None)


def _beyond(document: Document, authority: Authority, agreed: list[Amount], writer: str, *, has_promised: bool) -> str:
    may_price = Matter.PRICE in authority.may
    limit = (authority.price if may_price else 0.0) if authority.price is not None or not may_price else None
    rates = {"EUR": 1.0, **document.context.negotiations.rates}
    highest = max((_in_currency(one, authority.currency, rates) for one in agreed), default=0.0)
    if limit is not None and highest > limit:
        up_to = f"may agree on prices up to {authority.currency} {limit:,.0f}" if limit else "may not agree on prices"
        return f"{writer} {up_to}, and agrees to {highest:,.0f}"
    if has_promised and not may_price and Matter.COMMIT not in authority.may:
        return f"{writer} may talk about {_listed(authority)} alone, and promises something"
    if Matter.TERMS not in authority.may and concedes_payment_terms(document):
        return f"{writer} may talk about {_listed(authority)} alone, and agrees to payment terms"
    return ""


def _in_currency(amount: Amount, currency: str, rates: Mapping[str, float]) -> float:
    """Return an amount in a currency; one that names none is in it, and 0 is what has no rate."""
    if amount.currency in {"", currency}:
        return amount.value
    if amount.currency not in rates or currency not in rates:
        return 0.0
    return amount.value * rates[currency] / rates[amount.currency]


def _listed(authority: Authority) -> str:
    return " and ".join(
        sorted({"price": "prices", "technical": "technical matters"}.get(one, one) for one in authority.may)
    )


def _is_published(document: Document, negotiation: Negotiation, amount: Amount) -> bool:
    day = day_of(document)
    texts = (one.text for one in negotiation.published if day is None or one.on <= day)
    return any(other.value == amount.value for text in texts for other in amounts(text))
