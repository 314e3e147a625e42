"""The pages of people, counterparties, unknown domains and imports."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from service.auth.permissions import Role
from service.directory.changes import By
from service.directory.counterparties import create_counterparty, find_counterparty
from service.directory.models import Origin, Person
from service.directory.people import change_person, create_person, get_person
from service.directory.unknown import note_unknown
from tests.fakes.alerts import NOW, Case
from tests.fakes.console import form_of, text_of

BY = By(actor="Ida", origin=Origin.CONSOLE, now=NOW)


def person(house, address, **values):
    with house.database.transaction() as session:
        create_person(session, address, values, BY)


def party(house, name, **values):
    with house.database.transaction() as session:
        return create_counterparty(session, {"name": name, **values}, BY).id


def upload(client, text, kind="people", **more):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(
        "/directory/import", data={"kind": kind, **more}, files={"file": ("people.csv", content, "text/csv")}
    )


def test_before_anybody_is_known_the_pages_say_where_they_come_from(client):
    assert "Nobody is known yet" in text_of(client.get("/people"))
    text = text_of(client.get("/counterparties"))
    assert "No counterparty is known yet" in text
    assert "Every domain that was seen belongs to somebody" in text
    assert "Nothing was imported yet" in text_of(client.get("/directory/import"))


def test_people_are_found_by_name_address_and_department(either):
    person(either, "ann@ourco.example", name="Ann Vogel", department="Procurement")
    person(either, "bo@ourco.example", name="Bo Lind", department="Engineering", aliases=["bo@freemail.example"])
    person(either, "cy@ourco.example", name="Cy", active=False)
    client = either.signed_in()

    def shown(query):
        return re.findall(r'<a href="/people/([^"%]+)[^"]*"><bdi>[A-Z]', client.get(f"/people?{query}").text)

    assert shown("") == ["ann", "bo"]
    assert shown("q=VOGEL") == ["ann"]
    assert shown("q=freemail") == ["bo"]
    assert shown("department=Engineering") == ["bo"]
    assert shown("who=left") == ["cy"]
    assert shown("who=all&q=o") == ["ann", "bo", "cy"]
    assert "Nobody is like that" in text_of(client.get("/people?q=zzz"))


def test_many_people_come_in_pages(either):
    with either.database.transaction() as session:
        session.add_all(Person(address=f"p{number:03}@ourco.example", name="P") for number in range(60))
    client = either.signed_in()
    page = client.get("/people")
    following = re.search(r'href="([^"]+)" rel="next"', page.text)[1].replace("&amp;", "&")
    assert "p059" in client.get(following).text
    assert "p000" not in client.get(following).text


@pytest.mark.parametrize("after", ["nonsense", "e30", "WzEsMl0", "%00", "WyJhIiwiXHUwMDAwIl0"])
@pytest.mark.parametrize("page", ["/people?after=", "/counterparties?after=", "/counterparties?unknown="])
def test_a_place_that_is_none_is_refused(client, page, after):
    assert client.get(page + after).status_code == 400


def test_somebody_is_added_changed_and_marked_as_left(house, client):
    page = client.post("/people", data={"address": "Ann@OurCo.example", "name": "Ann"})
    assert page.url.path == "/people/ann@ourco.example"
    assert "The person was added" in text_of(page)
    form = form_of(page, "/people/ann%40ourco.example")
    page = client.post(page.url.path, data={**form, "department": "Procurement", "aliases": "ann@freemail.example"})
    assert "Departmentfrom nothing → Procurement" in text_of(page)
    seen = form_of(page, "/people/ann%40ourco.example")["seen"]
    page = client.post(page.url.path, data={"seen": seen, "active": "no"})
    assert "Who has left stays one of ours" in text_of(page)
    assert "Left just now by Ana Ferreira, from the console or API" in text_of(page)
    assert client.get("/people/ann@freemail.example").status_code == 200


def test_a_form_that_is_old_changes_nothing(house, client):
    person(house, "ann@ourco.example", role="Buyer")
    page = client.get("/people/ann@ourco.example")
    seen = form_of(page, "/people/ann%40ourco.example")["seen"]
    with house.database.transaction() as session:
        change_person(session, "ann@ourco.example", {"role": "Lead"}, BY)
    page = client.post("/people/ann@ourco.example", data={"seen": seen, "role": "Buyer", "name": "Ann"})
    assert page.status_code == 400
    assert "The person has changed since you looked." in text_of(page)
    with house.database.transaction(write=False) as session:
        assert get_person(session, "ann@ourco.example").name == ""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"manager": "karin"}, "Manager has no @."),
        ({"members": "bo@ourco.example"}, "Members are for a list, a mailbox or an assistant; say which in kind."),
        ({"away": "summer"}, "Away is days such as"),
        ({"kind": "robot"}, "Kind is one of person"),
        ({"name": "x" * 301}, "Name has more than 300 characters."),
        ({"aliases": "bo@ourco.example"}, "bo@ourco.example is the address of somebody else already."),
    ],
)
def test_a_flaw_of_a_person_is_told_and_what_was_typed_stays(house, client, form, said):
    person(house, "ann@ourco.example")
    person(house, "bo@ourco.example")
    page = client.post("/people/ann@ourco.example", data=form)
    assert page.status_code == 400
    assert said in text_of(page)
    assert "kind" in form or next(iter(form.values()))[:50] in page.text


def test_a_counterparty_is_added_renamed_and_deleted(house, client):
    house.add(Case(counterparty="Norvik"))
    page = client.post("/counterparties", data={"name": "Norvik", "domains": "norvik.example; norvik.test"})
    assert "norvik.example, norvik.test" in text_of(page)
    assert "It can't be deleted, because of 1 alert." in text_of(page)
    there = page.url.path
    page = client.post(there, data={**form_of(page, there), "name": "Norvik Metall"})
    assert "Namefrom Norvik → Norvik Metall" in text_of(page)
    assert '<a href="/alerts?status=all&amp;counterparty=Norvik%20Metall">1 alert</a>' in page.text
    assert "This counterparty stays, because of 1 alert" in text_of(client.post(f"{there}/delete"))
    other = client.post("/counterparties", data={"name": "Hauck"}).url.path
    assert "The counterparty was deleted" in text_of(client.post(f"{other}/delete"))
    assert client.get(other).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Name is empty."),
        ({"name": "Hauck"}, "There is a counterparty of this name already."),
        ({"name": "X", "domains": "hauck.example"}, "hauck.example belongs to Hauck already."),
        ({"name": "X", "domains": "eu.ourco.example"}, "eu.ourco.example can't be a counterparty's: it is our own."),
        ({"name": "X", "domains": "gmail.com"}, "gmail.com can't be a counterparty's: a mail provider's domain"),
        ({"name": "X", "domains": "nothing"}, "That is no domain."),
        ({"name": "X", "kind": "friend"}, "Kind is supplier or customer."),
        ({"name": "X", "owner": "ann"}, "Owner has no @."),
    ],
)
def test_a_flaw_of_a_counterparty_is_told(house, client, form, said):
    party(house, "Hauck", domains=["hauck.example"])
    page = client.post("/counterparties", data=form)
    assert page.status_code == 400
    assert said in text_of(page)


def test_an_unknown_domain_is_assigned_in_one_click(either):
    with either.database.transaction() as session:
        note_unknown(session, {"hauck.example": 3, "mail.hauck.example": 9, "gmail.com": 40}, now=NOW)
    client = either.signed_in()
    page = client.get("/counterparties")
    assert re.findall(r'<bdi class="mono">([^<]+)</bdi>', page.text) == [
        "gmail.com",
        "mail.hauck.example",
        "hauck.example",
    ]
    page = client.post("/counterparties/unknown", data={"domain": "hauck.example", "name": "Hauck"})
    assert "The domain was assigned" in text_of(page)
    assert re.findall(r'<bdi class="mono">([^<]+)</bdi>', page.text) == ["gmail.com"]
    with either.database.transaction(write=False) as session:
        assert find_counterparty(session, "Hauck").kind == "supplier"


def test_an_address_at_a_mail_provider_is_ours_or_a_counterpartys(house, client):
    person(house, "ann@ourco.example")
    for count in (1, 2):
        with house.database.transaction() as session:
            note_unknown(session, {"gmail.com": count}, now=NOW)
        form = {"domain": "gmail.com", "address": f"somebody{count}@gmail.com"}
        whose = {"person": "ann@ourco.example"} if count == 1 else {"name": "Norvik"}
        assert "The address was assigned" in text_of(client.post("/counterparties/unknown", data=form | whose))
    with house.database.transaction(write=False) as session:
        assert get_person(session, "somebody1@gmail.com").address == "ann@ourco.example"
        assert find_counterparty(session, "Norvik").people == ["somebody2@gmail.com"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"domain": "gmail.com", "name": "Norvik"}, "a mail provider's domain"),
        ({"domain": "ourco.example", "name": "Norvik"}, "it is our own"),
        (
            {"domain": "gmail.com", "address": "a@web.de", "person": "ann@ourco.example"},
            "Address is none of gmail.com.",
        ),
        ({"domain": "gmail.com", "address": "a@gmail.com", "person": "bo@ourco.example"}, "Nobody of ours has that"),
        ({"domain": "gmail.com", "address": "a@gmail.com"}, "Name is empty."),
    ],
)
def test_what_can_not_be_assigned_is_told(house, client, form, said):
    person(house, "ann@ourco.example")
    with house.database.transaction() as session:
        note_unknown(session, {"gmail.com": 1}, now=NOW)
    page = client.post("/counterparties/unknown", data=form)
    assert page.status_code == 400
    assert said in text_of(page)


def test_an_import_shows_every_change_and_then_does_exactly_that(either):
    person(either, "ann@ourco.example", name="Ann", role="Buyer")
    person(either, "bo@ourco.example", name="Bo")
    person(either, "old@ourco.example")
    client = either.signed_in()
    page = upload(client, "\ufeffAddress;Name;Role\nann@ourco.example;Ann;Lead\nbo@ourco.example;Bo;\n"
                  "new@ourco.example;Dušek; \n", leave="yes")  # fmt: skip
    text = text_of(page)
    assert "New1" in text.replace(" ", "")
    assert "ann@ourco.example Rolefrom Buyer → Lead" in text
    assert "Left old@ourco.example" in text
    assert "NameDušek" in text
    assert "bo@ourco.example" not in text
    page = client.post(page.url.path, data=form_of(page, page.url.path))
    assert "The file was imported, exactly as it was shown" in text_of(page)
    with either.database.transaction(write=False) as session:
        rows = session.execute(select(Person.address, Person.role, Person.active).order_by(Person.address)).all()
    assert [tuple(row) for row in rows] == [
        ("ann@ourco.example", "Lead", True),
        ("bo@ourco.example", "", True),
        ("new@ourco.example", "", True),
        ("old@ourco.example", "", False),
    ]
    [action] = re.findall(r'action="(/directory/imports/[^"]+/undo)"', page.text)
    page = client.post(action)
    assert "3 entries are as before" in text_of(page)
    assert "Taken back" in text_of(page)
    assert "This import was taken back already" in text_of(client.post(action))


def test_what_changed_since_the_dry_run_is_shown_anew(house, client):
    page = upload(client, "address,role\nann@ourco.example,Lead\n")
    form = form_of(page, page.url.path)
    person(house, "ann@ourco.example", role="Buyer")
    page = client.post(page.url.path, data=form)
    assert page.status_code == 409
    assert "The file or the directory has changed since the dry run" in text_of(page)
    assert "Rolefrom Buyer → Lead" in text_of(page)
    with house.database.transaction(write=False) as session:
        assert get_person(session, "ann@ourco.example").role == "Buyer"
    assert "exactly as it was shown" in text_of(client.post(page.url.path, data=form_of(page, page.url.path)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file that is not empty."),
        ("name\nAnn\n", "people.csv: the first row needs the column address; others may be name, role"),
        ("address\nann\n", "People.csv, row 2: address has no @."),
        ("address,away\nann@ourco.example,summer\n", "People.csv, row 2: away is days such as"),
        ("address,aliases\nann@ourco.example,bo@ourco.example\n", "row 2, aliases: bo@ourco.example is an address of"),
        (b"address\n\xff\n", "can't be read as UTF-8 text (line 2)"),
        ("address,name\n", "People.csv has no rows."),
    ],
)
def test_a_file_with_a_flaw_is_refused_whole(house, client, text, said):
    person(house, "bo@ourco.example")
    page = upload(client, text)
    assert page.status_code == 400
    assert said.casefold() in text_of(page).casefold()


def test_a_file_that_is_too_large_is_refused_with_the_limit(client):
    page = upload(client, "address\n" + "x" * 8_100_000)
    assert "The file is larger than 8 MB" in text_of(page)
    assert "larger than 9 megabytes" in text_of(upload(client, "address\n" + "x" * 9_100_000))


def test_an_upload_is_kept_for_an_hour_alone(house, client):
    there = upload(client, "address\nann@ourco.example\n").url.path
    house.app.state.clock = lambda: NOW + timedelta(minutes=61)
    assert client.get(there).status_code in {404, 200}
    assert "upload it again" in text_of(client.get(there))


def test_twenty_thousand_rows_are_shown_and_imported(house, client):
    rows = "".join(f"p{number}@ourco.example,Person {number},Engineering\n" for number in range(20_000))
    page = upload(client, "address,name,department\n" + rows)
    assert "Page 1 of 200" in text_of(page)
    assert len(page.content) < 200_000
    assert "exactly as it was shown" in text_of(client.post(page.url.path, data=form_of(page, page.url.path)))
    assert "20,000 people of ours" in text_of(client.get("/people"))


def test_who_only_reads_the_directory_changes_nothing(house):
    person(house, "ann@ourco.example")
    one = party(house, "Norvik")
    client = house.signed_in(Role.REVIEWER)
    for address in ("/people", "/people/ann@ourco.example", "/counterparties", f"/counterparties/{one}"):
        page = client.get(address)
        assert page.status_code == 200
        assert '<form method="post" action="/people' not in page.text
        assert '<form method="post" action="/counterparties' not in page.text
        assert client.post(address, data={"name": "X"}).status_code == 403
    assert client.get("/directory/import").status_code == 403
    assert client.post("/counterparties/unknown", data={"domain": "x.example", "name": "X"}).status_code == 403


def test_what_people_are_called_is_only_text(house, client):
    person(house, "ann@ourco.example", name="<script>alert(1)</script>", role="<b>x</b>")
    one = party(house, "<i>Norvik</i>")
    for address in ("/people", "/people/ann@ourco.example", "/counterparties", f"/counterparties/{one}"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<b>x" not in text
        assert "<i>Norvik" not in text
