"""The pages of the register, as a browser without scripts sees them."""

import re
import uuid

import pytest
from sqlalchemy import select

from messages import Counterparty, Directory, Person
from service.auth.permissions import Role
from service.console.negotiation_forms import next_name
from service.directory.store import save_directory
from service.models import User
from service.negotiations.models import NegotiationRow
from tests.fakes.console import text_of

BO, IDA = "bo@ourco.example", "ida@ourco.example"
DIRECTORY = Directory(
    own_domains=("ourco.example",),
    people={
        BO: Person(address=BO, name="Bo <b>Lind</b>"),
        IDA: Person(address=IDA, name="Ida Kern", department="Treasury"),
    },
    counterparties=(Counterparty(name="Norvik & Söhne", domains=("norvik.example",)), Counterparty(name="Brandl")),
)
LEAST = {"name": "Castings 2026", "counterparties": ["Norvik & Söhne", ""], "lead": BO, "phase": "bids"}
FULL = LEAST | {
    "team": [IDA, "", ""],
    "from": "2026-02-02",
    "to": "2026-06-30",
    "two_needed": "1",
    "authority-0-person": IDA,
    "authority-0-may": ["terms"],
    "authority-0-price": "50000.5",
    "authority-0-currency": "USD",
    "authority-1-person": "",
    "authority-1-currency": "EUR",
    "blackout-0-from": "2026-03-01",
    "blackout-0-to": "2026-03-20",
    "blackout-0-allowed": f"{BO}, {IDA}",
    "blackout-1-from": "",
    "former-0-person": IDA,
    "former-0-until": "2026-01-31",
    "sponsors": [IDA],
    "superiors": [""],
    "topics": "castings\r\nsand moulds\r\n",
    "finance": "Treasury",
}


@pytest.fixture
def lead(either):
    with either.database.transaction() as session:
        save_directory(session, DIRECTORY)
    return either.signed_in(Role.LEAD, name="Lea")


def added(client, **fields):
    answer = client.post("/negotiations", data={**FULL, **fields})
    assert answer.status_code == 200, text_of(answer)
    return re.fullmatch(r"/negotiations/([0-9a-f-]{36})", answer.url.path)[1]


def stored(client, one):
    return client.get(f"/api/v1/negotiations/{one}").json()


def typed_in(page):
    """Return what a form would send: inputs, selects and text areas."""
    form = page.text.partition('class="card card-pad negotiation-form"')[2].partition("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            fields.setdefault(name[1], []).append(_plain(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        fields[name] = [_plain(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]*)" selected', options)
    return fields


def _plain(text):
    return (
        text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
    )


def test_an_empty_register_says_how_to_begin(lead):
    page = lead.get("/negotiations")
    assert "No negotiation is registered" in text_of(page)
    assert 'href="/negotiations/new"' in page.text
    assert "No template yet" in text_of(lead.get("/negotiations?tab=templates"))
    assert "Nothing is archived" in text_of(lead.get("/negotiations?tab=archive"))


def test_a_negotiation_is_registered_by_a_form_without_scripts(lead):
    one = stored(lead, added(lead))
    assert (one["name"], one["lead"], one["team"], one["phase"]) == ("Castings 2026", BO, [IDA], "bids")
    assert one["authority"] == [{"person": IDA, "may": ["price", "terms"], "price": 50000.5, "currency": "USD"}]
    assert one["blackout"] == [{"from": "2026-03-01", "to": "2026-03-20", "allowed": [BO, IDA]}]
    assert one["former"] == [{"person": IDA, "until": "2026-01-31"}]
    assert (one["topics"], one["finance"], one["sponsors"]) == (["castings", "sand moulds"], ["Treasury"], [IDA])


def test_a_form_sent_as_it_came_changes_nothing(lead):
    one = added(lead)
    before = stored(lead, one)
    answer = lead.post(f"/negotiations/{one}/edit", data=typed_in(lead.get(f"/negotiations/{one}/edit")))
    assert "was saved" in text_of(answer)
    assert stored(lead, one) == before


def test_the_overview_shows_who_may_what_and_what_is_to_be_seen(lead):
    page = lead.get(f"/negotiations/{added(lead)}")
    said = text_of(page)
    assert "No plan Write down target" in said
    assert "Blackout Silent until 20 March 2026 to all bidders: only Bo <b>Lind</b>, Ida Kern may talk" in said
    assert "Bo &lt;b&gt;Lind&lt;/b&gt;" in page.text
    assert "Ida Kern Team Price up to USD 50,000.50, terms" in said
    assert "Until 31 Jan 2026" in said
    assert re.search(r'<li aria-current="step">Bids</li>', page.text)
    for door in ("plan", "ledger", "brief"):
        assert f'/{door}"' in page.text


def test_the_list_shows_states_and_is_narrowed(lead):
    added(lead)
    added(lead, name="Hydraulics", counterparties="Brandl", team="", phase="rfq")
    said = text_of(lead.get("/negotiations"))
    assert "Castings 2026 Norvik & Söhne Bids" in said
    assert "No second person" in said
    assert "Firm without domain" in said
    assert "Blackout ends 20 Mar 2026" in said

    def names(query):
        return re.findall(r"<strong><bdi>([^<]+)</bdi></strong>", lead.get(f"/negotiations?{query}").text)

    assert names("") == ["Castings 2026", "Hydraulics"]
    assert names("phase=rfq") == names("states=firm_unmatched") == names("q=brandl") == ["Hydraulics"]
    assert names(f"person={IDA}") == ["Castings 2026"]
    assert names("phase=nonsense&states=%00&q=%00") == ["Castings 2026", "Hydraulics"]
    assert "No negotiation is like that" in text_of(lead.get("/negotiations?q=nothing"))
    export = re.search(r'href="(/api/v1/negotiations/export[^"]*)"', lead.get("/negotiations?phase=rfq").text)[1]
    assert lead.get(export.replace("&amp;", "&")).text.count("\n") == 2


FLAWS = [
    ({"name": ""}, "Name is needed."),
    (
        {"lead": "bob@ourco.example"},
        "Lead names 'bob@ourco.example', who is not in the directory: add them under People",
    ),
    ({"counterparties": "<i>Norwik"}, "Counterparties names '<i>Norwik', which is not in the directory"),
    ({"from": "2026-07-01"}, "The last day lies before the first day (2026-07-01)."),
    ({"from": "soon"}, "The first day must be a day such as 2026-03-31."),
    ({"blackout-0-to": ""}, "Blackout 1: the last day is needed: a day such as 2026-03-31."),
    ({"authority-0-price": "much"}, "Authority 1: the highest price must be an amount such as 50000."),
    ({"authority-0-price": "50.000"}, "Authority 1: the highest price must be an amount such as 50000."),
    ({"authority-0-price": "nan"}, "Authority 1: the highest price must be an amount such as 50000."),
    ({"authority-1-person": BO}, "Authority 2: what they may talk about must name one or more"),
    ({"former-0-until": ""}, "Who left the team 1: the last day in the team is needed"),
    ({"phase": "haggling"}, "Phase must be one of"),
    ({"name": "a\x00b"}, "Name has a character in it that can't be kept."),
    ({"name": "x" * 201}, "Name is longer than 200 characters."),
]


@pytest.mark.parametrize(
    ("fields", "says"), FLAWS, ids=[f"{next(iter(one))}-{number}" for number, (one, _) in enumerate(FLAWS)]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_flaw_is_told_above_the_form_which_keeps_what_was_typed(lead, fields, says):
    answer = lead.post("/negotiations", data={**FULL, **fields})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert "<i>" not in answer.text
    assert typed_in(answer)["topics"] == ["castings\nsand moulds"]
    assert typed_in(answer)["authority-0-currency"] == ["USD"]


def test_whoever_changes_it_at_the_same_time_is_told_what_the_other_one_did(lead, either):
    one = added(lead)
    form = typed_in(lead.get(f"/negotiations/{one}/edit"))
    other = either.signed_in(Role.LEAD, name="Otto")
    other.post(f"/negotiations/{one}/edit", data={**form, "phase": "award", "topics": ""})
    late = lead.post(f"/negotiations/{one}/edit", data={**form, "name": "Mine"})
    assert late.status_code == 400
    assert "Otto has changed phase, topics meanwhile." in text_of(late)
    assert stored(lead, one)["name"] == "Castings 2026"
    again = lead.post(f"/negotiations/{one}/edit", data=typed_in(late))
    assert again.status_code == 200
    assert (stored(lead, one)["name"], stored(lead, one)["phase"]) == ("Mine", "bids")


def link(house, name, address):
    with house.database.transaction() as session:
        session.scalars(select(User).where(User.name == name)).one().address = address


def test_one_s_own_address_is_offered_as_lead_and_makes_the_first_holder(lead, either):
    link(either, "Lea", BO)
    assert typed_in(lead.get("/negotiations/new"))["lead"] == [BO]
    one = added(lead)
    assert stored(lead, one)["held"]
    assert "The plan has holders" in text_of(lead.get(f"/negotiations/{one}"))
    other = either.signed_in(Role.ADMINISTRATOR, name="Root")
    form = other.get(f"/negotiations/{one}/edit")
    assert not {"lead", "team"} & set(typed_in(form))
    assert "they alone change lead, team" in text_of(form)
    assert other.post(f"/negotiations/{one}/edit", data={**typed_in(form), "phase": "award"}).status_code == 200
    refused = other.post(f"/negotiations/{one}/edit", data={**typed_in(form), "version": "2", "lead": IDA})
    assert refused.status_code == 400
    assert "they alone change lead, team" in text_of(refused)
    assert stored(lead, one)["lead"] == BO


def test_a_copy_fills_the_form_a_year_later_and_leaves_the_rest_behind(lead):
    one = added(lead)
    lead.post(f"/negotiations/{one}/published", data={"text": "60 days net"})
    form = typed_in(lead.get(f"/negotiations/new?begin={one}"))
    assert (form["name"], form["from"], form["blackout-0-from"]) == (["Castings 2027"], ["2027-02-02"], ["2027-03-01"])
    assert form["phase"] == ["scouting"]
    answer = lead.post("/negotiations", data=form)
    copy = stored(lead, answer.url.path.rpartition("/")[2])
    assert (copy["copied_from"], copy["published"], copy["former"], copy["team"]) == (one, [], [], [IDA])
    assert "Begun from Castings 2026" in text_of(answer)


def test_a_template_is_made_of_one_and_begun_from(lead):
    one = added(lead)
    form = typed_in(lead.get(f"/negotiations/new?begin={one}&template=1"))
    assert form["name"] == ["Castings 2026 (template)"]
    mould = lead.post("/negotiations", data={**form, "name": "Tender", "lead": "", "counterparties": ""})
    assert "Template" in text_of(mould)
    assert "No plan" not in text_of(mould)
    assert "Tender" in text_of(lead.get("/negotiations?tab=templates"))
    assert "Tender" not in text_of(lead.get("/negotiations"))
    begun = typed_in(lead.get(f"/negotiations/new?begin={mould.url.path.rpartition('/')[2]}"))
    assert (begun["name"], begun["team"][0], "is_template" in begun) == ([""], IDA, False)


@pytest.mark.parametrize(
    ("name", "later"), [("Castings 2026", "Castings 2027"), ("2025/2026", "2026/2027"), ("Castings", "Castings (copy)")]
)
def test_a_copy_is_called_by_the_next_year(name, later):
    assert next_name(name) == later


def test_it_is_archived_and_restored(lead):
    one = added(lead)
    page = lead.post(f"/negotiations/{one}/archive")
    assert "was archived" in text_of(page)
    assert "Restore" in text_of(page)
    assert "Castings 2026" in text_of(lead.get("/negotiations?tab=archive"))
    refused = lead.post(f"/negotiations/{one}/edit", data={**FULL, "version": "2"})
    assert "archived: restore it first" in text_of(refused)
    assert "was restored" in text_of(lead.post(f"/negotiations/{one}/restore"))


def test_what_was_published_is_added_and_a_flaw_keeps_the_text(lead):
    one = added(lead)
    path = f"/negotiations/{one}/published"
    assert "60 days net" in text_of(lead.post(path, data={"text": "60 days net", "date": "2026-03-01"}))
    late = lead.post(path, data={"text": "Level <2>", "date": "2026-12-01"})
    assert "The day lies in the future" in text_of(late)
    assert "Level &lt;2&gt;</textarea>" in late.text
    assert "The day is one such as" in text_of(lead.post(path, data={"text": "x", "date": "soon"}))
    assert len(stored(lead, one)["published"]) == 1


def test_history_is_told_in_words(lead):
    one = added(lead)
    form = typed_in(lead.get(f"/negotiations/{one}/edit"))
    lead.post(f"/negotiations/{one}/edit", data={**form, "phase": "award", "to": "", "two_needed": ""})
    said = text_of(lead.get(f"/negotiations/{one}"))
    assert "Phase from Bids → Award" in said
    assert "Last day from 2026-06-30 → nothing" in said
    assert "Two needed from yes → nothing" in said


def test_rates_are_set_and_deleted_on_the_list_s_page(lead):
    assert "One euro is" in text_of(lead.post("/negotiations/rates", data={"currency": "usd", "per_euro": "1.08"}))
    bad = lead.post("/negotiations/rates", data={"currency": "dollar", "per_euro": "1"})
    assert bad.status_code == 400
    assert "A currency is three letters such as USD." in text_of(bad)
    for wrong in ("much", "nan", "-1", "inf"):
        assert lead.post("/negotiations/rates", data={"currency": "CHF", "per_euro": wrong}).status_code == 400
    assert "can be read in two ways" in text_of(
        lead.post("/negotiations/rates", data={"currency": "IDR", "per_euro": "17.500"})
    )
    assert "None is set" in text_of(lead.post("/negotiations/rates/USD/delete"))
    assert "1.08" in text_of(lead.post("/negotiations/rates", data={"currency": "usd", "per_euro": "1,08"}))


def test_five_hundred_people_in_a_team_and_hostile_names_make_a_page(lead, either):
    people = {f"p{n}@ourco.example": Person(address=f"p{n}@ourco.example") for n in range(500)}
    with either.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people=people))
    one = added(lead, name="<script>alert(1)</script>\u202e" + "x" * 150, team="\n".join(people))
    page = lead.get(f"/negotiations/{one}/edit")
    assert "<script>alert" not in page.text
    assert lead.post(f"/negotiations/{one}/edit", data=typed_in(page)).status_code == 200
    assert len(stored(lead, one)["team"]) == 500
    assert "<script>alert" not in lead.get("/negotiations").text + lead.get(f"/negotiations/{one}").text


def test_hundreds_of_rows_are_read(lead, either):
    people = {f"p{n}@ourco.example": Person(address=f"p{n}@ourco.example") for n in range(400)}
    with either.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people=people))
    rows = {
        f"authority-{n}-{key}": value
        for n, who in enumerate(people)
        for key, value in (("person", who), ("price", "1"))
    }
    one = added(lead, **rows)
    assert len(stored(lead, one)["authority"]) == 400


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_sees_and_changes_nothing(lead, either):
    one = added(lead)
    reader = either.signed_in(Role.REVIEWER, name="Rea")
    page = reader.get(f"/negotiations/{one}")
    assert page.status_code == 200
    assert f"/negotiations/{one}/edit" not in page.text
    assert "/negotiations/new" not in reader.get("/negotiations").text
    for address in ("/negotiations/new", f"/negotiations/{one}/edit"):
        assert reader.get(address).status_code == 403
    for address in (
        "/negotiations",
        f"/negotiations/{one}/edit",
        f"/negotiations/{one}/archive",
        "/negotiations/rates",
    ):
        assert reader.post(address, data=FULL).status_code == 403
    assert reader.get(f"/negotiations/{uuid.uuid4()}").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_more_than_a_page_is_paged(lead, either):
    with either.database.transaction() as session:
        save_directory(session, DIRECTORY)
    added(lead)
    with either.database.transaction() as session:
        first = session.scalars(select(NegotiationRow)).one()
        for number in range(60):
            columns = {one.key: getattr(first, one.key) for one in NegotiationRow.__table__.columns}
            session.add(NegotiationRow(**{**columns, "id": uuid.uuid4(), "name": f"No. {number:02}"}))
    page = lead.get("/negotiations")
    assert page.text.count("<strong><bdi>") == 50
    following = lead.get(re.search(r'href="([^"]+)" rel="next"', page.text)[1].replace("&amp;", "&"))
    assert following.text.count("<strong><bdi>") == 11
