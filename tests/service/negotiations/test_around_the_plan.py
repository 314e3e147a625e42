"""Ways around a plan's lock: to have less sealed, to read what was written for its holders, to come in unseen."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors import Batch
from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Attachment, Channel, Counterparty, Directory, Message, Participant
from service.audit.store import Action
from service.auth.links import make_sign_in_link
from service.auth.permissions import Permission, Role
from service.auth.tokens import create_token
from service.auth.users import create_user, get_user
from service.directory.models import Counterparty as CounterpartyRow
from service.directory.store import save_directory
from service.errors import BadRequestError
from service.models import AuditEntry, MessageRow
from service.negotiations.models import NegotiationParty, SealedMessage
from service.negotiations.secrecy import sealed_among
from service.negotiations.snapshot import load_register
from service.pipeline.house import House as Judging
from service.pipeline.ingest import ingest
from service.pipeline.report import POLICY as REPORTS
from tests.fakes.console import make_house
from tests.fakes.ledger import tell, told
from tests.fakes.plans import AMOUNT, LEAD, MEMBER, NAME, add_negotiation, add_user, signed_in

NORVIK, OTHER = "Norvik Metall", "Brandl Guss"
PAGE = {"accept": "text/html"}


class Scene:
    """A negotiation with Norvik whose plan Ida holds, a member of its team who does not, and people outside."""

    def __init__(self, database, clock):
        self.clock = clock
        self.house = make_house(database, clock)
        self.id = add_negotiation(self.house, NAME, lead=LEAD, team=[MEMBER])
        self.directory = Directory(
            own_domains=("ourco.example",),
            counterparties=(
                Counterparty(name=NORVIK, domains=("norvik.example",)),
                Counterparty(name=OTHER, domains=("brandl.example",)),
            ),
        )
        with database.transaction() as session:
            save_directory(session, self.directory)
            party = session.scalars(select(CounterpartyRow.id).where(CounterpartyRow.name == NORVIK)).one()
            session.add(NegotiationParty(negotiation_id=self.id, counterparty_id=party))
        self.users = {
            "ida": add_user(self.house, "Ida Kern", Role.LEAD, address=LEAD),
            "bo": add_user(self.house, "Bo Lind", Role.LEAD, address=MEMBER),
            "eve": add_user(self.house, "Eve Admin", Role.ADMINISTRATOR),
            "rosa": add_user(self.house, "Rosa Marín", Role.LEAD, address="rosa@ourco.example"),
        }
        self.ida, self.bo, self.eve, self.rosa = (signed_in(self.house, user) for user in self.users.values())
        self.api = f"/api/v1/negotiations/{self.id}"
        assert self.ida.post(f"{self.api}/plan/claim").status_code == 201
        assert self.ida.post(f"{self.api}/plan/facts", json={"role": "limit", "fact": AMOUNT}).status_code == 201

    @property
    def database(self):
        return self.house.database

    def version(self):
        return self.ida.get(self.api).json()["version"]

    def is_sealed(self, text, *, files=(), sender="jonas.weber@ourco.example", to="pia@norvik.example"):
        """Let a mail come in by the register as it is now; tells whether it is withheld."""
        name = uuid.uuid4().hex
        mail = Message(
            id=f"INBOX/{name}",
            channel=Channel.EMAIL,
            message_id=f"<{name}@ourco.example>",
            sender=Participant(address=sender),
            to=(Participant(address=to),),
            subject="Castings",
            text=text,
            attachments=tuple(Attachment(name=one, media_type="application/pdf", size=4096) for one in files),
            sent_at=self.house.now,
        )
        keys = self.house.keys
        with self.database.transaction() as session:
            register = load_register(session, keys, self.directory)
            judging = Judging(
                keys=keys,
                context=Context(directory=self.directory, negotiations=register),
                policies=(*builtin_policies(), REPORTS),
                retention=self.house.settings.retention,
            )
            ingest(
                session, "mail", "imap", Batch(stream="INBOX", messages=(mail,), cursor=""), judging, now=mail.sent_at
            )
            row = session.scalars(select(MessageRow.id).where(MessageRow.external_id == mail.id)).one()
            return row in sealed_among(session, [row])

    def entrances(self):
        return [
            (one["way"], one["holder"], one["made_by"]) for one in self.ida.get(f"{self.api}/plan").json()["entrances"]
        ]

    def make_link(self, user, actor):
        with self.database.transaction() as session:
            make_sign_in_link(
                session, user=get_user(session, user), base_url="http://localhost", actor=actor, now=self.clock()
            )


@pytest.fixture
def scene(database, clock):
    return Scene(database, clock)


@pytest.fixture
def lite_scene(lite, clock):
    return Scene(lite, clock)


# To have less sealed

LEAK = "Hi Pia, between us: we would go up to 7.43 EUR a piece."
GUESSES = " ".join(f"The price is {cents / 100:.2f} EUR per piece." for cents in range(700, 800))


def test_nobody_outside_opens_what_is_sealed_by_publishing_guesses(scene):
    assert scene.is_sealed(LEAK)
    for client in (scene.eve, scene.rosa, scene.bo):
        answer = client.post(f"{scene.api}/published", json={"text": GUESSES})
        assert answer.status_code == 403, answer.text
        page = client.post(f"/negotiations/{scene.id}/published", data={"text": GUESSES}, headers=PAGE)
        assert "holders" in page.text
    assert scene.is_sealed(LEAK)
    assert (
        scene.ida.post(f"{scene.api}/published", json={"text": "The price is 7.43 EUR per piece."}).status_code == 201
    )
    assert not scene.is_sealed(LEAK)


def test_nobody_outside_opens_what_is_sealed_by_archiving(scene):
    for client in (scene.eve, scene.rosa, scene.bo):
        assert client.post(f"{scene.api}/archive").status_code == 403
        client.post(f"/negotiations/{scene.id}/archive", headers=PAGE)
    assert scene.is_sealed(LEAK)
    assert scene.ida.post(f"{scene.api}/archive").status_code == 200
    assert scene.eve.post(f"{scene.api}/restore").status_code == 200


def test_nobody_outside_opens_what_is_sealed_by_inviting_somebody_else_instead(lite_scene):
    for client in (lite_scene.eve, lite_scene.rosa, lite_scene.bo):
        change = {"version": lite_scene.version(), "counterparties": [OTHER]}
        assert client.patch(lite_scene.api, json=change).status_code == 403
    assert (
        lite_scene.eve.patch(lite_scene.api, json={"version": lite_scene.version(), "phase": "award"}).status_code
        == 200
    )
    assert lite_scene.is_sealed(LEAK)


def test_until_a_plan_has_holders_anybody_who_manages_publishes_and_archives(lite_scene):
    assert lite_scene.ida.delete(f"{lite_scene.api}/plan").status_code == 204
    assert lite_scene.rosa.post(f"{lite_scene.api}/published", json={"text": "Offers are due."}).status_code == 201
    change = {"version": lite_scene.version(), "counterparties": [OTHER]}
    assert lite_scene.rosa.patch(lite_scene.api, json=change).status_code == 200
    assert lite_scene.rosa.post(f"{lite_scene.api}/archive").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["Lamella price 7.43 EUR.pdf", "lamella_price_7.43_EUR_per_piece.xlsx", "Lamella-Price 7,43 EUR apiece.doc"],
)
def test_a_file_s_name_that_tells_a_fact_seals_the_message(lite_scene, name):
    assert lite_scene.is_sealed("Hi Pia, see the file.", files=[name])


@pytest.mark.parametrize("name", ["Drawing B12.pdf", "Agenda 9.30.pdf", "", "\x00", "a" * 3000])
def test_other_files_seal_nothing(lite_scene, name):
    assert not lite_scene.is_sealed("Hi Pia, see the file.", files=[name])


AMONG_US = ("we would go up to 8.50 EUR a piece", "our walk-away discount is 12 %", "wir brauchen es bis 19. Mai")


@pytest.mark.parametrize("text", AMONG_US)
@pytest.mark.parametrize(
    ("sender", "to", "is_sealed"),
    [
        (LEAD, MEMBER, True),
        (MEMBER, "jonas.weber@ourco.example", True),
        ("jonas.weber@ourco.example", LEAD, True),
        ("jonas.weber@ourco.example", "rosa@ourco.example", False),
    ],
)
def test_what_the_team_says_among_us_is_withheld_too_once_it_is_reported(lite_scene, text, sender, to, is_sealed):
    for fact in (
        {"kind": "amount", "value": 8.5, "currency": "EUR", "unit": "piece"},
        {"kind": "percentage", "value": 12},
        {"kind": "date", "first": "2026-05-19", "last": "2026-05-21"},
    ):
        added = lite_scene.ida.post(f"{lite_scene.api}/plan/facts", json={"role": "limit", "fact": fact})
        assert added.status_code == 201
    assert lite_scene.is_sealed(text, sender=sender, to=to) is is_sealed


@pytest.mark.parametrize("text", ["We meet at 7.43 at the gate.", "Lunch was 9.80 EUR.", "Version 7.43 is out."])
def test_what_the_team_says_of_other_things_is_not(lite_scene, text):
    assert not lite_scene.is_sealed(text, sender=LEAD, to=MEMBER)


# To read what was written for others


def by_hand(scene, **more):
    return {
        "counterparty": NORVIK,
        "kind": "known",
        "topic": "budget",
        "words": "They know our ceiling of 7.43.",
        "said_at": (scene.house.now - timedelta(days=1)).isoformat(),
        "way": "phone",
        "told_by": "Engineering",
        "reason": "Pia named 7.43 herself.",
        "negotiation": str(scene.id),
    } | more


def test_whoever_claims_the_next_plan_reads_nothing_that_was_written_for_the_holders_of_the_last(scene):
    url = f"/api/v1/exposure/{scene.ida.post('/api/v1/exposure', json=by_hand(scene)).json()['id']}"
    undone = scene.ida.post(f"{url}/edits", json={"words": "It is 7.43, to be exact.", "reason": "7.43 once more"})
    edit = undone.json()["edits"][-1]["id"]
    assert scene.ida.post(f"{url}/edits/{edit}/undo").status_code == 201
    made = scene.ida.post(f"{scene.api}/brief", json={"counterparty": NORVIK})
    assert made.status_code == 201, made.text
    assert "7.43" in scene.ida.get(url).text
    assert scene.eve.patch(f"/api/v1/users/{scene.users['ida']}", json={"disabled": True}).status_code == 200
    assert scene.eve.delete(f"{scene.api}/plan").status_code == 204
    assert scene.bo.post(f"{scene.api}/plan/claim").status_code == 201
    brief = f"/api/v1/briefs/{made.json()['id']}"
    for path in (url, "/api/v1/exposure", f"{scene.api}/brief?counterparty={NORVIK}", brief, "/api/v1/exposure/export"):
        for client in (scene.bo, scene.eve):
            assert "7.43" not in client.get(path).text, path
    assert scene.bo.get(url).json()["words"] != ""
    assert scene.bo.post(f"{url}/edits", json={"words": "It is 7.43, we know.", "reason": "new"}).status_code == 201
    assert "7.43" in scene.bo.get(url).text
    latest = scene.bo.get(url).json()["edits"][-1]["id"]
    assert scene.bo.post(f"{url}/edits/{latest}/undo").status_code == 201
    assert "ceiling" not in scene.bo.get(url).text


def test_the_ledger_does_not_say_that_a_withheld_message_repeats_what_a_readable_one_said(lite_scene):
    keys, seal = lite_scene.house.keys, lite_scene.id

    def tell_of(words, day, *, sealed):
        with lite_scene.database.transaction() as session:
            one = told(session, keys, "budget", words, day=day, firms=(NORVIK,), negotiations=(seal,))
            if sealed:
                session.add(SealedMessage(message_id=one.message_id, negotiation_id=seal))
                session.flush()
            tell(session, keys, one)

    tell_of("we could pay 7.43", 0, sealed=False)
    tell_of("we could pay 7.43 a piece", 1, sealed=True)
    tell_of("they may know of 7.43", 2, sealed=True)
    tell_of("up to 7.43", 3, sealed=False)
    listed = lite_scene.eve.get("/api/v1/exposure").json()["entries"]
    sources = [lite_scene.eve.get(f"/api/v1/exposure/{one['id']}").json()["sources"] for one in listed]
    assert sorted([one["words"] for one in some] for some in sources) == [["", ""], ["we could pay 7.43", "up to 7.43"]]


# To come in unseen


@pytest.mark.parametrize("name", ["Ida Kern (token x)", "ida kern (TOKEN mail)"])
def test_nobody_is_called_like_somebody_s_token_or_answer(lite_scene, name):
    with lite_scene.database.transaction() as session, pytest.raises(BadRequestError):
        create_user(session, name=name, roles=[Role.ADMINISTRATOR], actor="test", now=lite_scene.house.now)


def test_a_link_made_by_somebody_whose_name_goes_on_after_the_holder_s_shows(lite_scene):
    lite_scene.make_link(lite_scene.users["ida"], "Ida Kern (token x) (token y)")
    lite_scene.make_link(lite_scene.users["ida"], "Ida Kernov")
    assert [made_by for _, _, made_by in lite_scene.entrances()][:1] == ["Ida Kernov"]


def test_a_link_made_just_before_its_holder_was_admitted_shows_as_long_as_it_may_still_let_somebody_in(lite_scene):
    scene = lite_scene
    scene.make_link(scene.users["bo"], "Eve Admin")
    scene.clock.pass_by(days=30)
    scene.make_link(scene.users["bo"], "Eve Admin")
    scene.clock.pass_by(days=6)
    scene.house.now = scene.clock()
    ida = signed_in(scene.house, scene.users["ida"])
    admitted = ida.post(f"{scene.api}/plan/holders", json={"user_id": str(scene.users["bo"])})
    assert admitted.status_code == 201, admitted.text
    shown = ida.get(f"{scene.api}/plan").json()["entrances"]
    assert [(one["way"], one["holder"], one["made_by"]) for one in shown] == [("link", "Bo Lind", "Eve Admin")]


def test_a_token_made_long_before_its_owner_was_admitted_shows_while_it_lets_in(lite_scene):
    scene = lite_scene
    with scene.database.transaction() as session:
        for scopes in ((Permission.NEGOTIATIONS_READ, Permission.NEGOTIATIONS_MANAGE), (Permission.ALERTS_READ,)):
            create_token(
                session,
                owner=get_user(session, scene.users["bo"]),
                name="mail",
                scopes=scopes,
                expires_at=None,
                actor="Eve Admin",
                now=scene.clock() - timedelta(days=400),
            )
    scene.ida.post(f"{scene.api}/plan/holders", json={"user_id": str(scene.users["bo"])})
    assert scene.entrances() == [("token", "Bo Lind", "Eve Admin")]


def test_what_was_refused_is_told_to_nobody_as_a_change(lite_scene):
    lite_scene.eve.post(f"{lite_scene.api}/published", json={"text": GUESSES})
    with lite_scene.database.transaction(write=False) as session:
        rows = session.scalars(select(AuditEntry.action).where(AuditEntry.object == str(lite_scene.id))).all()
    assert Action.NEGOTIATION_CHANGED not in rows


def test_of_two_who_claim_at_once_one_becomes_the_holder(scene):
    assert scene.ida.delete(f"{scene.api}/plan").status_code == 204
    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(lambda client: client.post(f"{scene.api}/plan/claim").status_code, (scene.ida, scene.bo))
        )
    assert sorted(answers) == [201, 409]
    assert len(scene.eve.get(f"{scene.api}/plan/holders").json()) == 1


def test_two_holders_who_remove_each_other_at_once_leave_one(scene):
    bo = {"user_id": str(scene.users["bo"])}
    assert scene.ida.post(f"{scene.api}/plan/holders", json=bo).status_code == 201
    pairs = ((scene.ida, scene.users["bo"]), (scene.bo, scene.users["ida"]))
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda one: one[0].delete(f"{scene.api}/plan/holders/{one[1]}").status_code, pairs))
    assert sorted(answers) in ([204, 403], [204, 409])
    assert len(scene.eve.get(f"{scene.api}/plan/holders").json()) == 1
