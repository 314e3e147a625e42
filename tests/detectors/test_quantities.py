import pytest
import re2

from detectors.patterns import as_bytes, encoded, options
from messages import fold

HITS = {
    "money": """
        7,50 EUR | EUR 7,50 | €7.50 | 7.50€ | 7.5 € | $40k | 40k | 40 k | 2.3m | 2.3 mil | 2 mil
        | 2 mio | 1.2 Mio. EUR
        | half a million | a quarter million | a quarter of a million | three quarters of a million | a million
        | a couple of thousand | seven and a half thousand | seven and a half euros
        | one and a half million | 1½ million
        | two hundred grand | hundred thousand euros | 40 thousand | forty k | eight bucks | 40 000 EUR | 40.000 Euro
        | 40.000,- EUR | 40 TEUR | 40 k€ | 4.2 M€ | 4.2 MEUR | €4.2m | € 4.2 million | 1.5bn | £40
        | fifty cents | 0.85 ct
        | CHF 1'990 | mid five figures | low six figures
    """,
    "amount": """
        7.5 | 7,50 | 1,990 | 1 990 | 40 | 7½ | 40k | four hundred | a grand | a hundred | seven and a half
        | eight and three quarters | just under eight | just above forty | a shade over twelve | slightly below seven
    """,
    "percent": "6 % | 6% | 6.5 % | 6 percent | six per cent | 6 pct | 6 points | half a percent | a third | two thirds",
    "quantity": "45 bar | 45bar | 120 °C | 120 degrees | 0.05 mm | 3,000 rpm | forty bar | half a bar"
    " | 15 µm | 10 000 cycles",
    "date": """
        14 May | 14th of May | May 14 | May 14th | 14-May-2027 | 14 May 2027 | the 14th | 14.05.
        | 14.05.2027 | 14/05 | 5/14
        | 2027-05-14 | 2027/05/14 | KW 12 | KW12 | CW 12 | wk 22 | week 22 | calendar week 12
        | mid-May | mid May | mid of May
        | end of May | early June | June 2027 | in June | by June | first of June | Q2 | H1
        | by Easter | before Christmas
        | by Friday | next Tuesday | by year-end | by quarter end | month end | fiscal year end | EOM | EOQ | EOY
        | by the end of the year | in two weeks | within 3 weeks | in a fortnight | two weeks from now
        | tomorrow | next week
        | next-month | the week after next | the first week of June | last week of June
        | second half of June | in spring
    """,
}
MISSES = {
    "money": "40 | seven | version 2.3 | 40 kg | two weeks | a few of us | a quarter of the team"
    " | half a day | room 400 | figures",
    "amount": "eight | one of us | just under the bridge | well above average | seven and up | half the team",
    "percent": "six | 6 bar | third party | two thirty | per head",
    "quantity": "45 | forty of us | May 5 | PO 4711",
    "date": "may be | march on | in two minds | weekly | the first one | 14 pieces | half of us"
    " | second hand | in the hall | Monday",
}


def written(table):
    return [
        pytest.param(kind, form.strip(), id=f"{kind}: {form.strip()}")
        for kind, forms in table.items()
        for form in forms.split("|")
    ]


@pytest.fixture(scope="module")
def spans():
    """Return what a piece matches in a text, as a sentence is searched."""
    compiled = {kind: re2.compile(encoded(f"<{kind}>"), options()) for kind in HITS}

    def find(kind, text):
        line = as_bytes(fold(text).text)
        return [line[slice(*match.span())].decode("cp1252") for match in compiled[kind].finditer(line)]

    return find


@pytest.mark.parametrize(("kind", "form"), written(HITS))
@pytest.mark.parametrize("frame", ["{}", "it is {} now", "so ({}), then"])
def test_a_quantity_is_found_whole_in_every_form(kind, form, frame, spans):
    assert form in [one.strip(" ,).") + form[len(form.rstrip(".")) :] for one in spans(kind, frame.format(form))]


@pytest.mark.parametrize(("kind", "form"), written(MISSES))
def test_what_is_no_quantity_of_the_kind_is_not_found(kind, form, spans):
    assert spans(kind, form) == []
