import pytest

from messages import PartKind, clean
from tests.messages.dividing import kind_of, kinds

_BODY = "The pump arrives on Monday.\n\n"
_SIGN_OFFS = [
    "Best regards,\nBo Dahl",
    (
        "Kind regards\nBo Dahl\nHead of process engineering\nOurco AG | Industriestrasse 40\nTel. +41 44 "
        "123 45 67\nwww.ourco.example"
    ),
    "Thanks,\nBo",
    "Best,\nBo Dahl",
    "Cheers, Bo",
    "Mit freundlichen Grüßen\n\nBo Dahl\nLeiter Einkauf",
    "Viele Grüße\nBo",
    "Cordialement,\nBo Dahl\nAcheteur",
    "Bien cordialement\nBo",
    "Saludos cordiales,\nBo Dahl",
    "Cordiali saluti\nBo Dahl",
    "Atenciosamente,\nBo Dahl",
    "Met vriendelijke groet,\nBo Dahl",
    "Med vänlig hälsning\nBo Dahl",
    "Viele Grüße / Best regards\nBo Dahl",
    "-- \nBo Dahl\nHead of quality",
    "--\nBo",
    "—\nBo Dahl\nHead of quality",
    "Sent from my iPhone",
    "Sent from Outlook for iOS",
    "Get Outlook for Android<https://aka.example/x>",
    "Von meinem iPhone gesendet",
    "Holen Sie sich Outlook für iOS",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone",
]
_WORDS = [
    "With regards to the price we are done at 4.20.",
    "Best offer so far: Norvik.",
    "Thanks for the drawing, it helps.",
    "Thank you\nwe will place the order next week.",
    "Sent from the warehouse on Monday with 3 pallets.",
    "Sent from my desk, is easier than my mobile phone.",
    "Saludos a todos en la planta de Vigo.",
    "Danke für die Zeichnung.",
    "Merci de nous donner le prix.",
    "Voith\nAndritz",
    "- one\n- two",
    "----\n\nThe dashes are only for looks.",
]
_SAID_AFTER = [
    "P.S. Our limit is 3.90.",
    "PS: we sign in June.",
    "Price 4.20 is fine",
    "Budget: 2.1 M",
    "By the way, we have no second source for the seal.",
    "- the line goes live in May",
    "Can you do it for less?",
    "The ceiling is EUR 900",
]


@pytest.mark.parametrize("sign_off", _SIGN_OFFS)
def test_a_sign_off_is_a_signature(sign_off):
    divided = clean(f"{_BODY}{sign_off}\n")
    assert divided.joined(PartKind.NEW).strip() == _BODY.strip()
    assert divided.joined(PartKind.SIGNATURE).strip() == sign_off


@pytest.mark.parametrize("words", _WORDS)
def test_what_only_resembles_a_sign_off_is_new(words):
    assert kinds(f"{_BODY}{words}\n") == ["new"]


@pytest.mark.parametrize("said", _SAID_AFTER)
@pytest.mark.parametrize(
    "sign_off", ["Best regards,\nBo Dahl\nHead of quality\n", "-- \nBo Dahl\n"], ids=["closing", "delimiter"]
)
def test_what_is_said_after_a_sign_off_is_new(sign_off, said):
    divided = clean(f"{_BODY}{sign_off}\n{said}\n")
    assert kind_of(divided, said) == "new"
    assert kind_of(divided, "Bo Dahl") == "signature"


def test_nobody_signs_off_in_a_chat():
    assert kinds("ok\nThanks\nBo", chat=True) == ["new"]


def test_a_signature_above_a_quote_is_one_too():
    text = f"{_BODY}Regards\nBo\n\nOn Mon, 3 Jun 2024 at 10:12, Ann <ann@norvik.example> wrote:\n> hello\n"
    assert kinds(text) == ["new", "signature", "quote"]
