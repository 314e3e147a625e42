"""What of a plan is found, in whose words, told to whom; and what may stand there for another reason."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.catalogue import analyze
from detectors.context import Context
from messages import (
    Channel,
    Counterparty,
    Directory,
    FactKind,
    Message,
    Negotiation,
    Participant,
    Person,
    Published,
    Register,
    SealedFact,
)

US, THEM, OTHERS = "pavel@ourco.example", "lena@norvik.example", "uwe@brandl.example"
AT = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
DIRECTORY = Directory(
    own_domains=("ourco.example",),
    people={US: Person(address=US, name="Pavel Dušek")},
    counterparties=(
        Counterparty(name="Norvik", domains=("norvik.example",)),
        Counterparty(name="Brandl", domains=("brandl.example",)),
    ),
)
RATES = {"USD": 1.08, "GBP": 0.86}


def fact(kind, **fields):
    return SealedFact(id="it", kind=FactKind(kind), **fields)


def price(value, **fields):
    return fact("amount", value=value, currency=fields.pop("currency", "EUR"), **fields)


def day(first, last=None, **fields):
    return fact("date", first=date.fromisoformat(first), last=date.fromisoformat(last or first), **fields)


def register(*facts, **fields):
    told = {"name": "Castings", "counterparties": ("Norvik",), "lead": "bo@ourco.example", **fields}
    return Register((Negotiation(sealed=facts, **told),), RATES)


def judged(text, known, *, sender=US, to=(THEM,), subject="", channel=Channel.EMAIL, sent_at=AT):
    message = Message(
        id="m",
        channel=channel,
        sender=Participant(address=sender),
        to=tuple(Participant(address=one) for one in to),
        subject=subject,
        text=text,
        sent_at=sent_at,
    )
    return analyze(message, Context(directory=DIRECTORY, negotiations=known))


def found(text, *facts, **how):
    return [one for one in judged(text, register(*facts), **how).findings if one.label == "sealed_fact"]


SHARE, IRISH = fact("percentage", value=60), fact("name", words=("Gráinne O'Malley",))
PIECE, TOTAL = price(7.5, unit="piece", quantity=400_000), price(1_284_000)
TOLD = [
    (PIECE, "7.5 is where we want to be"),
    (PIECE, "unser Zielpreis ist 7,50"),
    (PIECE, "bei sieben fünfzig schlagen wir ein"),
    (PIECE, "come down to seven fifty and we have a deal"),
    (PIECE, "not more than 7½, otherwise Bo says no"),
    (PIECE, "we could live with just under eight"),
    (PIECE, "all in we will not spend more than 3 million"),
    (PIECE, "8.10 dollars a piece is all that we would pay"),
    (price(3_000_000, quantity=400_000), "that would be 7.50 a piece for us at most"),
    (price(7500), "€7.5k is what is left"),
    (price(2_000_000), "somewhere in the 1.9-2.1M range"),
    (price(2_000_000), "le budget est de 2 000 000 €"),
    (price(100_000, currency="USD"), "about 93,000 euros is what we can pay"),
    (TOTAL, "the total in our plan is 1,284,000"),
    (TOTAL, "we stop just short of 1.3 million euros"),
    (fact("percentage", value=12), "we aim for 12 % off"),
    (fact("percentage", value=12), "about an eighth off would be ok for us"),
    (fact("percentage", value=10, words=("margin",)), "one in ten is what we keep, margin-wise"),
    (fact("duration", value=90, unit="days", words=("payment",)), "three months to pay would be our wish"),
    (fact("duration", value=90, unit="days", words=("payment",)), "net 90 please"),
    (fact("duration", value=1, unit="weeks", words=("stock",)), "eine Woche reicht unser Bestand noch"),
    (fact("quantity", value=40_000, unit="pieces"), "we'll order 40,000 a year"),
    (fact("quantity", value=12, unit="machines"), "in the end we'll buy a dozen"),
    (day("2026-03-16", "2026-03-22"), "our launch is next week"),
    (day("2026-03-16", "2026-03-22"), "week 12 is when we go live"),
    (day("2026-05-15"), "Entscheidung am 15. Mai"),
    (day("2026-05-15"), "the board decides in mid-May"),
    (day("2026-03-13"), "we decide this Friday"),
    (day("2026-07-15"), "we must decide before the summer break"),
    (fact("name", words=("Halden Castings Ltd",)), "Halden offered the same"),
    (fact("name", words=("Martin Köhler",)), "MK signs it in the end"),
    (fact("phrase", words=("close the Leipzig plant",)), "closure of the Leipzig plant is decided"),
    (SHARE, "three fifths of the volume would be yours, we promise"),
    (SHARE, "six of ten lots we want to give you"),
    (SHARE, "wir wollen sechs von zehn Aufträgen an euch geben"),
    (SHARE, "the split we plan is 60/40"),
    (SHARE, "sixty-forty is the split that we aim for"),
    (fact("percentage", value=100 / 3), "every third order is what we want to give you"),
    (fact("percentage", value=0.8), "point eight percent is our limit"),
    (fact("percentage", value=0.8), "null Komma acht Prozent ist unsere Grenze"),
    (fact("percentage", value=0.8), "eight tenths of a percent would be fine with us"),
    (fact("percentage", value=0.8), "8 ‰ ist unsere Grenze"),
    (fact("percentage", value=2.25), "225 basis points is our limit on the price clause"),
    (fact("percentage", value=2.25), "two and one quarter percent is as high as we go"),
    (fact("percentage", value=2.25), "zweieinviertel Prozent wollen wir mitgehen"),
    (fact("percentage", value=0.25), "a quarter of a percent is all that we accept"),
    (fact("percentage", value=12), "bei 12 v. H. schlagen wir ein"),
    (fact("duration", value=30, unit="months", words=("contract",)), "we want a contract of two years and six months"),
    (fact("duration", value=16, unit="months", words=("contract",)), "our plan is 1 1/3 years of contract"),
    (fact("duration", value=15, unit="months", words=("Vertrag",)), "Vertrag über ein Jahr und drei Monate geplant"),
    (fact("duration", value=9, unit="months", words=("Umzug",)), "der Umzug dauert ein Dreivierteljahr"),
    (fact("quantity", value=14, unit="fitters", words=("fitters", "Monteure")), "at present it is 14 fitters"),
    (fact("quantity", value=14, unit="fitters", words=("fitters", "Monteure")), "derzeit sind es vierzehn Monteure"),
    (fact("quantity", value=260, unit="lamps", words=("lamps", "Leuchten")), "es geht um zweihundertsechzig Leuchten"),
    (fact("quantity", value=9_600, unit="m²", words=("area",)), "total area 9'600 m2"),
    (price(32.5, unit="hour", words=("fitter",)), "I'd offer a bit over thirty-two an hour for each fitter"),
    (price(640_000, words=("crane",)), "the crane may cost 640,000 euros, with training"),
    (price(640_000, words=("crane",)), "I cannot say much, but for the crane 640 k would do"),
    (fact("duration", value=36, unit="months", words=("term",)), "the term is 36 months, they just won't say it"),
    (day("2026-11-14", "2026-11-15", words=("switch",)), "we switch on 14/15 November"),
    (day("2026-11-14", "2026-11-15", words=("Umstellung",)), "Umstellung ist am 14./15.11."),
    (day("2026-08-01", "2026-08-15", words=("Montage",)), "Montage nur in der ersten Augusthälfte"),
    (day("2026-11-14", words=("switch",)), "the switch is on the second Saturday in November"),
    (day("2026-07-31", words=("contract",)), "as of 1 August we have no contract any more"),
    (IRISH, "careful, O'Malley has seen your quote"),
    (IRISH, "ask Frau OMalley, she writes the report"),
    (IRISH, "Ours are B. Lind and G. O'Malley."),
    (IRISH, "it came from Gráinne, our analyst"),
    (fact("name", words=("Halden Castings Ltd",)), "You are up against H a l d e n, keep it to yourself."),
    (fact("name", words=("Anneliese Brink-Osei",)), "Ms Osei has the last word"),
]
NOT_TOLD = [
    (PIECE, "Your offer of 7.50 per piece arrived, we will look at it."),
    (PIECE, "The gap is 7.5 mm."),
    (PIECE, "Clause 7.5 is missing."),
    (PIECE, "The toll is 7.50 per truck."),
    (PIECE, "I owe you 7.50 for the coffee."),
    (PIECE, "we want 7.80 a piece"),
    (PIECE, "at most 8.40 dollars a piece"),
    (price(7500), "Invoice 7500 was paid on Monday."),
    (price(7500), "The contract number is 7500."),
    (price(2_000_000), "We had 2 million visitors on our website."),
    (price(100_000, currency="USD"), "our limit is 100,000 PLN"),
    (TOTAL, "Account 1284000 does not exist any more."),
    (TOTAL, "we spend 1,312,000 on it"),
    (TOTAL, "The tank holds 1,284,000 litres."),
    (fact("percentage", value=12), "Humidity must be below 12 %."),
    (fact("percentage", value=12), "12 % of the parts were rusty."),
    (fact("percentage", value=10, words=("margin",)), "10 % of the screws are short."),
    (fact("duration", value=90, unit="days", words=("payment",)), "The warranty on your compressor is 90 days, right?"),
    (fact("duration", value=90, unit="days", words=("payment",)), "Three months ago we had the same issue."),
    (fact("duration", value=1, unit="weeks", words=("stock",)), "We lost a week because of the strike."),
    (fact("quantity", value=40_000, unit="pieces"), "We received 40,000 pieces and counted 39,980."),
    (fact("quantity", value=12, unit="machines"), "Please send 12 catalogues."),
    (day("2026-03-16", "2026-03-22"), "See you in week 12 at the fair."),
    (day("2026-03-16", "2026-03-22"), "Our launch is in two months."),
    (day("2026-05-15"), "The delivery of PO 4471 is due on 15 May."),
    (day("2026-05-15"), "I am on vacation until 15 May."),
    (day("2026-03-13"), "Lunch on Friday?"),
    (day("2027-05-15"), "the board decides on 15 May 2026"),
    (fact("name", words=("Halden Castings Ltd",)), "The castings have arrived."),
    (fact("name", words=("Martin Köhler",)), "Martin from your side asked for the drawing."),
    (fact("phrase", words=("close the Leipzig plant",)), "The plant in Leipzig has a new canteen."),
    (PIECE, "I can't tell you whether 7.50 is too much."),
    (PIECE, "Whether 7.50 is too much I cannot say."),
    (PIECE, "Your shop charged 7.50 EUR a piece for the gaskets."),
    (SHARE, "We found pores in 6 out of 10 parts."),
    (SHARE, "A 60/40 mixture of water and glycol is in the circuit."),
    (SHARE, "Sixty percent of our trains were late."),
    (fact("percentage", value=2.25), "My bank pays 2.25 % on savings."),
    (fact("percentage", value=2.25), "Elongation was 2.25 % on the second sample."),
    (fact("percentage", value=2.25), "Die Abweichung war 2,25 %, das ist in Ordnung."),
    (fact("percentage", value=2.25), "Inflation was 2.25 % in May, says the radio."),
    (price(2_150_000), "2.15 million load cycles without a crack."),
    (fact("duration", value=28, unit="months", words=("payback",)), "The warranty on the pump runs for 28 months."),
    (fact("duration", value=6, unit="weeks", words=("notice",)), "Delivery time is six weeks according to your list."),
    (fact("duration", value=9, unit="months", words=("exit",)), "Nine months pregnant and still on the shop floor."),
    (fact("duration", value=42, unit="days", words=("notice",)), "The filter must be replaced every 42 days."),
    (fact("duration", value=3, unit="years", words=("term",)), "In three years from now nobody will use fax."),
    (fact("quantity", value=14, unit="fitters", words=("fitters",)), "14 people signed up for the tour."),
    (fact("quantity", value=14, unit="fitters", words=("fitters",)), "Please send 14 copies of the manual."),
    *(
        (day("2026-05-15", words=("decision", "board")), text)
        for text in (
            "I am out of office until 15 May.",
            "i'm off from 15 may",
            "Our summer party is on 15 May, you are welcome.",
            "Am 15. Mai hat meine Frau Geburtstag, da kann ich nicht.",
            "Am 15.5. ist bei uns Sommerfest.",
            "Deadline for the abstracts of the congress is 15 May.",
            "The next steering call is on 15 May at 10.",
            "Können wir die Besprechung vom 15. Mai verschieben?",
            "The badge is valid until 15 May.",
            "Your letter of 15 May last year answers that.",
            "The circuit board failed on 15 May last year.",
            "Vertragsnummer 15-05-26, bitte angeben.",
            "The lamps were installed on 15 May.",
            "My credit card expires on 15 May.",
        )
    ),
    (IRISH, "My cousin Gráinne moved to Cork."),
    (IRISH, "Gráinne from your sales office called."),
    (IRISH, "Table for eight at O'Neill's."),
    (IRISH, "S. Malley from your legal department has not signed."),
    (fact("name", words=("Dr. Thaddeus Vane",)), "Mr Thaddeus from your sales office called."),
]


@pytest.mark.parametrize(("sealed", "text"), TOLD, ids=lambda one: one[:40] if isinstance(one, str) else "")
def test_a_fact_is_found_in_any_wording(sealed, text):
    [one] = found(text, sealed)
    assert (one.rule, one.reason) == ("it", "a sealed fact of negotiation “Castings”")
    assert text[one.start : one.end] == one.quote


@pytest.mark.parametrize(("sealed", "text"), NOT_TOLD, ids=lambda one: one[:40] if isinstance(one, str) else "")
def test_the_same_figure_of_something_else_is_not_the_fact(sealed, text):
    assert found(text, sealed) == []


def test_digits_in_disguise_are_read():
    assert found("our limit is 1,28４,00０ eur", TOTAL)
    assert found("our l\u200bimit is 1 284 000 €", TOTAL)


def test_what_they_write_is_no_telling_and_holds_the_fact_all_the_same():
    analysis = judged("We could do 1,284,000 EUR in total.", register(TOTAL, id="n1"), sender=THEM, to=(US,))
    assert [one for one in analysis.findings if one.label == "sealed_fact"] == []
    assert analysis.sealed_in == {"n1"}


@pytest.mark.parametrize(
    "text",
    [
        "Thanks.\n\n> On Monday Lena wrote:\n> Is Halden Castings in the running?\n",
        "Thanks.\n\nBest regards\nPavel Dušek\nDesign Engineer\nHalden Castings Road 4\n",
    ],
)
def test_quotes_and_signatures_hold_a_fact_without_telling_it(text):
    analysis = judged(text, register(fact("name", words=("Halden Castings",))))
    assert [one for one in analysis.findings if one.label == "sealed_fact"] == []
    assert analysis.sealed_in == {"Castings"}


def test_an_internal_mail_holds_a_fact_without_telling_it():
    analysis = judged("Our limit is 1,284,000 EUR.", register(TOTAL), to=("ida@ourco.example",))
    assert [one for one in analysis.findings if one.label == "sealed_fact"] == []
    assert analysis.sealed_in == {"Castings"}


def test_what_our_person_forwards_outward_counts():
    forwarded = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Bo Lind <bo@ourco.example>\nDate: Mon, 9 Mar 2026\n"
        "Subject: Plan\nTo: Pavel <pavel@ourco.example>\n\nOur limit is 1,284,000 EUR.\n"
    )
    assert found(forwarded, TOTAL)


def test_the_subject_of_a_mail_counts_and_is_quoted_as_its_part():
    [one] = found("See above.", TOTAL, subject="Our limit is 1,284,000 EUR")
    assert (one.part, one.quote) == ("subject", "1,284,000 EUR")


ELSEWHERE = [
    (TOTAL, "Our limit is 1,284,000 EUR for this.", True),
    (fact("name", words=("Halden Castings Ltd",)), "Halden Castings offered the same.", True),
    (fact("name", words=("Halden Castings Ltd",)), "Halden is a lovely village.", False),
    (price(50), "We can pay 50 EUR.", False),
    (price(50, words=("lining",)), "For the castings our limit is 50 EUR, lining included.", True),
    (price(50, words=("lining",)), "For the castings 50 EUR were charged.", False),
    (day("2026-05-15"), "We decide on 15 May.", False),
    (fact("percentage", value=12), "we aim for 12 % off", False),
]


@pytest.mark.parametrize(
    ("sealed", "text", "is_told"), ELSEWHERE, ids=lambda one: one[:30] if isinstance(one, str) else ""
)
def test_somebody_who_is_not_invited_is_told_only_what_is_rare_or_named(sealed, text, is_told):
    assert bool(found(text, sealed, to=(OTHERS,))) is is_told


def test_what_all_bidders_were_told_is_sealed_no_longer():
    told = Published(text="The budget is EUR 1,284,000; the award is on 15 May 2026.", on=date(2026, 3, 1))
    later = replace(told, on=date(2026, 4, 1))
    for one in (TOTAL, day("2026-05-15", words=("award",))):
        text = "Our total is 1,284,000 EUR." if one is TOTAL else "The award is on 15 May."
        assert judged(text, register(one, published=(told,))).sealed_in == frozenset()
        assert judged(text, register(one, published=(later,))).sealed_in == {"Castings"}


def test_naming_the_reader_to_the_reader_tells_nothing():
    sealed = fact("name", words=("Brandl Hydraulics",))
    assert found("Dear Mr Brandl, thank you.", sealed, to=(OTHERS,)) == []
    assert found("Brandl Hydraulics is in the running, too.", sealed)


@pytest.mark.parametrize("text", ["pay seven and a half", "go to €7.50", "halden wants it"])
def test_it_works_without_a_date_and_without_a_thread(text):
    sealed = (PIECE, fact("name", words=("Halden Castings",)))
    assert judged(f"we would {text}", register(*sealed), sent_at=None).sealed_in


def test_a_register_without_facts_finds_nothing():
    known = register(TOTAL).without_sealed()
    assert judged("Our limit is 1,284,000 EUR.", known).sealed_in == frozenset()


def test_an_analysis_names_the_negotiations_that_a_message_belongs_to():
    assert judged("Hello.", register(TOTAL, id="n1")).negotiations == ("n1",)
    assert judged("Hello.", register(TOTAL)).negotiations == ("Castings",)
    assert judged("Hello.", register(TOTAL), to=(OTHERS,)).negotiations == ()


FACTS = (
    *(PIECE, TOTAL, fact("percentage", value=12), day("2026-05-15"), fact("duration", value=90, unit="days")),
    *(fact("quantity", value=40_000, unit="pieces"), fact("name", words=("Jörg Müller-Lüdenscheid", "BB27"))),
    fact("phrase", words=("close the Leipzig plant",)),
)
pieces = st.sampled_from(
    [
        "7½",
        "€",
        "1,284,000",
        " ",
        "İ",
        "ı",
        "\u200b",
        "\n> ",
        "mid-May",
        "BB27",
        "Mueller-Luedenscheid",
        "12 %",
        "a third",
        "ſ",
    ]
)


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=120) | st.lists(pieces, max_size=20).map("".join), subject=st.text(max_size=30))
def test_whatever_is_written_offsets_index_the_original(text, subject):
    analysis = judged(text, register(*FACTS), subject=subject)
    for one in analysis.findings:
        if one.label == "sealed_fact":
            source = subject if one.part else text
            assert source[one.start : one.end] == one.quote
            assert one.quote


@settings(deadline=None, max_examples=60)
@given(
    value=st.integers(1_000, 10**7),
    style=st.sampled_from(["€{}", "{} EUR", "EUR {}", "{} Euro", "€ {},-"]),
    mark=st.sampled_from([",", ".", " ", "'", ""]),
)
def test_any_amount_in_any_style_is_found(value, style, mark):
    written = style.format(f"{value:,}".replace(",", mark))
    assert found(f"We can pay {written} for it.", price(value))
    assert found(f"Wir können {written} zahlen.", price(value))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We plan to decide on Friday.", "2026-03-13"),
        ("We plan to decide on Monday next week.", "2026-03-16"),
        ("We plan to decide tomorrow, and all three of us agree.", "2026-03-11"),
        ("We plan to decide within a week.", "2026-03-17"),
        ("We plan to decide on Friday in five weeks.", "2026-04-17"),
        ("We plan to decide on Monday the 20th.", "2026-04-20"),
        ("On Friday we plan to decide by week 16.", "2026-04-15"),
        ("We plan to decide on Good Friday.", "2026-04-03"),
        ("Tell them on Friday: we plan to decide on the 9th.", "2026-04-09"),
        ("On Friday we plan to decide by the end of the month.", "2026-03-30"),
    ],
)
def test_a_day_is_found_by_its_distance_from_today_however_far_its_words_reach(text, told):
    assert found(text, day(told, words=("decide",)))


def test_a_weekday_is_not_taken_for_a_day_a_month_later():
    assert not found("We plan to decide on Friday.", day("2026-04-17", words=("decide",)))
