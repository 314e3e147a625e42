"""A negotiation with a plan whose values are planted in messages in several wordings, and people who look for them."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import re2
from fastapi.testclient import TestClient
from sqlalchemy import select

from connectors import Batch
from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Channel, Counterparty, Directory, Message, Participant, Person
from service.alerts.events import EventKind, add_event
from service.auth.permissions import Permission, Role
from service.auth.sessions import cookie_name, open_session
from service.auth.tokens import create_token
from service.auth.users import create_user, get_user
from service.directory.models import Counterparty as CounterpartyRow
from service.directory.store import save_directory
from service.models import Alert, FindingRow, MessageRow, User
from service.negotiations.models import AlertNegotiation, NegotiationParty, NegotiationRow
from service.negotiations.sealing import note_sealed
from service.negotiations.secrecy import sealed_among
from service.negotiations.snapshot import load_register
from service.pipeline.house import House as Judging
from service.pipeline.ingest import ingest
from tests.fakes.alerts import Case, Mail, Words, add_case
from tests.fakes.console import HOST, House, make_house

NAME, OTHER_NAME = "Castings 2027", "Hydraulics renewal"
SEALED_REASON = f"a sealed fact of negotiation “{NAME}”"
AMOUNT = {
    "kind": "amount",
    "value": 7.43,
    "currency": "EUR",
    "unit": "piece",
    "quantity": 41_357,
    "words": ["lamella price"],
}
ENTRIES = (
    {"role": "walk_away", "title": "Zirconium ceiling", "note": "Settled at the heron lunch.", "fact": AMOUNT},
    {"role": "target", "title": "Start", "fact": {"kind": "date", "first": "2026-05-19", "last": "2026-05-21"}},
    {"role": "limit", "title": "Most", "fact": {"kind": "percentage", "value": 13.37}},
    {"role": "alternative", "title": "Else", "fact": {"kind": "name", "words": ["Kestrelwerk"]}},
    {"role": "strategy", "title": "Opening", "note": "First pretend to hold back the quokka tooling."},
)
# The same values as people write them, each in a message of its own.
WORDINGS = (
    "we would go up to 7.43 EUR a piece",
    "mehr als 7,43 Euro zahlen wir nicht",
    "seven forty-three a piece is where we stop",
    "just under seven and a half, to the cent forty-three",
    "it has to be there in the week of 19 May",
    "am 19.05.2026 muss es stehen",
    "thirteen point three seven percent is the most",
    "Kestrelwerk would do it, too",
)
# What of all that must never be seen by others, however it is spelled; looked for in megabytes of pages and logs.
_PLANTED = re2.compile(
    r"(?i)\b7[.,]43\b|forty-three|\b41[.,]?357\b|lamella|zirconium|heron|quokka|kestrelwerk|13[.,]37|point three seven"
    r"|19 may|19\.05\.2026|2026-05-19|2026-05-21|to the cent|seven and a half"
)
LEAD, MEMBER = "ida@ourco.example", "bo.lind@ourco.example"


def planted_in(text: str | bytes) -> list[str]:
    """Return what of the planted values stands in an answer."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return sorted({one.casefold() for one in _PLANTED.findall(text)})


@dataclass(frozen=True)
class Planted:
    """The installation, the ids of what was planted, its holder, and everybody who must not see any of it."""

    house: House
    negotiation: uuid.UUID
    other: uuid.UUID
    alert: uuid.UUID
    messages: tuple[uuid.UUID, ...]
    facts: tuple[uuid.UUID, ...]
    holder_id: uuid.UUID
    holder: TestClient
    holder_token: TestClient
    outsiders: dict[str, TestClient]
    closed_users: dict[str, uuid.UUID]

    @property
    def plan(self):
        """The plan's address in the API."""
        return f"/api/v1/negotiations/{self.negotiation}/plan"

    @property
    def page(self):
        """The plan's page."""
        return f"/negotiations/{self.negotiation}/plan"


def plant(database, *, clock=lambda: datetime(2026, 3, 14, 12, 0, tzinfo=UTC)) -> Planted:
    """Fill an empty database: two negotiations, a plan for each, and an alert that holds values of the first."""
    house = make_house(database, clock)
    house.base = HOST
    holder_id = add_user(house, "Ida Kern", Role.LEAD, address=LEAD)
    rival_id = add_user(house, "Rosa Marín", Role.LEAD, address="rosa@ourco.example")
    negotiation = add_negotiation(house, NAME, lead=LEAD, team=[MEMBER])
    other = add_negotiation(house, OTHER_NAME, lead="rosa@ourco.example", team=[])
    holder, rival = signed_in(house, holder_id), signed_in(house, rival_id)
    for client, where in ((holder, negotiation), (rival, other)):
        assert client.post(f"/api/v1/negotiations/{where}/plan/claim").status_code == 201
    facts = tuple(
        uuid.UUID(holder.post(f"/api/v1/negotiations/{negotiation}/plan/facts", json=one).json()["id"])
        for one in ENTRIES
    )
    alert, messages = add_leak(house, negotiation, facts[0])
    users = {
        "administrator": add_user(house, "Ana Ferreira", Role.ADMINISTRATOR),
        "reviewer": add_user(house, "Rex Viewer", Role.REVIEWER),
        "tuner": add_user(house, "Tuna Tuner", Role.TUNER),
        "privacy officer": add_user(house, "Priya Vacy", Role.PRIVACY_OFFICER),
        "lead of another negotiation": rival_id,
    }
    outsiders = {name: signed_in(house, user) for name, user in users.items()}
    outsiders["token with all scopes"] = program(house, users["administrator"], *Permission)
    outsiders["holder's token for alerts"] = program(
        house, holder_id, *(Permission(one) for one in ("alerts:read", "alerts:review", "feeds:read"))
    )
    return Planted(
        house=house,
        negotiation=negotiation,
        other=other,
        alert=alert,
        messages=messages,
        facts=facts,
        holder_id=holder_id,
        holder=holder,
        holder_token=program(house, holder_id, Permission.NEGOTIATIONS_MANAGE, *_READING),
        outsiders=outsiders,
        closed_users=users,
    )


_READING = (Permission.NEGOTIATIONS_READ, Permission.ALERTS_READ, Permission.FEEDS_READ)


def take_in(planted: Planted) -> int:
    """Let each wording come in as a mail, through the detectors, the store and the ledger; returns how many are sealed.

    Nothing of it is made for the purpose: what `frontdoor run` does with a mail is done here.
    """
    house, database = planted.house, planted.house.database
    firm = Counterparty(name="Norvik Metall", domains=("norvik.example",))
    jonas = Person(address="jonas.weber@ourco.example", name="Jonas Weber")
    directory = Directory(own_domains=("ourco.example",), people={jonas.address: jonas}, counterparties=(firm,))
    with database.transaction() as session:
        save_directory(session, directory)
        party = session.scalars(select(CounterpartyRow)).one()
        session.add(NegotiationParty(negotiation_id=planted.negotiation, counterparty_id=party.id))
        session.flush()
        register = load_register(session, house.keys, directory)
    messages = tuple(_letter(words, place, house.now) for place, words in enumerate(WORDINGS))
    with database.transaction() as session:
        judging = Judging(
            keys=house.keys,
            context=Context(directory=directory, negotiations=register),
            policies=builtin_policies(),
            retention=house.settings.retention,
        )
        batch = Batch(stream="INBOX", messages=messages, cursor="")
        ingest(session, "mailbox", "imap", batch, judging, now=house.now)
    with database.transaction(write=False) as session:
        came = select(MessageRow.id).where(MessageRow.external_id.startswith("INBOX/"))
        return len(sealed_among(session, session.scalars(came)))


def _letter(words: str, place: int, now: datetime) -> Message:
    return Message(
        id=f"INBOX/{place}",
        channel=Channel.EMAIL,
        message_id=f"<{place}@ourco.example>",
        sender=Participant(address="jonas.weber@ourco.example", name="Jonas Weber"),
        to=(Participant(address="pia@norvik.example", name="Pia Halvorsen"),),
        subject=f"Castings: {words}",
        text=f"Hi Pia,\n\nbetween us: {words}.\n\nJonas",
        sent_at=now - timedelta(hours=len(WORDINGS) - place),
    )


def add_user(house, name, *roles, address=None):
    """Add a user who is a person of ours; returns their id."""
    with house.database.transaction() as session:
        user = create_user(session, name=name, roles=roles, actor="test", now=house.now)
        user.address = address
        return user.id


def add_negotiation(house, name, *, lead, team):
    """Add a negotiation, as the register does; returns its id."""
    with house.database.transaction() as session:
        row = NegotiationRow(
            id=uuid.uuid4(),
            name=name,
            phase="bids",
            lead=lead,
            terms={"team": team},
            created_at=house.now,
            created_by="test",
            updated_at=house.now,
        )
        session.add(row)
        return row.id


def signed_in(house, user_id):
    """Return a browser that a user is signed in with."""
    with house.database.transaction() as session:
        secret = open_session(session, get_user(session, user_id), now=house.now)
    browser = TestClient(
        house.app,
        base_url=HOST,
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
        raise_server_exceptions=False,
    )
    browser.cookies.set(cookie_name(house.settings), secret)
    return browser


def program(house, user_id, *scopes):
    """Return a program that has a token of a user."""
    with house.database.transaction() as session:
        owner = session.get_one(User, user_id)
        name = f"token {uuid.uuid4().hex[:6]}"
        _, secret = create_token(
            session, owner=owner, name=name, scopes=scopes, expires_at=None, actor=owner.name, now=house.now
        )
    headers = {"Authorization": f"Bearer {secret}"}
    return TestClient(house.app, base_url=HOST, headers=headers, follow_redirects=False, raise_server_exceptions=False)


def add_leak(house, negotiation, fact):
    """Add an alert on a thread in which each wording stands in a message; all of them are sealed."""
    open_one = Mail(text="Thanks for the drawings, they arrived on Monday.", subject="Drawings")
    mails = [_mail(words) for words in WORDINGS]
    mails[0] = replace(
        mails[0],
        subject=f"Re: {WORDINGS[0]}",
        attachments=(("Kestrelwerk at 7.43.pdf", "application/pdf", 4_096),),
        evidence=(
            *mails[0].evidence,
            Words(label="authority_exceeded", words="", points=10.0, reason="Ida Kern may not, and agrees to 7.43."),
        ),
    )
    with house.database.transaction() as session:
        alert = add_case(session, house.keys, Case(messages=[open_one, *mails], risk=96.0))
        add_event(session, alert, EventKind.OPENED, now=house.now)
        session.add(AlertNegotiation(alert_id=alert, negotiation_id=negotiation))
        rows = session.scalars(
            select(FindingRow).where(FindingRow.alert_id == alert, FindingRow.label == "sealed_fact")
        )
        for row in rows:
            row.rule, row.reason = str(fact), SEALED_REASON
        thread = session.get_one(Alert, alert).thread_id
        query = select(MessageRow.id).where(MessageRow.thread_id == thread).order_by(MessageRow.sent_at)
        _, *messages = session.scalars(query)
        note_sealed(session, house.keys, {one: [negotiation] for one in messages})
    return alert, tuple(messages)


def _mail(words):
    return Mail(
        text=f"Hi Pia,\n\nbetween us: {words}.\n\nJonas",
        subject="Castings",
        evidence=(
            Words(label="sealed_fact", words=words, points=9.0),
            Words(label="budget", words=f"between us: {words}", points=2.0),
        ),
    )
