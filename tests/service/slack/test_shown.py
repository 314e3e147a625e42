"""Everything that people see in Slack, in one sitting: within Slack's limits, readable, and nothing left out."""

import ast
import html
import re
import sys
import tomllib
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from string import Formatter

import pytest

import service
from service.coaching.course import course
from tests.fakes.slack.blockkit import BLOCKS, problems
from tests.fakes.slack.blockkit_parts import ELEMENTS
from tests.service.slack.shown import everything

ROOT = Path(service.__file__).parent
WORDING = ("warnings/wording", "slack/wording", "notify/wording", "coaching/words")
# Nobody puts anything into these, so they can't be at their worst.
OURS_ALONE = {"lesson", "reminder"}
PIECES = {*BLOCKS, *ELEMENTS, "modal", "home", "plain_text", "mrkdwn"}
SHOWING = re.compile(r"(chat|views|canvases|conversations_canvases|files|dialog|bookmarks)_\w+|WebhookClient")
SHOWING_NOTHING = {"chat_delete", "chat_getPermalink", "views_of"}
# What Bolt would hand a listener to answer with, past all that is looked at here.
WAYS_ROUND = {"respond", "say"}
SHORTCUT = "Report to procurement"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Signs of something that was not filled in, or was filled in with nothing.
GAPS = re.compile(r"\{(?!date|time|ago)|\bNone\b|\*\*|“”|„“|\(\)| [,.;!?]|\.\.|(?<![·✓▸○*]) {2}(?![·_*])|^\s|\s$")


@pytest.fixture(scope="module")
def run():
    """Play everything once; gives what was shown, and the lines that ran of those that show something."""
    # Watching is slow, and the same lines run in either language.
    with _watched(_places()) as ran:
        english = list(everything(["en"]))
    return [*english, *everything(["de"])], ran


@pytest.fixture(scope="module")
def shown(run):
    return run[0]


def test_slack_takes_everything(shown):
    assert {one.name: problems(one.payload) for one in shown if problems(one.payload)} == {}


def test_everything_has_a_name_of_its_own(shown):
    names = Counter(one.name for one in shown)
    assert [name for name, count in names.items() if count > 1] == []


def test_each_scene_is_played_in_both_languages_and_at_its_worst(shown):
    played = defaultdict(set)
    for one in shown:
        language, how, scene, *_ = one.name.split("/")
        played[scene].add((language, how))
    for scene, ways in played.items():
        worst = set() if scene in OURS_ALONE else {("en", "worst"), ("de", "worst")}
        assert {("en", "ordinary"), ("de", "ordinary")} | worst == ways, scene


def test_nothing_that_shows_something_is_left_out(run):
    _, ran = run
    missed = [
        f"{file.relative_to(ROOT)}:{lines.start}"
        for file, lines in _places()
        if not any((str(file), line) in ran for line in lines)
    ]
    assert missed == []


def test_nobody_answers_past_what_is_looked_at():
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.arg in WAYS_ROUND
    ]
    assert found == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_text_there_is_was_shown(shown, language):
    seen = set(_all_texts(shown, language))
    missed = [name for name, text in _wording(language) if not any(_holds(one, text) for one in seen)]
    assert missed == []


def test_nobody_is_spoken_to_in_two_languages(shown):
    german = dict(_wording("de"))
    english = {text for name, text in _wording("en") if german[name] != text and len("".join(_pieces(text))) > 15}
    # The shortcut has one name for everybody: Slack knows no languages there.
    english -= {SHORTCUT}
    seen = set(_all_texts(shown, "de"))
    assert [text for text in english if any(_holds(one, text) for one in seen)] == []


def test_a_message_with_blocks_says_its_gist_without_them(shown):
    for one in shown:
        if one.kind in {"modal", "home"} or not one.payload.get("blocks"):
            continue
        missing = _gist(one.payload["blocks"]) - _words(one.payload["text"])
        assert missing == set(), one.name


def test_everything_reads_well(shown):
    ordinary = {text: one.name for one in shown if "/ordinary/" in one.name for text in _texts(one.payload)}
    assert {name: text for text, name in ordinary.items() if GAPS.search(text)} == {}


def test_no_sign_turns_the_words_around_it(shown):
    assert {one.name: text for one in shown for text in _texts(one.payload) if UNSEEN.search(text)} == {}


def test_nobodys_words_become_a_mention_a_link_or_an_order_to_everybody(shown):
    bad = re.compile(r"<!(channel|here|everyone)|<https://evil|<@U1>\n")
    worst = [(one.name, text) for one in shown if "/worst/" in one.name for text in _texts(one.payload, markup=True)]
    assert [name for name, text in worst if bad.search(text)] == []
    assert all(one.get("verbatim") for found in shown for one in _parts(found.payload) if one.get("type") == "mrkdwn")


def _texts(payload, *, markup=False):
    """Give every text of a payload that somebody reads; with `markup` only where Slack looks for markup."""
    if "text" in payload and isinstance(payload["text"], str):
        yield payload["text"]
    for part in _parts(payload):
        said = part.get("text")
        if part is not payload and isinstance(said, str) and not (markup and part.get("type") == "plain_text"):
            yield said
        if "initial_value" in part and not markup:
            yield part["initial_value"]


def _parts(value):
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _parts(one)


def _all_texts(shown, language):
    found = (one for one in shown if one.language == language and "/ordinary/" in one.name)
    return (text for one in found for text in _texts(one.payload))


def _wording(language):
    """Give each text of ours by its name: of the wordings, and of the course."""
    for folder in WORDING:
        data = tomllib.loads((ROOT / folder / f"{language}.toml").read_text("utf-8"))
        yield from ((f"{folder}: {name}", text.strip()) for name, text in _flat(data))
    for lesson in course():
        yield from ((f"lesson {lesson.id}: {name}", text) for name, text in _flat(asdict(lesson.tell(language))))


def _flat(data, above=""):
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(value, str):
            yield f"{above}{key}", value
        elif isinstance(value, dict | list | tuple):
            yield from _flat(value, f"{above}{key}.")


def _holds(seen, text):
    """Tell whether a text was seen, with whatever its placeholders were filled with."""
    place = 0
    for piece in _pieces(text):
        place = seen.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def _pieces(text):
    return [piece for piece, *_ in Formatter().parse(text)]


def _gist(blocks):
    """Return the words that stand out; where none does, those of the first paragraph."""
    texts = [text["text"] for block in blocks for text in [block.get("text")] if text]
    bold = [words for text in texts for words in re.findall(r"(?<!\w)\*([^*\n]+)\*(?!\w)", text)]
    bold += [block["text"]["text"] for block in blocks if block["type"] == "header"]
    return {word for text in bold or texts[:1] for word in _words(text)}


def _words(text):
    spoken = re.sub(r"<[@#!][^>]*>|:\w+:", "", text)
    return set(re.findall(r"\w+", html.unescape(spoken)))


def _sources():
    return ((file, ast.parse(file.read_text("utf-8"))) for file in sorted(ROOT.rglob("*.py")))


def _places():
    """Find each place where something is shown, or a piece of it is made: its file and its lines."""
    found = []
    for file, tree in _sources():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = {id(node): node for function in functions for node in ast.walk(function)}
        found += [(file, range(node.lineno, node.end_lineno + 1)) for node in inside.values() if _shows(node)]
    return found


def _shows(node):
    if isinstance(node, ast.Attribute):
        return bool(SHOWING.fullmatch(node.attr)) and node.attr not in SHOWING_NOTHING
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        answers = node.func.id == "ack" and (node.args or node.keywords)
        return bool(answers) or bool(SHOWING.fullmatch(node.func.id) and node.func.id not in SHOWING_NOTHING)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return any(_is(key, {"type"}) and _is(value, PIECES) for key, value in pairs)
    return False


def _is(node, values):
    return isinstance(node, ast.Constant) and node.value in values


@contextmanager
def _watched(places):
    """Note which lines of the files of these places run inside the block."""
    files, ran = {str(file) for file, _ in places}, set()

    def enter(frame, _event, _argument):
        return note if frame.f_code.co_filename in files else None

    def note(frame, event, _argument):
        if event == "line":
            ran.add((frame.f_code.co_filename, frame.f_lineno))
        return note

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield ran
    finally:
        sys.settrace(before)
