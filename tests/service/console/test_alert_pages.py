"""The list of alerts, an alert, and reviewing, as a browser without scripts meets them."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest

from service.auth.permissions import Role
from service.models import AuditEntry, SourceState
from tests.fakes.alerts import LEAK, NOW, Case, Mail, Words
from tests.fakes.console import rows_of, text_of


def title_of(page):
    return unescape(re.search(r"<title>(.*?)</title>", page.text)[1])


def case(counterparty="Norvik Metall", *, minutes=0, **changes):
    return Case(counterparty=counterparty, updated_at=NOW - timedelta(minutes=minutes), **changes)


def test_the_list_shows_what_matters_of_an_alert(house, client):
    house.add(case(minutes=180, reopened=1))
    page = client.get("/alerts")
    said = text_of(page)
    for words in (
        "Norvik Metall · Forecast for the housing",
        "we have 480k left for this",
        "Risk 81",
        "High",
        "Budget",
        "jonas.weber@ourco.example",
        "Email",
        "3 h ago",
        "New",
        "Reopened",
    ):
        assert words in said
    assert '<time datetime="2026-03-14T09:00:00+00:00" title="14 Mar 2026, 09:00 UTC"' in page.text


def test_the_list_begins_with_open_alerts_and_the_tabs_count_all(house, client):
    house.add(case("A"), case("B", status="in_progress"), case("C", status="resolved", verdict="benign"))
    said = text_of(client.get("/alerts"))
    assert "Open 2 New 1 In progress 1 Resolved 1 Suppressed 0 All 3" in said
    assert "A · Forecast" in said
    assert "B · Forecast" in said
    assert "C · Forecast" not in said
    assert "C · Forecast" in text_of(client.get("/alerts?status=resolved"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("severity=critical", ["B"]),
        ("severity=critical&severity=high", ["A", "B"]),
        ("label=leverage", ["B"]),
        ("counterparty=A", ["A"]),
        ("person=JONAS.weber%40ourco.example", ["A"]),
        ("person=nobody%40ourco.example", []),
        ("text=stop", ["B"]),
        ("text=480k+left", ["A"]),
        ("text=480k+stop", []),
        ("since=2026-03-14", ["A"]),
        ("until=2026-03-13", ["B"]),
        ("policy=quiet", ["B"]),
    ],
)
def test_each_filter_narrows(either, query, found):
    client = either.signed_in()
    mail = Mail(
        text="if you stop we stop",
        evidence=(Words(label="leverage", words="if you stop we stop"),),
        sender=("mia@ourco.example", "Mia"),
    )
    either.add(case("A"), case("B", minutes=60 * 24, messages=(mail,), severity="critical", risk=95.0, policy="quiet"))
    page = client.get(f"/alerts?{query}")
    assert re.findall(r"<h2 class=\"alert-title\">.*?<bdi>(.*?)</bdi>", page.text) == found
    if not found:
        assert "No alert matches" in text_of(page)


def test_an_active_filter_is_a_chip_that_takes_itself_away(house, client):
    house.add(case("Norvik & Sons"))
    page = client.get("/alerts?counterparty=Norvik+%26+Sons&severity=high")
    assert "Counterparty Norvik & Sons × – remove filter" in text_of(page)
    chip = re.search(r'class="filter-chip" href="([^"]+)"><span class="muted">Counterparty', page.text)
    assert unescape(chip[1]) == "/alerts?severity=high"


def test_gravest_first_is_by_risk(either):
    client = either.signed_in()
    either.add(case("calm", risk=41.0), case("grave", minutes=99, risk=97.0))
    found = re.findall(r"<h2 class=\"alert-title\">.*?<bdi>(.*?)</bdi>", client.get("/alerts?sort=risk").text)
    assert found == ["grave", "calm"]


def test_paging_shows_each_alert_once(either):
    client = either.signed_in()
    added = either.add(*(case(f"Firm {number:03}", minutes=number) for number in range(120)))
    address, seen = "/alerts", []
    while address:
        page = client.get(address)
        seen += rows_of(page)
        older = re.search(r'href="([^"]+)" rel="next">Older', page.text)
        address = unescape(older[1]) if older else None
    assert seen == [str(one) for one in added]
    assert 'href="/alerts">← Newest' in page.text


def test_a_page_that_is_not_ours_is_a_clear_error(client):
    page = client.get("/alerts?cursor=made-up")
    assert page.status_code == 400
    assert "cursor" in text_of(page)


def test_without_any_alert_the_list_says_what_ingestion_is_doing(house, client):
    assert "No source has been read yet" in text_of(client.get("/alerts"))
    with house.database.transaction() as session:
        session.add(SourceState(source="mailbox", kind="imap", messages=1234, refusals=0, read_at=NOW, failure=""))
    assert "1,234 messages read from 1 source so far" in text_of(client.get("/alerts"))


def test_a_worked_through_list_says_so(house, client):
    house.add(case(status="resolved", verdict="benign"))
    assert "All worked through" in text_of(client.get("/alerts"))


def test_an_alert_shows_the_words_the_reason_and_points_that_add_up(house, client):
    mail = Mail(
        text="We have 480k left and must sign in May.",
        evidence=(
            Words(label="budget", words="480k left", confidence=0.92, points=82.84, reason="An amount that is left."),
            Words(label="timeline", words="sign in May", confidence=0.8, points=11.23),
        ),
    )
    [alert] = house.add(case(messages=(mail,), risk=94.07, severity="critical"))
    page = client.get(f"/alerts/{alert}")
    said = text_of(page)
    assert title_of(page) == "Norvik Metall: critical alert · frontdoor"
    assert "Risk 94.1 of 100" in said
    assert "1 Budget “480k left” An amount that is left. 92 % 0.90 82.9" in said
    assert "2 Timeline “sign in May” It is said outright. 80 % 0.90 11.2" in said
    assert "Risk score94.1" in said
    assert 'We have <span class="anchor" id="evidence-1"></span><mark class="mark-leak">480k left</mark>' in page.text


def test_a_highlight_lies_on_exactly_its_words_behind_joined_and_wide_characters(house, client):
    mail = Mail(text="👩‍🔧 e\u0301İ\u200b — 480k!", evidence=(Words(label="budget", words="480k"),))
    [alert] = house.add(case(messages=(mail,)))
    page = client.get(f"/alerts/{alert}").text
    assert re.search(
        r"👩‍🔧 e\u0301İ\u200b — <span[^>]*></span><mark class=\"mark-leak\">480k</mark><a[^>]*>Budget 1</a>!", page
    )


def test_evidence_in_the_subject_is_marked_there(house, client):
    mail = Mail(
        text="see subject", subject="480k left", evidence=(Words(label="budget", words="480k", part="subject"),)
    )
    [alert] = house.add(case(messages=(mail,)))
    assert '<mark class="mark-leak">480k</mark>' in client.get(f"/alerts/{alert}").text


def test_who_is_ours_and_who_theirs_is_said_of_everybody(house, client):
    mail = Mail(text=LEAK.text, evidence=LEAK.evidence, cc=(("lars@norvik.example", ""), ("eva@ourco.example", "Eva")))
    [alert] = house.add(case(messages=(mail,)))
    said = text_of(client.get(f"/alerts/{alert}"))
    assert "Jonas Weber jonas.weber@ourco.example ours" in said
    assert "To Pia Halvorsen theirs" in said
    assert "Cc lars@norvik.example theirs · Eva ours" in said


def test_quotes_signatures_and_disclaimers_are_set_apart_and_long_ones_folded(house, client):
    text = "we have 480k left for this\n--\nJonas\n" + "> quoted line\n" * 8 + "Private."
    mail = Mail(
        text=text,
        evidence=LEAK.evidence,
        parts=(("new", "we have"), ("signature", "--"), ("quote", "> quoted"), ("disclaimer", "Private")),
    )
    [alert] = house.add(case(messages=(mail,)))
    page = client.get(f"/alerts/{alert}").text
    assert '<details class="aside aside-quote"><summary>Quoted text, 8 lines</summary>' in page
    assert '<div class="aside aside-signature"><span class="aside-name">Signature</span>' in page
    assert '<div class="aside aside-disclaimer"><span class="aside-name">Disclaimer</span>' in page


def test_a_text_that_is_no_longer_kept_says_so(house, client):
    [alert] = house.add(case(messages=(Mail(text=None, evidence=LEAK.evidence), LEAK)))
    said = text_of(client.get(f"/alerts/{alert}"))
    assert "No longer kept" in said
    assert "The words are no longer kept." in said


def test_attachments_are_listed_with_type_and_size(house, client):
    mail = Mail(text=LEAK.text, evidence=LEAK.evidence, attachments=(("B12 <rev4>.pdf", "application/pdf", 482_113),))
    [alert] = house.add(case(messages=(mail,)))
    assert "B12 <rev4>.pdf application/pdf, 482.1 kB" in text_of(client.get(f"/alerts/{alert}"))


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202eevil\u202c \u200b{{ 7*7 }} " + "x" * 10_000


def test_hostile_words_are_shown_and_do_nothing(either):
    client = either.signed_in()
    mail = Mail(
        text=HOSTILE,
        subject=HOSTILE,
        evidence=(Words(label="budget", words=HOSTILE, reason=HOSTILE), Words(label=HOSTILE[:60], words="evil")),
        sender=('"<b>x"@ourco.example', HOSTILE),
        to=((HOSTILE[:200], HOSTILE),),
        attachments=((HOSTILE, HOSTILE, 1),),
    )
    [alert] = either.add(case(HOSTILE, messages=(mail,)))
    for address in ("/alerts", f"/alerts/{alert}"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "{{ 7*7 }}" in page.text


def test_a_look_at_an_alert_and_a_search_for_words_go_on_record_without_the_words(house, client):
    [alert] = house.add(case())
    client.get(f"/alerts/{alert}")
    client.get("/alerts?text=480k")
    with house.database.transaction(write=False) as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.seq).all()
    assert [(one.action, one.object) for one in entries][-2:] == [
        ("alert.viewed", str(alert)),
        ("alerts.searched", "alerts"),
    ]
    assert "480k" not in str([one.detail for one in entries])


def test_next_and_previous_stay_within_the_filter(either):
    client = either.signed_in()
    first, _, third = either.add(case("A"), case("B", minutes=1, severity="low"), case("C", minutes=2))
    page = client.get(f"/alerts/{first}?severity=high")
    assert f'href="/alerts/{third}?severity=high" rel="next"' in page.text
    assert 'rel="prev"' not in page.text
    page = client.get(f"/alerts/{third}?severity=high")
    assert f'href="/alerts/{first}?severity=high" rel="prev"' in page.text
    assert 'rel="next"' not in page.text


@pytest.mark.parametrize("alert", [uuid.uuid4(), "no-id"])
def test_an_alert_that_is_not_there_is_a_page_in_style(client, alert):
    page = client.get(f"/alerts/{alert}")
    assert page.status_code in {404, 422}
    assert "Go to the start page" in text_of(page)
    assert "console.css" in page.text


def test_who_may_only_read_sees_no_buttons(house, monkeypatch):
    house.add(case())
    tuner = house.signed_in(Role.TUNER, name="Tom")
    page = tuner.get("/alerts")
    assert page.status_code == 403
    assert "Not for your role" in text_of(page)
    assert tuner.get("/").url.path == "/sources"


def test_the_export_links_lead_to_the_same_alerts(house, client):
    house.add(case("A"), case("B", status="resolved", verdict="benign"))
    page = client.get("/alerts?severity=high&since=2026-03-01")
    link = unescape(re.search(r'href="([^"]+format=csv)"', page.text)[1])
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.text.count("Norvik") == 0
    assert [line.split(",")[0] for line in answer.text.splitlines()[1:]] == rows_of(page)
