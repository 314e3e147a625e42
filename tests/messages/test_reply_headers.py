import pytest

from messages import PartKind, clean

_HEADERS = {
    "English, Gmail": "On Tue, Jun 4, 2024 at 10:12 AM Ann Lee <ann@norvik.example> wrote:",
    "English, wrapped": "On Tue, Jun 4, 2024 at 10:12 AM Ann Lee via Norvik Service <\nann@norvik.example> wrote:",
    "English, four lines": "On Tue, Jun 4, 2024,\nat 10:12,\nAnn Lee\n<ann@norvik.example> wrote:",
    "English, Apple": "On 4 Jun 2024, at 10:12, Ann Lee <ann@norvik.example> wrote:",
    "English, address alone": "Ann Lee <ann@norvik.example> wrote:",
    "English, no address": "On 04.06.24 10:12, Ann Lee wrote:",
    "English, Zoho": "---- On Tue, 04 Jun 2024 10:12:43 +0200 Ann Lee <ann@norvik.example> wrote ----",
    "German": "Am 04.06.2024 um 10:12 schrieb Ann Lee <ann@norvik.example>:",
    "German, name first": "Ann Lee <ann@norvik.example> schrieb am Di., 4. Juni 2024,\n10:12:",
    "German, wrapped": 'Am 04.06.2024 10:12 schrieb "Ann Lee" <ann@norvik.example\n>:',
    "French": "Le mar. 4 juin 2024 à 10:12, Ann Lee <ann@norvik.example> a écrit :",
    "French, wrapped": "Le 4 juin 2024 10:12, Ann Lee\n<ann@norvik.example>\na écrit :",
    "Spanish": "El mar, 4 jun 2024 a las 10:12, Ann Lee (<ann@norvik.example>) escribió:",
    "Italian": "Il giorno mar 4 giu 2024 alle ore 10:12 Ann Lee <ann@norvik.example> ha scritto:",
    "Portuguese": "Em ter., 4 de jun. de 2024 às 10:12, Ann Lee <ann@norvik.example> escreveu:",
    "Dutch": "Op di 4 jun 2024 om 10:12 schreef Ann Lee <ann@norvik.example>:",
    "Dutch, Apple": "Op 4 jun. 2024 om 10:12 heeft Ann Lee <ann@norvik.example> het volgende geschreven:",
    "Swedish": "Den tis 4 juni 2024 kl 10:12 skrev Ann Lee <ann@norvik.example>:",
    "Norwegian": "Den 4. juni 2024 kl. 10.12 skrev Ann Lee <ann@norvik.example>:",
    "Finnish": "ti 4. kesäkuuta 2024 klo 10.12 Ann Lee <ann@norvik.example> kirjoitti:",
    "Polish": "W dniu 2024-06-04 10:12:39 użytkownik Ann Lee <ann@norvik.example> napisał:",
    "Polish, Apple": "Dnia 4 cze 2024 o godz. 10:12 Ann Lee <ann@norvik.example> napisał(a):",
    "Russian": "вт, 4 июн. 2024 г. в 10:12, Ann Lee <ann@norvik.example>:",
    "no verb": "2024-06-04 10:12 GMT+02:00 Ann Lee <ann@norvik.example>:",
}
_PROSE = {
    "what somebody wrote": "On 12 May you wrote:",
    "with a year": "On 12.05.2024 the auditor wrote:",
    "an opener alone": "On the price:",
    "a weekday alone": "On Thursday:",
    "wrote in a sentence": "On Monday at 10:12 Jens wrote that the budget is gone.",
    "German prose": "Am 12. Mai schrieb uns der Lieferant:",
    "an address to write to": "Please send it to ann@norvik.example as follows:",
    "a time and a colon": "10:12 departure, 11:40 arrival:",
    "a long story": (
        "On 4 June 2024 after the meeting in the hall with all the people from the plant and the bank Jens wrote:"
    ),
}


@pytest.mark.parametrize("header", _HEADERS.values(), ids=_HEADERS)
def test_a_reply_header_starts_a_quote_to_the_end(header):
    text = f"Our ceiling is 4.20.\n\n{header}\n\nWhat is your ceiling?\n\nAnn\n"
    divided = clean(text)
    assert divided.joined(PartKind.NEW).strip() == "Our ceiling is 4.20."
    assert divided.joined(PartKind.QUOTE).startswith(header[:20])


@pytest.mark.parametrize("header", _HEADERS.values(), ids=_HEADERS)
def test_a_reply_header_names_the_author_of_its_quote(header):
    divided = clean(f"No.\n\n{header}\n> What is your ceiling?\n\nJune works.\n")
    (quote,) = divided.of(PartKind.QUOTE)
    assert quote.author == ("ann@norvik.example" if "@" in header else "")
    assert divided.joined(PartKind.NEW).split() == ["No.", "June", "works."]


@pytest.mark.parametrize("prose", _PROSE.values(), ids=_PROSE)
def test_what_an_author_tells_starts_no_quote(prose):
    divided = clean(f"Hello,\n\n{prose}\n\nThe limit is 4.20.\n")
    assert divided.of(PartKind.QUOTE) == ()


@pytest.mark.parametrize(
    "prose", ["On 12 May you wrote:", "On Friday Giulia Ferrante wrote:", "Am 12. Mai schrieb Jens:"]
)
def test_what_an_author_tells_belongs_to_the_marked_lines_below(prose):
    divided = clean(f"Hello,\n\n{prose}\n> What is your limit?\n\nNothing under 4.20.\n")
    assert prose in divided.joined(PartKind.QUOTE)
    assert "Nothing under 4.20." in divided.joined(PartKind.NEW)


def test_the_nearest_opening_begins_the_header():
    text = "On this day\n\nI wrote something\n\nOn 28 Jan 2024, at 19:04, Ann Lee wrote:\n\n> What?\n"
    assert clean(text).joined(PartKind.NEW).split() == ["On", "this", "day", "I", "wrote", "something"]


def test_an_answer_below_a_header_without_marks_at_the_top_is_new():
    text = "On 8 May 2024 17:34, Ann Lee <ann@norvik.example> wrote:\n\nThe limit is 4.20.\n"
    divided = clean(text)
    assert divided.joined(PartKind.NEW).strip() == "The limit is 4.20."
