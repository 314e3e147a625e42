"""An explanation as lines for a person."""

from collections.abc import Iterable, Iterator

from detectors.explanation import Explanation, Fate, Feature, Leaning, LeftOut, Sign, Told, Treatment, why_not
from detectors.reader import LEAST_CONFIDENCE
from detectors.scoring import Contribution

_MODEL = "trained"
_LONGEST_SNIPPET = 60
_TREATMENTS = {
    Treatment.READ: "read by the encoder",
    Treatment.READ_ALONG: "read by the encoder for a neighbour's sake",
    Treatment.GIVEN_UP: "begun by the encoder, and given up half-way",
    Treatment.PASSED_OVER: "passed over by the screen",
    Treatment.CROWDED_OUT: "not read: others of this long text promised more",
}
_FATES = {
    Fate.COUNTS: "counts",
    Fate.TOO_UNSURE: "too unsure",
    Fate.NO_WEIGHT: "has no weight in this policy",
    Fate.OTHER_DIRECTION: "not looked for in this direction",
    Fate.SAID_BY_ANOTHER: "another says the same at least as surely",
    Fate.NOT_CERTAIN: "gives a reason only",
    Fate.CLEARED: "cleared by what stands around it, or by who wrote it",
}


def lines(explanation: Explanation) -> Iterator[str]:
    """Yield the lines of an explanation."""
    document = explanation.document
    yield f"{_one_line(document.message.id)}  {document.direction.value}"
    parties = ", ".join(_one_line(one.name) for one in document.counterparties)
    yield f"  counterparties: {parties or 'none; of a source it would count only where the policy takes internal mail'}"
    for left in explanation.left_out:
        yield f"  left out: {_left_out(left, explanation)}"
    if document.message.attachments:
        yield f"  attachments, not read: {', '.join(_one_line(one.name) for one in document.message.attachments)}"
    if document.languages_not_assessed:
        yield f"  languages not assessed: {', '.join(document.languages_not_assessed)}"
    for number, told in enumerate(explanation.sentences, start=1):
        yield from _sentence(number, told, explanation.limit)
    missing = [one for one in explanation.people if one.finding.start is None]
    elsewhere = [one for one in explanation.people if one.finding.start is not None]
    for heading, signs in (("in another language", elsewhere), ("who is there and who is missing", missing)):
        if signs:
            yield ""
            yield f"  {heading}"
            yield from (f"     {_of_people(one)}" for one in signs)
    yield from _judgement(explanation)


def _left_out(left: LeftOut, explanation: Explanation) -> str:
    message = explanation.document.message
    words = _one_line((message.subject if left.part else message.text)[left.start : left.end])
    snippet = words if len(words) <= _LONGEST_SNIPPET else f"{words[:_LONGEST_SNIPPET]}…"
    about = f" ({_one_line(left.about)})" if left.about else ""
    place = (
        f"{left.part} {left.start}-{left.end}" if left.part and left.part != left.kind else f"{left.start}-{left.end}"
    )
    return f"{left.kind}{about} {place} “{snippet}”"


def _sentence(number: int, told: Told, limit: float) -> Iterator[str]:
    yield ""
    yield f"  {number}. {f'{told.part}: ' if told.part else ''}“{_one_line(told.text)}”"
    yield f"     {_TREATMENTS[told.treatment]}: promising {told.hope:.2f}, limit {limit:.2f}"
    for sign in told.signs:
        yield f"     {_sign(sign)}"
    if told.treatment in {Treatment.READ, Treatment.READ_ALONG} and not _is_named(told.signs):
        yield f"     the encoder names no label from {LEAST_CONFIDENCE:.2f} up"
    # What was read is beyond the limit's question.
    for leaning in told.leanings if told.treatment is Treatment.PASSED_OVER else told.leanings[1:]:
        yield f"     {_leaning(leaning)}"


def _is_named(signs: Iterable[Sign]) -> bool:
    return any(one.finding.detector == _MODEL for one in signs)


def _sign(sign: Sign) -> str:
    finding = sign.finding
    is_model = finding.detector == _MODEL
    source = "model" if is_model else f"rule “{finding.rule}”"
    sure = f" {finding.confidence:.2f} (asked: {sign.least:.2f})" if finding.confidence else ""
    return f"{source}: {finding.label}{sure}, {_FATES[sign.fate]}: “{_one_line(finding.quote)}” {finding.reason}"


def _of_people(sign: Sign) -> str:
    finding = sign.finding
    sure = f"{finding.confidence:.2f} (asked: {sign.least:.2f})"
    return f"{finding.label} {sure}, {_FATES[sign.fate]}: {_one_line(finding.reason)}"


def _leaning(leaning: Leaning) -> str:
    features = ", ".join(_feature(one) for one in (*leaning.raised, *leaning.lowered))
    return f"screen for {leaning.label or 'any signal'} {leaning.total:.2f}: {features or 'knows nothing in it'}"


def _feature(feature: Feature) -> str:
    name = f"“{feature.name}”" if feature.kind in {"word", "pair"} else f"{feature.kind} {feature.name}"
    return f"{feature.worth:+.2f} {name}"


def _judgement(explanation: Explanation) -> Iterator[str]:
    assessment, policy = explanation.assessment, explanation.policy
    yield ""
    yield f"  policy {policy.name}: risk {assessment.risk:.1f}, alerts from {policy.threshold:g}"
    yield from (f"    {_points(one)}" for one in assessment.contributions)
    if assessment.alert:
        yield f"  alert, severity {assessment.severity.value}"
    else:
        yield f"  no alert: {why_not(explanation)}"


def _points(contribution: Contribution) -> str:
    finding = contribution.finding
    said = f"“{_one_line(finding.quote)}”" if finding.quote else _one_line(finding.reason)
    return f"{contribution.points:+.1f}  {contribution.reason}: {said}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
