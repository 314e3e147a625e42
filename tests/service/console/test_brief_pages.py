"""Briefs in the console and over the API: what stands there, for whom, what is new, as a page and as PDF."""

import io
from datetime import timedelta

import pypdf
import pytest
from sqlalchemy import select

from service.app import create_app
from service.auth.permissions import Role
from service.exposure.keep import expire_ledger
from service.exposure.models import BriefRow, ExposureEntry
from service.models import AuditEntry, SourceState, User
from service.negotiations.models import NegotiationAccess
from tests.fakes.alerts import NOW
from tests.fakes.console import HOST, text_of
from tests.fakes.told import Told, add_negotiation, add_secret, add_told, holder, link

SEALED = "walk-away, unit price: EUR 7.57 per piece"
QUESTION = Told(kind="asked", topic="timeline", words="what dates press us", author="pia@norvik.example", days=9)
PROMISE = Told(kind="promised", label="commitment", words="a price or terms of payment", days=1)


def make(client, negotiation, counterparty="Norvik"):
    return client.post(f"/negotiations/{negotiation}/brief", data={"counterparty": counterparty})


def pdf_text(answer):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return len(pages), " ".join(pages[0].extract_text().split())


def later(house, **passed):
    """Let time go by in this installation."""
    house.now += timedelta(**passed)
    house.app = create_app(house.database, house.keys, house.settings, clock=lambda: house.now)


def test_a_brief_says_what_they_know_asked_and_were_promised_and_what_to_say(house, client):
    published = [{"text": "Offers are due by 20 March 2026.", "date": "2026-02-02"}]
    negotiation = add_negotiation(house, published=published)
    add_told(house, negotiation, Told(times=2, span=8), QUESTION, PROMISE, Told(stray=True, label="leverage"))
    page = make(client, negotiation)
    assert page.url.path.startswith("/briefs/")
    said = text_of(page)
    for part in (
        "Norvik · Castings 2027",
        "Lead: Bo Lind; team: Ida Kern",
        "Phase: bids",
        "What they know Budget an amount of ours that they can price up to",
        "very sure (0.90) · Engineering 1 · 3 Mar 2026 to 11 Mar 2026, 2 times",
        "What they asked, 1 open Timeline: what dates press us open",
        "What was promised Commitment: a price or terms of payment",
        "By when must you decide",
        "Why they may ask: They asked on 5 Mar 2026 and have no answer.",
        "You may repeat what all bidders were told on 2 Feb 2026: “Offers are due by 20 March 2026.”",
        "They have heard of where we depend on them",
        "Nothing is known to have been told about who else bids",
        "No plan",
    ):
        assert part in said, part
    assert "jonas@" not in page.text


def test_the_next_brief_says_what_is_new_gone_and_changed(house):
    negotiation = add_negotiation(house)
    client = house.signed_in()
    ids = add_told(house, negotiation, Told(label="decision", words="how we decide"), QUESTION, Told())
    first = make(client, negotiation)
    assert "Since the brief" not in text_of(first)
    later(house, days=2)
    client = house.signed_in(name="Rex Viewer")
    [told] = add_told(house, negotiation, Told(label="timeline", words="a day or week that presses us", days=0))
    link(house, ids[1], told)
    client.post(f"/exposure/{ids[2]}/edits", data={"state": "known_before", "reason": "They had it in 2024."})
    with house.database.transaction() as session:
        session.delete(session.get(ExposureEntry, ids[0]))
    said = text_of(make(client, negotiation))
    assert "Since the brief of 14 Mar 2026, 12:" in said
    for part in (
        "new Timeline: a day or week that presses us (Engineering 1, very sure)",
        "changed Timeline: what dates press us (answered by Engineering 1 after 3 days)",
        "gone Budget: an amount of ours that they can price up to (they knew it before)",
        "gone Decision: how we decide (no longer in the ledger)",
    ):
        assert part in said, part
    later(house, days=1)
    assert "Nothing changed." in text_of(make(house.signed_in(name="Ida"), negotiation))
    assert "Since the brief" not in text_of(house.signed_in(name="Bo").get(first.url.path))


def test_holders_see_which_fact_leaked_and_others_never_whoever_made_the_brief(house, client):
    negotiation = add_negotiation(house)
    mine = holder(house, negotiation)
    fact = add_secret(house, negotiation)
    add_told(house, negotiation, Told(label="sealed_fact", topic="budget", sealed_fact=fact, words="a sealed fact"))
    add_told(house, negotiation, Told(label="leverage", typed="they know of the 7.57"))
    for maker in (mine, client):
        address = make(maker, negotiation).url.path
        theirs = client.get(address)
        assert "7.57" not in theirs.text
        assert "Sealed fact a sealed fact" in text_of(theirs)
        # What the sealed fact is about is not told either: nothing else here is on the budget.
        assert "They have heard of what we can pay" not in text_of(theirs)
        assert SEALED in text_of(mine.get(address))
        assert "they know of the 7.57" in mine.get(address).text
        assert "7.57" not in pdf_text(client.get(f"{address}/pdf"))[1]
        assert SEALED in pdf_text(mine.get(f"{address}/pdf"))[1]
        assert "7.57" not in client.get(f"/api/v1{address}").text
        assert "7.57" in mine.get(f"/api/v1{address}").text
    preview = f"/api/v1/negotiations/{negotiation}/brief?counterparty=Norvik"
    assert "7.57" not in client.get(preview).text
    assert SEALED in mine.get(preview).text


def test_a_kept_brief_holds_no_fact_of_a_plan(house):
    negotiation = add_negotiation(house)
    mine = holder(house, negotiation)
    add_told(house, negotiation, Told(label="sealed_fact", sealed_fact=add_secret(house, negotiation)))
    make(mine, negotiation)
    with house.database.transaction(write=False) as session:
        row = session.scalars(select(BriefRow)).one()
        kept = house.keys.open(row.key_id, row.sealed, place=f"brief:{row.id}")
    assert "7.57" not in kept
    assert "sealed_fact" in kept


def test_whoever_stops_holding_the_plan_reads_no_fact_in_old_briefs(house):
    negotiation = add_negotiation(house)
    mine, other = holder(house, negotiation), holder(house, negotiation, name="Ida Kern")
    add_told(house, negotiation, Told(label="sealed_fact", sealed_fact=add_secret(house, negotiation)))
    address = make(mine, negotiation).url.path
    assert SEALED in text_of(other.get(address))
    with house.database.transaction() as session:
        user = session.scalars(select(User.id).where(User.name == "Ida Kern")).one()
        session.delete(session.get(NegotiationAccess, (negotiation, user)))
    assert "7.57" not in other.get(address).text


def test_a_long_ledger_is_cut_and_counted(house, client):
    negotiation = add_negotiation(house)
    add_told(house, negotiation, *(Told(days=number) for number in range(19)), *(QUESTION for _ in range(15)))
    page = make(client, negotiation)
    assert "and 7 more in the ledger" in text_of(page)
    assert "and 3 more in the ledger" in text_of(page)


def test_the_pdf_has_one_page_and_its_text_can_be_read(house, client):
    negotiation = add_negotiation(house, "Gußteile Zając & Dušek €", firms=("Ωμέγα Ключ",))
    told = Told(counterparty="Ωμέγα Ключ", typed="Zając wants 5 € from Dušek, says Łódź", guarded=False)
    add_told(house, negotiation, *(told for _ in range(6)))
    address = make(client, negotiation, "Ωμέγα Ключ").url.path
    answer = client.get(f"{address}/pdf")
    count, said = pdf_text(answer)
    assert count == 1
    for part in ("Ωμέγα Ключ · Gußteile Zając & Dušek €", "Zając wants 5 € from Dušek, says Łódź", "Likely questions"):
        assert part in said
    assert answer.headers["content-disposition"] == 'attachment; filename="brief-2026-03-14.pdf"'


def test_sources_that_are_not_read_are_a_gap(house, client):
    negotiation = add_negotiation(house)
    with house.database.transaction() as session:
        state = {"kind": "imap", "messages": 1, "refusals": 0, "read_at": NOW}
        session.add(SourceState(source="mailbox", failed_at=NOW, failure="refused by host 10.0.0.7", **state))
    page = make(client, negotiation)
    assert "The source mailbox is not read at the moment" in text_of(page)


def test_earlier_briefs_are_listed_with_the_latest_first(house):
    negotiation = add_negotiation(house, firms=("Norvik", "Brandl"))
    make(house.signed_in(), negotiation)
    later(house, days=1)
    client = house.signed_in(name="Rex Viewer")
    make(client, negotiation, "Brandl")
    said = text_of(client.get(f"/negotiations/{negotiation}/brief"))
    assert said.index("Brandl Rex Viewer PDF") < said.index("Norvik Ana Ferreira PDF")


def test_without_a_counterparty_there_is_nothing_to_brief_on(house, client):
    negotiation = add_negotiation(house, firms=())
    assert "Nobody is invited yet" in text_of(client.get(f"/negotiations/{negotiation}/brief"))
    assert make(client, negotiation).status_code == 404


@pytest.mark.parametrize("counterparty", ["Brandl", "", "norvik", "x" * 500])
def test_a_firm_that_is_not_invited_has_no_brief(house, client, counterparty):
    negotiation = add_negotiation(house)
    assert make(client, negotiation, counterparty).status_code == 404
    asked = {"counterparty": counterparty[:200]}
    assert client.get(f"/api/v1/negotiations/{negotiation}/brief", params=asked).status_code == 404


def test_making_and_reading_go_on_record(house, client):
    negotiation = add_negotiation(house)
    page = make(client, negotiation)
    client.get(page.url.path)
    client.get(f"{page.url.path}/pdf")
    with house.database.transaction(write=False) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.object == page.url.path[8:])).all()
    assert [row.action for row in rows] == ["brief.made", "brief.viewed", "brief.viewed"]
    assert [row.detail.get("form") for row in rows] == [None, "page", "pdf"]


@pytest.mark.parametrize("role", [Role.TUNER, Role.PRIVACY_OFFICER])
def test_briefs_are_not_for_every_role(house, client, role):
    negotiation = add_negotiation(house)
    address = make(client, negotiation).url.path
    other = house.signed_in(role, name="Tuna")
    for path in (address, f"{address}/pdf", f"/api/v1{address}", f"/negotiations/{negotiation}/brief"):
        assert other.get(path).status_code == 403
    assert make(other, negotiation).status_code == 403


def test_the_api_composes_makes_and_gives_briefs(house, client):
    negotiation = add_negotiation(house)
    add_told(house, negotiation, Told())
    address = f"/api/v1/negotiations/{negotiation}/brief"
    seen = client.get(address, params={"counterparty": "Norvik"}).json()
    assert seen["known"][0]["lines"][0]["words"] == "an amount of ours that they can price up to"
    made = client.post(address, json={"counterparty": "Norvik"})
    assert made.status_code == 201
    brief = made.json()["id"]
    assert client.get(f"/api/v1/briefs/{brief}").json()["brief"]["known"] == seen["known"]
    assert pdf_text(client.get(f"/api/v1/briefs/{brief}/pdf"))[0] == 1
    assert [one["id"] for one in client.get(f"{address}s").json()] == [brief]
    assert client.get(f"/api/v1/briefs/{negotiation}").status_code == 404


def test_a_brief_is_deleted_when_its_time_is_over(house, client):
    address = make(client, add_negotiation(house)).url.path
    for before, status in ((NOW - timedelta(seconds=1), 200), (NOW, 404)):
        with house.database.transaction() as session:
            expire_ledger(session, before)
        assert client.get(address).status_code == status


def test_a_brief_is_made_on_either_database(either):
    client, negotiation = either.signed_in(), add_negotiation(either)
    ids = add_told(either, negotiation, Told(), QUESTION, PROMISE)
    link(either, ids[1], ids[0])
    page = make(client, negotiation)
    assert page.status_code == 200
    assert "answered by Engineering 1 after 3 days" in text_of(page)
    assert HOST in str(page.url)
