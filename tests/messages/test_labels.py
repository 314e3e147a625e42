import pytest

from messages import PartKind, clean
from tests.messages.dividing import author_of, kind_of

_BLOCKS = {
    "English": "From: Ann Lee <ann@norvik.example>\nSent: Tuesday, June 4, 2024 10:12 AM\nTo: Bo Dahl\nSubject: Offer",
    "bold": "*From:* Ann Lee <ann@norvik.example>\n*Sent:* Tuesday\n*To:* Bo Dahl\n*Subject:* Offer",
    "mailto": "From: Ann Lee [mailto:ann@norvik.example]\nSent: Tuesday\nTo: Bo Dahl\nSubject: Offer",
    "Mac": "From: Ann Lee <ann@norvik.example>\nDate: Tuesday, 4 June 2024 at 10:12\nTo: Bo Dahl\nSubject: Offer",
    "German": (
        "Von: Ann Lee <ann@norvik.example>\nGesendet: Dienstag, 4. Juni 2024 10:12\nAn: Bo Dahl\nBetreff: Angebot"
    ),
    "French": (
        "De\u00a0: Ann Lee <ann@norvik.example>\nEnvoyé\u00a0: mardi 4 juin 2024 10:12\nÀ\u00a0: Bo "
        "Dahl\nObjet\u00a0: Offre"
    ),
    "Spanish": (
        "De: Ann Lee <ann@norvik.example>\nEnviado el: martes, 4 de junio de 2024\nPara: Bo Dahl\nAsunto: Oferta"
    ),
    "Italian": "Da: Ann Lee <ann@norvik.example>\nInviato: martedì 4 giugno 2024 10:12\nA: Bo Dahl\nOggetto: Offerta",
    "Portuguese": (
        "De: Ann Lee <ann@norvik.example>\nEnviada em: terça-feira, 4 de junho\nPara: Bo Dahl\nAssunto: Oferta"
    ),
    "Dutch": (
        "Van: Ann Lee <ann@norvik.example>\nVerzonden: dinsdag 4 juni 2024 10:12\nAan: Bo Dahl\nOnderwerp: Offerte"
    ),
    "Swedish": "Från: Ann Lee <ann@norvik.example>\nSkickat: den 4 juni 2024 10:12\nTill: Bo Dahl\nÄmne: Offert",
    "Danish": "Fra: Ann Lee <ann@norvik.example>\nSendt: 4. juni 2024 10:12\nTil: Bo Dahl\nEmne: Tilbud",
    "Polish": "Od: Ann Lee <ann@norvik.example>\nWysłano: wtorek, 4 czerwca\nDo: Bo Dahl\nTemat: Oferta",
    "two labels": "Da: Ann Lee <ann@norvik.example>\nInviato: martedì 18 giugno 2024 18:20",
    "long list": (
        "From: Ann Lee <ann@norvik.example>\nSent: Tuesday\nTo: Bo <bo@ourco.example>,\n Cy "
        "<cy@ourco.example>,\n Di\nSubject: x"
    ),
    "blank lines": "From: Ann Lee <ann@norvik.example>\n\nSent: Tuesday\n\nTo: Bo Dahl\n\nSubject: Offer",
    "flattened": "From: Ann Lee <ann@norvik.example> Sent: Tuesday, June 4 To: Bo Dahl Subject: Offer",
    "Notes": "Ann Lee <ann@norvik.example> on 03/23/2000 05:11:27 PM\nTo: Bo Dahl/HQ/OURCO@OURCO\ncc:\nSubject: Offer",
    "Notes, two lines": (
        "Ann Lee <ann@norvik.example>\n03/23/2000 05:11 PM\nTo:\tBo Dahl/HQ/OURCO@OURCO\ncc:\t \n\nSubject:\tOffer"
    ),
}
_RULES = [
    "",
    "________________________________\n",
    "-----Original Message-----\n",
    "-----Ursprüngliche Nachricht-----\n",
    "------------\n\n",
]
_OWN_WORDS = {
    "a shipment": "From: Hamburg\nTo: Rotterdam\nDate: 12 May\nWeight: 4 t",
    "a memo": "To: All staff\nFrom: The chief\nDate: 3 May\nSubject: Budget",
    "a sentence": "From: our point of view it is too dear.\nTo: be honest, the limit is 4.20.",
    "one label": "Subject: the new line\nIt costs 2 million.",
    "labels in prose": "The data comes From: our database, not From: external sources.",
    "a table of dates": "Start: 12/05/2024 10:00 AM\nEnd: 12/06/2024 11:00 AM",
    "a time and a list": "Arrival 03/23/2024 05:11 PM\nGoods: 3 pallets",
    "a list of facts": "Budget: 2.1 M\nDate: 3 June\nSubject: press line",
}


@pytest.mark.parametrize("rule", _RULES, ids=["bare", "underscores", "original", "ursprünglich", "dashes"])
@pytest.mark.parametrize("block", _BLOCKS.values(), ids=_BLOCKS)
def test_a_header_block_starts_a_quote_by_its_author(block, rule):
    divided = clean(f"We take it.\n\n{rule}{block}\n\nWhat is your limit?\n", subject="RE: Offer")
    assert kind_of(divided, "What is your limit?") == "quote"
    assert divided.joined(PartKind.NEW).strip() == "We take it."
    assert author_of(divided, "What is your limit?") == "ann@norvik.example"


@pytest.mark.parametrize("words", _OWN_WORDS.values(), ids=_OWN_WORDS)
def test_labels_of_the_author_start_no_quote(words):
    divided = clean(f"Hello,\n\n{words}\n\nThe limit is 4.20.\n")
    assert divided.of(PartKind.QUOTE, PartKind.FORWARD) == ()


def test_every_header_in_a_quote_begins_a_part_with_its_own_author():
    text = (
        "Yes.\n\nFrom: Ann <ann@norvik.example>\nSent: Monday\nTo: Bo\nSubject: x\n\nsecond\n\n"
        "From: Bo <bo@ourco.example>\nSent: Sunday\nTo: Ann\nSubject: x\n\nfirst\n"
    )
    divided = clean(text)
    assert [(part.kind.value, part.author) for part in divided.parts] == [
        ("new", ""),
        ("quote", "ann@norvik.example"),
        ("quote", "bo@ourco.example"),
    ]
