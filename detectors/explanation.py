"""What can be told of a message when somebody asks why, or why not."""

from dataclasses import dataclass
from enum import StrEnum

from detectors.document import Document
from detectors.finding import Finding
from detectors.reader import LEAST_CONFIDENCE
from detectors.scoring import Assessment, Policy


class Treatment(StrEnum):
    """What was done with a sentence."""

    READ = "read"
    READ_ALONG = "read along"
    GIVEN_UP = "given up"
    PASSED_OVER = "passed over"
    CROWDED_OUT = "crowded out"


class Fate(StrEnum):
    """What became of a sign: it counts, or why it doesn't."""

    COUNTS = "counts"
    TOO_UNSURE = "too unsure"
    NO_WEIGHT = "no weight"
    OTHER_DIRECTION = "other direction"
    SAID_BY_ANOTHER = "said by another"
    NOT_CERTAIN = "not certain"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a rule or the model says of a sentence, whether or not it counts.

    `finding.confidence` is 0 for a rule that only gives reasons. `least`: the confidence (0..1) that the policy asks.
    """

    finding: Finding
    least: float
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something that the screen sees in a sentence, and what it adds to a total.

    `kind` is word, pair, cue or setting. In words, `#3` is a number of three digits, `#.` one with a fraction; in a
    pair, `<` and `>` are the sentence's ends and `_` is any word.
    """

    kind: str
    name: str
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How the screen came to a total (log-odds) of a sentence; `label` is empty for a signal of any kind.

    `raised` are the features worth most, `lowered` those worth least, the foremost first; `base` is there without any.
    """

    label: str
    total: float
    base: float
    raised: tuple[Feature, ...]
    lowered: tuple[Feature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence with what became of it.

    `start` and `end` index the original, `text` is that stretch; `part` is empty for the message's text, else
    "subject". `hope` is how promising the screen finds it (see `screen.hopes`); `leanings`: its total for any signal,
    then that for the likeliest label.
    """

    start: int
    end: int
    text: str
    part: str
    treatment: Treatment
    hope: float
    leanings: tuple[Leaning, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A stretch that nothing was looked for in.

    `kind` is quote, forward, signature, disclaimer, subject or language; `about` says whose words, or
    which language.
    """

    kind: str
    start: int
    end: int
    part: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A message's judgement with all that led to it.

    `limit`: how promising a sentence must be, else it is passed over. `people` are the signs that stand in no
    sentence of those: who is there and who is missing, which needs no words, and sealed facts in another language.
    """

    document: Document
    policy: Policy
    left_out: tuple[LeftOut, ...]
    limit: float
    sentences: tuple[Told, ...]
    assessment: Assessment
    people: tuple[Sign, ...] = ()


def why_not(explanation: Explanation) -> str:
    """Say in a sentence why there is no alert; empty when there is one."""
    assessment, policy = explanation.assessment, explanation.policy
    if assessment.alert:
        return ""
    if assessment.contributions:
        return f"The risk of {assessment.risk:.1f} is below the {policy.threshold:g} from which {policy.name} alerts."
    if not explanation.sentences:
        return _nothing_to_read(explanation)
    signs = [*explanation.people, *(one for told in explanation.sentences for one in told.signs)]
    stopped = [one for one in signs if one.finding.confidence and one.fate is not Fate.SAID_BY_ANOTHER]
    if stopped:
        return _nearest_miss(max(stopped, key=lambda one: one.finding.confidence), policy)
    return _nothing_seen(explanation)


def _nothing_to_read(explanation: Explanation) -> str:
    languages = ", ".join(explanation.document.languages_not_assessed)
    if languages:
        return f"All that the author wrote is in a language that is not assessed ({languages})."
    kinds = ", ".join(dict.fromkeys(one.kind for one in explanation.left_out))
    return f"The author wrote nothing that is assessed; left out: {kinds}." if kinds else "The message has no words."


def _nearest_miss(sign: Sign, policy: Policy) -> str:
    surest = f"The surest sign, {sign.finding.label} at {sign.finding.confidence:.2f},"
    match sign.fate:
        case Fate.OTHER_DIRECTION:
            return f"{surest} is not looked for in messages of this direction."
        case Fate.NO_WEIGHT:
            return f"{surest} has no weight in {policy.name}."
        case Fate.CLEARED:
            return f"{surest} is cleared by what stands around it, or by who wrote it."
        case _:
            return f"{surest} stays below the {sign.least:.2f} that {policy.name} asks."


def _nothing_seen(explanation: Explanation) -> str:
    read = [one for one in explanation.sentences if one.treatment in {Treatment.READ, Treatment.READ_ALONG}]
    if read:
        share = f"{len(read)} of {len(explanation.sentences)} sentences"
        return f"The encoder read {share} and named no label from {LEAST_CONFIDENCE:.2f} up."
    if begun := sum(one.treatment is Treatment.GIVEN_UP for one in explanation.sentences):
        return f"The encoder began to read {begun} of {len(explanation.sentences)} sentences and gave them up half-way."
    hope = max(one.hope for one in explanation.sentences)
    return (
        f"The screen passed over every sentence: the most promising, at {hope:.2f}, "
        f"is below the limit of {explanation.limit:.2f}."
    )
