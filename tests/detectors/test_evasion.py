"""Whatever is done to its letters, a sentence shows what it showed before, in the very words that were disturbed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from detectors.catalogue import analyze
from detectors.language import sentences
from detectors.scoring import assess, builtin_policies
from messages import Channel, fold

SIGNALS = {
    "budget": ("budget", "Our budget for the robot cell is 400k"),
    "approved": ("budget", "Finance has approved 240k for the new line"),
    "paid": ("budget", "Our present price is 4.20 EUR per piece"),
    "contract": ("timeline", "Our contract with the foundry ends on 14 May"),
    "rival": ("competitor", "The other bidder quoted 7.50 EUR a piece"),
    "stock": ("leverage", "Nobody else can supply this part and we have three days of stock left"),
    "source": ("leverage", "Our line is down and we have no second source"),
    "bypass": ("sidestep", "Please leave procurement out of this for now"),
    "award": ("commitment", "You get the order, start work now and the paper will follow"),
    "favourite": ("decision", "The director favours you and the vote is a formality"),
    "weights": ("decision", "Price counts 60 percent and service 40 when we decide"),
    "novelty": ("innovation", "Nobody outside knows that we are developing a cordless drill"),
    "limit": ("specification", "Our housing must hold 45 bar at 120 degrees"),
    "fishing": ("elicitation", "What is your budget for this project?"),
}
INNOCENT = [
    "The train tickets cost 40 EUR each",
    "The order confirmation for PO 4711 names 14 May",
    "See you at the fun run before Easter",
    "Thanks for the photos of the other building",
    "Your invoice names 7.50 EUR a piece",
    "Please leave the parcel at the gate for now",
    "Have a good start at work, the photos will follow",
    "The parking space is yours if you come by car",
    "I can't share our budget, please go through procurement",
    "Your manual says that the housing holds 45 bar",
    "The train was late and the coffee was cold",
    "We have paid your invoice 4711 over 240 EUR",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """What is done to each word, put behind long ones and between all, and what the sentence stands in."""

    word: Callable[[str], str] = str
    behind: str = ""
    gap: str = " "
    frame: str = "{}"

    def __call__(self, sentence: str) -> tuple[str, list[tuple[int, int]]]:
        """Return the disturbed text, and from where to where in it each word's letters stand."""
        before, after = self.frame.split("{}")
        text, places = before, []
        for word in sentence.split():
            text += self.gap if places else ""
            disturbed = self.word(word)
            letters = [i for i, one in enumerate(disturbed, len(text)) if fold(one).text.isalnum()]
            places.append((letters[0], letters[-1] + 1))
            text += disturbed + (self.behind if len(word) > 4 else "")
        return text + after, places


def over_letters(mark: str) -> Callable[[str], str]:
    """Put a mark over every letter but a word's last."""
    return lambda word: re.sub(r"(?<=\w)(?=\w)", mark, word)


def written_with(other: str, plain: str) -> Callable[[str], str]:
    table = str.maketrans(plain, other)
    return lambda word: word if any(one.isdigit() for one in word) else word.translate(table)


def amid(other: str, plain: str) -> Callable[[str], str]:
    """Write letters otherwise, except for a word's first and last."""
    change = written_with(other, plain)
    return lambda word: word[0] + change(word[1:-1]) + word[-1] if len(word) > 2 else word


def shifted(start: int) -> Callable[[str], str]:
    """Write the small letters with those of another alphabet, which begins at a code point."""
    return lambda word: "".join(chr(start + ord(one) - 97) if "a" <= one <= "z" else one for one in word)


def long(change: Callable[[str], str], least: int = 4) -> Callable[[str], str]:
    """Change only words of so many letters."""
    return lambda word: change(word) if len(word) >= least and word.isalpha() else word


def numbers(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda word: change(word) if word[0].isdigit() else word


def amounts(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda word: change(word) if word[0].isdigit() and (word[-1] == "k" or "." in word) else word


SMALL_CAPITALS = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprtuvwyz")
FILLER = "the weather was fine and the train was late and then "

# Read as if nothing had been done.
OF_LETTERS = {
    "nothing": Disturbance(),
    "zero width": Disturbance(word="\u200b".join),
    "soft hyphen": Disturbance(word="\u00ad".join),
    "joiner": Disturbance(word="\u2060".join),
    "byte order mark": Disturbance(word="\ufeff".join),
    "direction marks": Disturbance(word="\u200f".join),
    "variation selectors": Disturbance(word="\ufe0f".join),
    "struck through": Disturbance(word=over_letters("\u0336")),
    "stacked accents": Disturbance(word=over_letters("\u0301\u0323\u0334")),
    "Cyrillic": Disturbance(word=written_with("аеорсухі", "aeopcyxi")),
    "Greek": Disturbance(word=long(written_with("οανρ", "oavp"), 2)),
    "Armenian": Disturbance(word=written_with("օսո", "oun")),
    "full width": Disturbance(word=shifted(0xFF41)),
    "mathematical": Disturbance(word=shifted(0x1D41A)),
    "circled": Disturbance(word=shifted(0x24D0)),
    "small capitals": Disturbance(word=written_with(*SMALL_CAPITALS)),
    "squared": Disturbance(word=long(lambda word: shifted(0x1F170)(word.lower()))),
    "rare accents": Disturbance(word=written_with("ạḅḍẹḥịḳḷṃṇọṛṣṭụṿẉỵẓ", "abdehiklmnorstuvwyz")),
    "common accents": Disturbance(word=lambda word: written_with("àéîòü", "aeiou")(word) if len(word) > 7 else word),
    "no-break spaces": Disturbance(gap="\u00a0"),
    "wide spaces": Disturbance(gap=" \u2003\u2009 "),
    "tabs": Disturbance(gap="\t"),
    "spaced": Disturbance(word=" ".join, gap="  "),
    "spaced, wide gaps": Disturbance(word=" ".join, gap="     "),
    "spaced twice": Disturbance(word="  ".join, gap="    "),
    "spaced evenly": Disturbance(word=" ".join),
    "spaced by no-break spaces": Disturbance(word="\u00a0".join, gap=" \u00a0 "),
    "spaced by thin spaces": Disturbance(word="\u200a".join),
    "dotted": Disturbance(word=".".join),
    "dotted, wide gaps": Disturbance(word=".".join, gap="  "),
    "dotted with spaces": Disturbance(word=" . ".join, gap="   "),
    "middle dots": Disturbance(word="·".join),
    "underscored": Disturbance(word="_".join),
    "hyphenated": Disturbance(word="-".join),
    "hyphenated with dots": Disturbance(word="-".join, gap=" . "),
    "starred": Disturbance(word="*".join),
    "slashed": Disturbance(word="/".join),
    "long words spaced": Disturbance(word=long(" ".join)),
    "long words dotted": Disturbance(word=long(".".join)),
    "long words hyphenated": Disturbance(word=long("-".join)),
    "e is 3": Disturbance(word=long(amid("3", "e"))),
    "o is 0": Disturbance(word=long(written_with("0", "o"), 3)),
    "i is 1": Disturbance(word=long(amid("1", "i"))),
    "l is 1": Disturbance(word=long(amid("1", "l"))),
    "a is 4": Disturbance(word=long(amid("4", "a"))),
    "s is 5": Disturbance(word=long(amid("5", "s"))),
    "t is 7": Disturbance(word=long(amid("7", "t"))),
    "a is @": Disturbance(word=long(amid("@", "a"))),
    "s is $": Disturbance(word=long(amid("$", "s"))),
    "i is !": Disturbance(word=long(amid("!", "i"))),
    "several": Disturbance(word=long(amid("301", "eoi"))),
    "leetspeak": Disturbance(word=long(amid("43017", "aeoit"), 5)),
    "0 is O": Disturbance(word=amounts(lambda word: word.replace("0", "O"))),
    "0 is o": Disturbance(word=amounts(lambda word: word.replace("0", "o"))),
    "0 is Cyrillic": Disturbance(word=amounts(lambda word: word.replace("0", "О"))),
    "number split": Disturbance(word=numbers(lambda word: word.replace("0k", " 0k"))),
    "number spaced": Disturbance(word=amounts(lambda word: word if "." in word else " ".join(word))),
    "keycaps": Disturbance(word=numbers(lambda word: word.replace("0", "0\ufe0f\u20e3"))),
    "full-width digits": Disturbance(word=lambda word: word.translate({48 + i: 0xFF10 + i for i in range(10)})),
    "Arabic digits": Disturbance(word=lambda word: word.translate({48 + i: 0x660 + i for i in range(10)})),
    "bold": Disturbance(word=long(lambda word: f"**{word}**")),
    "underlined": Disturbance(word=long(lambda word: f"_{word}_")),
    "struck": Disturbance(word=long(lambda word: f"~~{word}~~")),
    "words as code": Disturbance(word=long(lambda word: f"`{word}`")),
    "numbers as code": Disturbance(word=numbers(lambda word: f"`{word}`")),
}
# Around the sentence stays what is there.
OF_LAYOUT = {
    "all capitals": Disturbance(word=str.upper),
    "all small": Disturbance(word=str.lower),
    "line as code": Disturbance(frame="`{}`"),
    "code block": Disturbance(frame="see:\n```\n{}\n```\nok?"),
    "code block in a line": Disturbance(frame="```{}```"),
    "emoji between": Disturbance(behind=" \U0001f4b0"),
    "emoji touching": Disturbance(word=long(lambda word: f"\U0001f525{word}", 5), behind="\U0001f44d\U0001f3fd"),
    "shortcodes between": Disturbance(behind=" :money_with_wings:"),
    "shortcodes touching": Disturbance(behind=":fire::100:"),
    "table": Disturbance(frame="| Part | Note |\n|---|---|\n| Door | {} |\n| Lid | open |"),
    "last cell": Disturbance(frame="Part | Note\nDoor | {}\nLid | open"),
    "tab separated": Disturbance(frame="Part\tNote\nDoor\t{}\nLid\topen"),
    "bullet": Disturbance(frame="Today:\n- the door\n- {}\n- the lid"),
    "dotted list": Disturbance(frame="Today:\n• the door\n• {}\n• the lid"),
    "arrows": Disturbance(frame="Today:\n→ the door\n→ {}\n→ the lid"),
    "boxes": Disturbance(frame="Today:\n☐ the door\n☑ {}\n☐ the lid"),
    "numbered": Disturbance(frame="Today:\n1) the door\n2) {}\n3) the lid"),
    "indented": Disturbance(frame="Today:\n      {}\n"),
    "long line": Disturbance(frame=FILLER * 40 + "it rained. {}. And " + FILLER * 40),
    "between paragraphs": Disturbance(frame="Hello Kim,\r\n\r\n{}.\r\n\r\nThe train was late.\r\n"),
}


@pytest.fixture
def balanced(written):
    """What the default policy keeps."""
    policy = next(one for one in builtin_policies() if one.name == "balanced")
    return lambda text, **how: assess(analyze(*written(text, **how)).findings, policy).findings


@pytest.mark.parametrize("sentence", [*(sentence for _, sentence in SIGNALS.values()), *INNOCENT])
@pytest.mark.parametrize("disturbance", OF_LETTERS)
def test_disturbed_letters_are_read_as_if_nothing_had_been_done(disturbance, sentence):
    text, places = OF_LETTERS[disturbance](sentence)
    [read] = sentences(text, 0, len(text))
    assert read.folded.lower() == sentence.lower()
    _, words = Disturbance()(sentence)
    for (start, end), place in zip(words, places, strict=True):
        span = read.original(start, end)
        assert (span.start, span.end) == place


@pytest.mark.parametrize("signal", ["budget", "novelty"])
@pytest.mark.parametrize("disturbance", OF_LETTERS)
def test_a_disturbed_sentence_shows_its_signal_in_the_words_that_were_disturbed(disturbance, signal, balanced):
    label, sentence = SIGNALS[signal]
    [plain] = [one for one in balanced(sentence, channel=Channel.SLACK) if one.label == label]
    shown = [i for i, (start, end) in enumerate(Disturbance()(sentence)[1]) if start < plain.end and plain.start < end]
    text, places = OF_LETTERS[disturbance](sentence)
    [found] = [one for one in balanced(text, channel=Channel.SLACK) if one.label == label]
    assert found.quote == text[found.start : found.end]
    assert (found.start, found.end) == (places[shown[0]][0], places[shown[-1]][1])


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize("disturbance", OF_LAYOUT)
def test_a_sentence_shows_its_signal_wherever_it_stands(disturbance, signal, balanced):
    label, sentence = SIGNALS[signal]
    text, places = OF_LAYOUT[disturbance](sentence)
    way = "inbound" if label == "elicitation" else "outbound"
    found = [one for one in balanced(text, way=way, channel=Channel.SLACK) if one.label == label]
    assert any(one.start < places[-1][1] and places[0][0] < one.end for one in found), [one.quote for one in found]
    assert all(one.quote == text[one.start : one.end] for one in found)


@pytest.mark.parametrize("sentence", INNOCENT)
@pytest.mark.parametrize("disturbance", OF_LAYOUT)
def test_an_innocent_sentence_shows_nothing_wherever_it_stands(disturbance, sentence, balanced):
    text, _ = OF_LAYOUT[disturbance](sentence)
    assert [one.quote for one in balanced(text, channel=Channel.SLACK)] == []
