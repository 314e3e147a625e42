import pytest

from messages import PartKind, clean
from tests.messages.dividing import kind_of, kinds

_DISCLAIMERS = {
    "English": (
        "This e-mail may contain confidential information. If you are not the intended recipient, please delete it."
    ),
    "in error": "If you have received this message in error, please notify the sender and destroy all copies.",
    "German": (
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, "
        "löschen Sie sie bitte."
    ),
    "French": (
        "Ce message est confidentiel et destiné exclusivement à son destinataire. Si vous l'avez reçu par "
        "erreur, détruisez-le."
    ),
    "Spanish": (
        "Este mensaje es confidencial y va dirigido exclusivamente a su destinatario. Si lo ha recibido "
        "por error, elimínelo."
    ),
    "Italian": (
        "Questo messaggio è riservato ed è destinato esclusivamente al destinatario. Se ricevuto per "
        "errore, va cancellato."
    ),
    "Portuguese": (
        "Esta mensagem é confidencial e destina-se exclusivamente ao destinatário. Se a recebeu por engano, apague-a."
    ),
    "Dutch": (
        "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Ten onrechte "
        "ontvangen? Verwijder dit bericht."
    ),
    "paper": "Please consider the environment before printing this e-mail.",
    "gateway": (
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments."
    ),
    "virus": "This email has been checked for viruses by Guardwell antivirus software.",
    "wrapped": (
        "The information contained in this communication is confidential and\nproprietary information "
        "intended only for the individual or entity to whom\nit is addressed."
    ),
}
_WORDS = {
    "a request": "Please keep this confidential, our budget is 2 million.",
    "an agreement": "The confidentiality agreement is attached, legal has signed it.",
    "a clause": '"Confidential Information" should include oral disclosures only if summarised in writing.',
    "a mistake": "You sent me the wrong invoice in error, please delete it from the portal.",
    "a recipient": "The recipient of the goods is our plant in Vigo.",
    "a copy": "With your press office on copy nobody thinks of anything confidential.",
    "a message": "This follows up on your voice mail message regarding the status of the project.",
    "a sum": "This information is confidential and only intended for you because the budget is 4.2 M.",
}


@pytest.mark.parametrize("words", _DISCLAIMERS.values(), ids=_DISCLAIMERS)
def test_boilerplate_is_a_disclaimer_wherever_it_stands(words):
    for text in (
        f"We meet on Monday.\n\n{words}\n",
        f"{words}\n\nWe meet on Monday.\n",
        f"We meet on Monday.\n{words}\n\nBring the drawing.\n",
    ):
        divided = clean(text)
        assert divided.joined(PartKind.DISCLAIMER).split() == words.split()
        assert kind_of(divided, "We meet on Monday.") == "new"


@pytest.mark.parametrize("words", _WORDS.values(), ids=_WORDS)
def test_words_about_secrets_are_no_disclaimer(words):
    assert kinds(f"Hello,\n\n{words}\n") == ["new"]


@pytest.mark.parametrize(
    "said",
    [
        "Our target is 3.90.",
        "Our target is 3.90",
        "We pay 4.20 today and nobody knows.",
        "You are the front runner, and I told nobody.",
    ],
)
def test_what_is_said_next_to_boilerplate_stays_new(said):
    words = _DISCLAIMERS["English"]
    for text in (f"{said}\n{words}\n", f"{words}\n\n{said}\n", f"{words} {said}\n"):
        assert kind_of(clean(text), said) == "new"
