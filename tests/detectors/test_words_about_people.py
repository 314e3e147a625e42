"""What authors write where somebody is missing: the wordings that detectors about people go by, English and German.

Who is on each message stays the same, so that the words alone decide.
"""

from datetime import UTC, datetime

import pytest

from detectors.catalogue import analyze
from detectors.context import Context
from messages import (
    Authority,
    Channel,
    Counterparty,
    CounterpartyKind,
    Directory,
    Matter,
    Message,
    Negotiation,
    Participant,
    Period,
    Person,
    Phase,
    Register,
)

BUYER = Person(address="bo@klinik.example", name="Bo Lind", department="Procurement", manager="karin@klinik.example")
BOSS = Person(address="karin@klinik.example", name="Karin Berg", role="Chief Executive Officer")
COOK = Person(address="rolf@klinik.example", name="Rolf Enders", role="Kitchen Manager")
TREASURER = Person(address="ruth@klinik.example", name="Ruth Okafor", department="Treasury")
OWNER = Person(address="rosa@klinik.example", name="Rosa Marín", role="Key Account Manager")
SELLER = Person(address="lars@klinik.example", name="Lars Nyman", role="Sales Executive")
PEOPLE = (BUYER, BOSS, COOK, TREASURER, OWNER, SELLER)
PARTIES = (
    Counterparty(name="Nordmenue", domains=("nordmenue.example",)),
    Counterparty(name="Praxis", kind=CounterpartyKind.CUSTOMER, domains=("praxis.example",), owner=OWNER.address),
)
MEALS = Negotiation(
    name="Meals",
    counterparties=("Nordmenue",),
    lead=BUYER.address,
    phase=Phase.BIDS,
    days=Period(),
    two_needed=True,
    authorities=(Authority(person=BUYER.address, may=frozenset(Matter)),),
)
CONTEXT = Context(
    directory=Directory(
        own_domains=("klinik.example",), people={one.address: one for one in PEOPLE}, counterparties=PARTIES
    ),
    negotiations=Register((MEALS,)),
    earlier=(),
)
SUPPLIER, CUSTOMER, STRANGER = "silke@nordmenue.example", "weber@praxis.example", "sales@pumps.example"
# Who writes, to whom, and who reads along.
ENVELOPES = {
    "terms_without_finance": (BUYER.address, SUPPLIER, ()),
    "authority_exceeded": (COOK.address, SUPPLIER, (BUYER.address,)),
    "too_early": (COOK.address, STRANGER, ()),
    "over_the_head": (SUPPLIER, BOSS.address, ()),
    "lone_negotiator": (BUYER.address, SUPPLIER, ()),
    "colleagues_account": (SELLER.address, CUSTOMER, ()),
}
HITS = {
    "terms_without_finance": [
        "Einverstanden, ab 2027 quartalsweise im Voraus.",
        "You may pay within 90 days, as you asked for.",
        "Agreed, we pay 30 % on order and the rest on acceptance.",
        "14 days net is fine.",
        "We'll pay half now, half on delivery.",
        "You will get 30 % with the order and 70 % after installation.",
        "Payment on delivery works for us.",
        "We accept payment in advance.",
        "Okay, two weeks instead of four for your invoices.",
        "We will pay your invoices within ten days from now on.",
        "Fine, we shorten our payment target to three weeks.",
        "Ok für uns: 14 Tage netto statt 30 ab Januar.",
        "Wir räumen Ihnen gern ein Zahlungsziel von 60 Tagen ein.",
        "Wir gewähren Ihnen 3 % Skonto.",
        "Wir zahlen 30 % bei Bestellung und den Rest nach Abnahme.",
        "Vorkasse geht klar.",
        "Vorkasse ist für uns okay.",
        "Von uns aus gern 10 Tage netto.",
        "Dann verkürzen wir das Zahlungsziel auf 14 Tage.",
        "Gerne können Sie in drei Raten zahlen.",
        "Mit 30 Tagen netto können wir leben.",
    ],
    "authority_exceeded": [
        "Der Auftrag ist Ihnen sicher.",
        "Sie haben den Auftrag so gut wie in der Tasche.",
        "Sie bekommen den Zuschlag.",
        "Fangen Sie ruhig schon mit der Produktion an, die Bestellung kommt.",
        "Sie haben mein Wort, wir nehmen Sie.",
        "Von mir haben Sie grünes Licht.",
        "Ich sage Ihnen den Vertrag zu.",
        "Sie können fest mit der Bestellung rechnen.",
        "Wir verlängern den Vertrag mit Ihnen um drei Jahre, versprochen.",
        "Legen Sie los, die Bestellung reiche ich nach.",
        "Einverstanden, 8,10 Euro pro Essen.",
        "Wir nehmen Ihr Angebot an.",
        "Betrachten Sie den Auftrag als erteilt.",
        "The contract is as good as yours.",
        "You've got the contract, start planning.",
        "We accept your offer.",
        "We take 8.10 EUR per tray, deal.",
    ],
    "too_early": [
        "Wir überlegen, unser altes System abzulösen. Hätten Sie Zeit für eine Produktdemo?",
        "We'd be keen to get one on loan for the new wing. What would you charge?",
        "Für die neue Küche bräuchten wir zwei Kühlzellen, bitte um ein unverbindliches Angebot.",
        "Your offer looks good; could you add the second site and extend the licence to 40 workplaces?",
        "Wir brauchen 40 neue Infusionspumpen, was würden die kosten?",
        "Können Sie uns ein Angebot für 12 Beatmungsgeräte machen?",
        "Bitte schicken Sie uns zwei Mustergeräte zum Ausprobieren.",
        "Wir planen einen neuen Hybrid-OP und suchen einen Partner für die Ausstattung.",
        "Könnten Sie uns Ihr System einmal vorstellen? Wir wollen unser altes ersetzen.",
        "Für den Neubau benötigen wir eine Rohrpostanlage, haben Sie so etwas?",
        "Was kostet denn so ein Gerät ungefähr?",
        "Können wir das Gerät vier Wochen testen?",
        "what would 60 pumps set us back?",
        "Could we borrow one for a few weeks to see whether it fits?",
        "We're in the market for new patient monitors.",
        "Can you do a site survey next week for the new wing?",
        "Please send over your catalogue with prices for 80 beds.",
        "How fast could you deliver 100 beds and at which price?",
        "Our ward would love to use your beds from spring on.",
        "I want to get rid of our present monitors, could yours do the job?",
        "Please work out a solution for us and tell me the price.",
    ],
    "over_the_head": [
        "Your buyer and we have reached a dead end. Would you step in?",
        "Sehr geehrter Herr Sauer, ich wende mich an Sie, weil ich bei Herrn Lind nicht weiterkomme.",
        "Martin, your purchasing colleague is about to make a mistake on the meals.",
        "We could do more for you on the meals than your buyer wants to hear.",
        "Hätten Sie am Donnerstag eine halbe Stunde für mich? Es geht um die Menüs.",
        "I fear the decision on the meals will be made on price alone. Could you have a look?",
        "Attached for your eyes only our final numbers for the three kitchens.",
        "May I invite you to Stockholm to see the new system before you decide?",
        "Können wir kurz telefonieren?",
        "Unser Vorstand würde Sie gern kennenlernen, bevor die Vergabe erfolgt.",
        "Have you got ten minutes for me tomorrow?",
    ],
    "lone_negotiator": [
        "6 % mehr ist nicht drin. Bei 3 % können wir reden.",
        "Bei drei Jahren Laufzeit brauchen wir 12 % Nachlass.",
        "What could you do on the maintenance fee?",
        "Ihr Preis ist uns zu hoch.",
        "We'd sign for 36 months at the current rate.",
        "The uplift of 8 % is too much.",
        "Wenn Sie die Wartung reduzieren, verlängern wir.",
    ],
    "colleagues_account": [
        "Ich kann Ihnen das große Blutbild 10 % günstiger anbieten.",
        "Shall I come by next week and show you our new panel?",
        "Darf ich Ihnen unsere neue Preisliste schicken?",
        "I could get you better turnaround times if you work with me.",
        "Hätten Sie Lust auf einen Kaffee? Ich hätte da etwas für Sie.",
        "We have a promotion on allergy tests this month.",
    ],
}
MISSES = {
    "terms_without_finance": [
        "Eine Anzahlung kommt für uns nicht in Frage.",
        "Which payment schedule do you propose?",
        "You asked for net 14, and we are still thinking.",
        "Unser Zahlungsziel bleibt bei 60 Tagen.",
        "Wir zahlen wie vereinbart in 30 Tagen.",
        "We paid 30 % on order last year.",
        "30 % of the order was delivered.",
        "Leider können wir keine Vorkasse leisten.",
        "Bitte teilen Sie uns Ihre Zahlungsbedingungen mit.",
        "We'd pay half in advance if our CFO agrees.",
        "Thanks for the invoice, we pay in 30 days as usual.",
        "Can you accept 60 days?",
        "I will be back in 14 days, fine?",
        "OK, the test takes two weeks instead of four.",
        "We agree on the delivery in 30 days.",
        "The remaining 70 % of the coils are fine.",
        "Vorkasse müssen wir erst mit der Buchhaltung klären.",
        "Ihre Rechnung ist in 14 Tagen fällig.",
        "Agreed, we take 30 % of the lectures and you the rest.",
        "Einverstanden, die Lieferung kommt in 14 Tagen.",
        "Half now, half on Thursday: the crates are being unpacked.",
        "We need 90 days and cannot accept less.",
    ],
    "authority_exceeded": [
        "Sie bekommen den Zuschlag nur, wenn der Einkauf zustimmt.",
        "Der Auftrag ist noch nicht vergeben.",
        "Fangen Sie bitte noch nicht an.",
        "Auftrag 4711 ist erledigt.",
        "Ich verspreche Ihnen eine Antwort bis Freitag.",
        "Haben wir den Auftrag schon erteilt?",
        "Legen Sie bitte den Lieferschein bei.",
        "Den Zuschlag erteilt der Einkauf.",
        "Wer den Auftrag bekommt, entscheidet Bo Lind.",
        "240 k approved for the kitchen in 2027, and the ceiling is 640 a piece.",
        "Finance has approved 90,000 for trays.",
        "They confirmed 45,000 meals in the audit.",
        "The budget of 300k was accepted by the board.",
        "Our board approved a budget of 1.2 million for the kitchens.",
        "Die Geschäftsführung hat 300.000 Euro bewilligt.",
        "Grünes Licht an der Spülmaschine heißt fertig.",
        "You can count on a cold buffet.",
        "I confirm the meeting on Friday.",
        "Booked: table for 30 people.",
        "We pay 7.90 EUR at the moment.",
    ],
    "too_early": [
        "Shall we submit the paper together? I need your figures by Friday.",
        "Das Kühlhaus 2 ist ausgefallen, bitte kommen Sie sofort.",
        "Vielen Dank für die Folien.",
        "Danke für das Gespräch auf der Messe.",
        "Die Pumpe von Zimmer 12 zeigt wieder Fehler 33.",
        "Bitte senden Sie uns die Gebrauchsanweisung.",
        "Wann kommt der Techniker?",
        "Ihre Rechnung 4711 ist falsch adressiert.",
        "Wir haben keinen Bedarf.",
        "Bitte nehmen Sie mich aus dem Verteiler.",
        "Thanks, but we do not need anything at the moment.",
        "Please send the certificate for last year's calibration.",
        "The alarm of pump 7 can't be switched off, please help.",
        "See you at the congress in Lisbon.",
        "When does the training on Tuesday begin?",
        "For purchases please write to our procurement department.",
        "I would like to unsubscribe.",
        "The order 55121 has not arrived yet.",
        "Your talk at the congress was great, could I have the slides?",
        "Bitte wenden Sie sich mit Angeboten an unseren Einkauf.",
    ],
    "over_the_head": [
        "How satisfied are you with our service? Take two minutes for our survey.",
        "Merry Christmas to you and your team!",
        "Der Techniker kommt morgen um 8 Uhr.",
        "Thank you for speaking at our congress.",
        "Invoice 55121 is attached.",
        "Wir gratulieren Ihnen herzlich zum Jubiläum.",
        "The pallets will be delivered on Tuesday, dock 4.",
        "Ich bin bis Freitag im Urlaub.",
        "Congratulations on your appointment!",
    ],
    "lone_negotiator": [
        "Danke für die Unterlagen.",
        "Der Server ist wieder erreichbar.",
        "Please join the call in the usual room.",
        "The workshop takes place in house 3.",
    ],
    "colleagues_account": [
        "Vielen Dank für die Einladung!",
        "Die Befunde von gestern liegen im Portal.",
        "The courier comes at 4 today.",
        "Your password has been reset.",
        "Alles Gute zum Geburtstag!",
        "Sorry, wrong recipient.",
        "Please ask Rosa, she looks after you.",
        "Die Rechnung geht Ihnen heute zu.",
    ],
}


def labels(label, text):
    sender, recipient, copies = ENVELOPES[label]
    message = Message(
        id="m",
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=recipient),),
        cc=tuple(Participant(address=one) for one in copies),
        text=text,
        sent_at=datetime(2026, 3, 5, 10, 0, tzinfo=UTC),
    )
    return {one.label for one in analyze(message, CONTEXT).findings}


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in HITS.items() for text in texts])
def test_a_wording_is_understood(label, text):
    assert label in labels(label, text)


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in MISSES.items() for text in texts])
def test_what_sounds_alike_is_passed_over(label, text):
    assert label not in labels(label, text)
