from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.catalogue import analyze
from detectors.context import Context
from detectors.scoring import assess, builtin_policies
from messages import Channel, Directory, Message, Participant

CONTEXT = Context(directory=Directory(own_domains=("ourco.example",)))
OURS, THEIRS = "dana@ourco.example", "lee@norvik.example"
SIGNALS = [
    "Finance has approved 240k for the line.",
    "You are second, the other bidder is 6 % cheaper.",
    "Nobody else can supply this part and we have three days of stock left.",
    "Please leave procurement out of this for now.",
]
words = st.text(max_size=300) | st.lists(
    st.sampled_from([*SIGNALS, "\n", " ", "> ", "\u200b", "İ", "k€ ", "Best regards\n"])
).map("".join)
channels = st.sampled_from(Channel)
# The first message compiles the patterns, which takes longer than any later one.
unhurried = settings(deadline=None, max_examples=60)


def written(text, *, subject="", outbound=True, channel=Channel.EMAIL):
    author, reader = (OURS, THEIRS) if outbound else (THEIRS, OURS)
    return Message(
        id="m",
        channel=channel,
        sender=Participant(address=author),
        to=(Participant(address=reader),),
        subject=subject,
        text=text,
    )


@unhurried
@given(text=words, subject=words, outbound=st.booleans(), channel=channels)
def test_every_finding_shows_words_that_stand_where_it_says(text, subject, outbound, channel):
    analysis = analyze(written(text, subject=subject, outbound=outbound, channel=channel), CONTEXT)
    for one in analysis.findings:
        source = subject if one.part else text
        assert 0 <= one.start < one.end <= len(source)
        assert source[one.start : one.end] == one.quote
        assert 0 < one.confidence <= 1
        assert one.reason


@unhurried
@given(text=words, outbound=st.booleans())
def test_the_same_message_yields_the_same_findings(text, outbound):
    message = written(text, outbound=outbound)
    assert analyze(message, CONTEXT) == analyze(message, CONTEXT)


@unhurried
@given(
    signal=st.sampled_from(SIGNALS),
    before=st.sampled_from(["Hello Lee.", "Thanks for the photos.", "The train was late."]),
)
def test_a_neutral_sentence_before_moves_what_is_found_and_adds_nothing(signal, before):
    alone, moved = kept(signal), kept(f"{before}\n\n{signal}")
    assert {one.label for one in moved} == {one.label for one in alone}
    assert all(one.start >= len(before) for one in moved)


def kept(text):
    [balanced] = (one for one in builtin_policies() if one.name == "balanced")
    return [one for one in assess(analyze(written(text), CONTEXT).findings, balanced).findings if one.confidence > 0.5]


@unhurried
@given(text=words)
def test_a_stricter_policy_never_sees_more(text):
    findings = analyze(written(text), CONTEXT).findings
    quiet, balanced, vigilant = (set(assess(findings, policy).findings) for policy in builtin_policies())
    assert quiet <= balanced <= vigilant
