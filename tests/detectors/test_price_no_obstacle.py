"""Price given up by somebody senior; who is senior is told by directory, register or signature."""

import pytest

from detectors.catalogue import analyze
from detectors.context import Context
from detectors.scoring import assess, builtin_policies
from messages import Channel, Directory, Message, Negotiation, Participant, Person, Register

BOSS = Person(address="boss@ourco.example", name="Kim Boss", role="Chief Executive Officer")
LEAD = Person(address="lead@ourco.example", name="Lee Lead", manager="ada@ourco.example")
PLAIN = Person(address="jo@ourco.example", name="Jo Plain", role="Engineer")
ADA = Person(address="ada@ourco.example", name="Ada")
DIRECTORY = Directory(own_domains=("ourco.example",), people={one.address: one for one in (BOSS, LEAD, PLAIN, ADA)})
[BALANCED] = (one for one in builtin_policies() if one.name == "balanced")
HITS = [
    "A dollar more or less per board won't be what decides this.",
    "Macht die Preise, die ihr machen müsst.",
    "Make whatever price you have to.",
    "We are not going to fall out about the price.",
    "We are not going to lose any business on price this quarter.",
    "We will not walk away from Atlas because of price.",
    "No deal should be lost on price this year.",
    "Price is not an obstacle here.",
    "Don't let price stop you from closing this.",
    "Close the deal at any price.",
    "Match whatever price they ask.",
    "I don't care what it costs, just get the contract signed.",
    "Give them whatever discount they want.",
    "We can't afford to lose this one over a few percent.",
    "We are not going to let a couple of hundred thousand stand between us.",
    "The money is there, don't lose time over the price.",
    "the price will not be the deciding point for us",
    "cost is secondary for us",
    "Price comes second for us, image quality first.",
    "Money plays no role here.",
    "The budget is not the issue.",
    "We won't haggle over a few thousand euros.",
    "Price is not decisive.",
    "Don't worry about the price, we want your system.",
    "Whatever the cost, we go with you.",
    "Nobody here will quibble about the price.",
    "Price is the last thing we look at.",
    "Cost is not a factor for the board.",
    "We'll pay whatever you need.",
    "We would rather pay more than lose you.",
    "Price will take a back seat this time.",
    "am Preis darf der Vertrag nicht scheitern",
    "Am Preis soll es nicht liegen.",
    "Geld spielt keine Rolle.",
    "Der Preis ist für uns zweitrangig.",
    "Die Kosten sind hier nebensächlich.",
    "Der Preis ist nicht entscheidend.",
    "Preis ist kein Thema.",
    "Über den Preis müssen wir nicht reden.",
    "Koste es, was es wolle, wir machen das mit Ihnen.",
    "Wir zahlen jeden Preis.",
    "Wir verlieren keinen Kunden wegen des Preises.",
    "Wir dürfen keinen Auftrag über den Preis verlieren.",
    "Auf ein paar tausend Euro kommt es uns nicht an.",
    "Der Preis spielt für uns keine Rolle.",
    "Die Kosten dürfen kein Hindernis sein.",
    "I don't want to hear that a customer left because we were two cents dearer.",
    "Whatever the others bid, meet it.",
    "If they come back with a lower quote, just match it.",
    "Match anybody.",
    "Go as low as you have to.",
    "We'll come down to wherever the Danes are.",
    "If it comes down to price, give in.",
    "Do whatever you need to on price.",
    "You have a free hand on discounts.",
    "We won't fall out over a few thousand.",
    "A few per cent more or less doesn't matter to me.",
    "Name it and we'll find it.",
    "Tell me the number at which you'd sign.",
    "I couldn't care less what it costs.",
    "It must not be that they get in because they are cheaper.",
    "We take any price for this one.",
    "Egal was es kostet, wir brauchen den Kunden.",
    "Was das am Ende kostet, ist mir gleich.",
    "Nennen Sie mir einfach die Zahl.",
    "Über den Preis werden wir uns nicht streiten.",
    "Wenn sie billiger anbieten, geht mit.",
    "Wegen ein paar Prozent lassen wir keinen Kunden ziehen.",
    "Beim Preis habt ihr freie Hand.",
    "Gebt ihnen beim Preis, was sie wollen.",
    "Da schauen wir nicht auf den Preis.",
    "Put the larger ones in, regardless of what they add to the bill.",
    "The fee could be double and we'd still renew.",
    "Bend the list as far as it has to bend.",
    "Gib ihnen so viel Rabatt, wie sie brauchen.",
    "No matter how low they bid, we go lower.",
]
MISSES = [
    "What they charge us for it does matter, so get me two more offers before anybody starts.",
    "Für Heinz bitte einen schönen Korb, auf den Preis kommt es da nicht an.",
    "A dollar more or less per board decides whether we earn anything.",
    pytest.param("We lost Halden on price last year.", id="a deal that is lost"),
    pytest.param("Did you really say that we won't lose any business on price?", id="a question"),
    pytest.param("I'd rather lose them over price than go above the budget.", id="the contrary"),
    pytest.param("Price is an obstacle for them.", id="an obstacle"),
    pytest.param("Do not sell at any price.", id="not at any price"),
    pytest.param("The supplier said that price is no problem for them.", id="what others say"),
    pytest.param("At any rate, thanks for the work.", id="a figure of speech"),
    pytest.param("We will lose over 5 % of our margin.", id="more than"),
    pytest.param("The price is not a problem of the plant but of the forecast.", id="whose problem"),
    pytest.param("We won't lose time over this.", id="no price"),
    "The price is decisive for us.",
    "Der Preis ist uns nicht egal.",
    "Price is not negotiable on our side.",
    "Is price secondary for you?",
    "If price did not matter, we would have bought last year.",
    "Der Preis ist entscheidend.",
    "Um keinen Preis geben wir das auf.",
    "Am Preis ist es letztes Jahr gescheitert.",
    "Der Preis ist noch nicht entschieden.",
    "Geld spielt hier leider doch eine Rolle.",
    "Über den Preis müssen wir noch reden.",
    "Ist der Preis für Sie zweitrangig?",
    "Der Preis ist nicht in Ordnung.",
    "Am Preis liegt es nicht allein, auch die Qualität stimmt nicht.",
    "We will not pay whatever you ask.",
    "Don't worry about the parking price, it's free.",
    "Price will be the deciding point.",
    "Cost is not covered by the warranty.",
    "The second price is not part of the offer.",
    "Wir zahlen nicht jeden Preis.",
    "Wir haben zwei Kunden wegen des Preises verloren.",
    "The cost of delay is a factor.",
    "Price is no secret, it is on the website.",
    "Der Preis ist ein Thema für die Verhandlung.",
    "We don't worry about the price of helium.",
    "The chairman of Danmilk said on stage that they never lose a customer on price.",
    "Never match anybody's offer without asking me.",
    "Match it with the drawing, the price is on page two.",
    "Go as low as you like with the camera, the price is the same.",
    "Whatever they ask about the price list, send it to Lee.",
    "We fell out over a few thousand last year.",
    "Nobody has a free hand on discounts here.",
    "Name the file and we'll find it.",
    "I want the guard rails fixed, whatever it costs, for the safety of everybody.",
    "Money no object, it's for the charity auction.",
    "Tell me the number of the drawing.",
    "I do care what it costs.",
    "They got in because they are cheaper.",
    "We are not going to take any price for this one.",
    "Was kostet das am Ende?",
    "Egal wer kommt, der Preis bleibt.",
    "Nennen Sie uns bitte Ihren Preis.",
    "Über den Preis werden wir streiten müssen.",
    "Geht bitte mit dem Kunden essen, der Preis steht fest.",
    "Wegen ein paar Prozent haben wir den Kunden verloren.",
    "Beim Preis hat niemand freie Hand.",
    "Hebebühne 3 wird gesperrt, koste es, was es wolle.",
    "Every quote is kept, regardless of the colour of the folder.",
    "If the fee doubled we would leave.",
    "Go down as far as you like with the boat, the price is the same.",
    "Gib ihnen so viel Zeit, wie sie brauchen.",
    "So viel Rabatt, wie sie wollen, gibt es bei uns nicht?",
]


def labels(text, *, sender=BOSS.address, to="rep@ourco.example", negotiations=()):
    message = Message(
        id="m",
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=to),),
        text=text,
    )
    context = Context(directory=DIRECTORY, negotiations=Register(negotiations))
    return {one.label for one in assess(analyze(message, context).findings, BALANCED).findings}


@pytest.mark.parametrize("text", HITS)
def test_a_surrender_from_the_top_is_seen(text):
    assert "price_no_obstacle" in labels(text)


@pytest.mark.parametrize("text", MISSES)
def test_nothing_is_seen_where_there_is_none(text):
    assert "price_no_obstacle" not in labels(text)


def test_the_same_words_of_somebody_without_rank_are_passed_over():
    assert "price_no_obstacle" not in labels(HITS[0], sender=PLAIN.address)


def test_whoever_leads_people_is_senior():
    assert "price_no_obstacle" in labels(HITS[0], sender=ADA.address)


def test_whoever_stands_above_a_lead_in_the_register_is_senior():
    negotiation = Negotiation(name="N", counterparties=("X",), lead=LEAD.address, sponsors=(PLAIN.address,))
    assert "price_no_obstacle" in labels(HITS[0], sender=PLAIN.address, negotiations=(negotiation,))


def test_a_signature_tells_rank_too():
    signed = f"Dear all,\n{HITS[0]}\n\nBest regards\nPat Field\nVice President Sales\n"
    assert "price_no_obstacle" in labels(signed, sender="pat@ourco.example")


def test_it_is_seen_towards_a_counterparty_and_its_words_are_shown():
    assert "price_no_obstacle" in labels(HITS[0], to="lee@norvik.example")
