import pytest

from messages import Channel, Message, Participant, is_answer, is_forwarded, subject_key, thread_ids

_SENDER = Participant(address="bo@ourco.example")


@pytest.mark.parametrize(
    "subject",
    [
        "Pump offer", "Re: Pump offer", "RE: Pump  offer", "AW: Pump offer", "Antwort: Pump offer", "SV: Pump offer",
        "Re[2]: Pump offer",
        "Re (3): Pump offer", "RES: Pump offer", "Odp: Pump offer", "R: Pump offer", "Fw: Pump offer",
        "FWD: pump offer", "WG: Pump offer",
        "TR : Pump offer", "RV: Pump offer", "ENC: Pump offer", "I: Pump offer", "Doorst: Pump offer",
        "Re: AW: Fwd: Pump offer",
        "[EXTERNAL] Pump offer", "[EXT] Re: [EXT] Pump offer", "[norvik-list] Re: Pump offer", " re:Pump offer ",
        "回复：Pump offer",
    ],
)  # fmt: skip
def test_marks_do_not_change_the_key(subject):
    assert subject_key(subject) == "pump offer"


@pytest.mark.parametrize(
    "subject",
    [
        "r: i ratio", "i: the current", "R:Pump", "[PO 4711] Pump offer", "[Falcon] Pump offer", "Ref: PO 4711",
        "Réf : devis", "Reply: now",
        "Renewal: pump", "IT: outage", "Trinity: pump", "Real: Madrid", "Area: 51", "Re pump", "Fwding: x", "RFQ: pump",
    ],
)  # fmt: skip
def test_words_that_only_look_like_marks_stay(subject):
    assert subject_key(subject) == " ".join(subject.casefold().split())
    assert not is_answer(subject)


@pytest.mark.parametrize("subject", ["Re: x", "AW: x", "[EXT] Re: x", "Fw: x", "R: x", "I: x"])
def test_a_marked_subject_answers_or_forwards(subject):
    assert is_answer(subject)


@pytest.mark.parametrize("subject", ["[EXTERNAL] x", "x", "", "[PO 1] x", "re", "Fw"])
def test_an_unmarked_subject_is_its_authors_own(subject):
    assert not is_answer(subject)


@pytest.mark.parametrize(
    ("subject", "forwarded"), [("Fw: Re: x", True), ("Re: Fw: x", False), ("[EXT] WG: x", True), ("x", False)]
)
def test_the_first_mark_tells_whether_a_mail_is_forwarded(subject, forwarded):
    assert is_forwarded(subject) is forwarded


def test_a_subject_of_marks_alone_ends_soon():
    assert len(subject_key("Re: " * 1_000_000)) > 0
    assert subject_key("[" * 100_000).startswith("[[")
    assert subject_key(" " * 5_000_000) == ""


def test_a_mail_is_joined_by_its_references_from_the_root_on():
    mail = Message(
        id="3", channel=Channel.EMAIL, sender=_SENDER, message_id="c", in_reply_to="b", references=("a", "b")
    )
    assert thread_ids(mail) == ("a", "b", "c")


def test_a_mail_without_ids_is_its_own_thread():
    assert thread_ids(Message(id="box#1", channel=Channel.EMAIL, sender=_SENDER)) == ("box#1",)


def test_a_chat_message_belongs_to_the_sources_thread():
    chat = Message(id="C1:2.0", channel=Channel.SLACK, sender=_SENDER, thread="C1:1.0", message_id="x")
    assert thread_ids(chat) == ("C1:1.0",)
