"""Who holds a plan: the first by leading or belonging to the team, all others by a holder's word."""

import uuid
from datetime import timedelta
from functools import cached_property

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from service.app import create_app
from service.audit.store import Action
from service.auth.permissions import Permission, Role
from service.auth.users import disable_user, get_user
from service.models import Alert, AuditEntry, MessageRow, User
from service.negotiations import access, plan
from service.negotiations.access import HeldError, HolderLeftError, LastHolderError, NotInTeamError, PlanClosedError
from service.negotiations.look import get_row
from service.negotiations.models import NegotiationRow
from service.negotiations.sealing import note_sealed
from service.negotiations.secrecy import withheld
from tests.fakes.alerts import Case, add_case
from tests.fakes.plans import LEAD, MEMBER, NAME, add_negotiation, add_user, program, signed_in


class Rooms:
    """An installation whose application is made when it is first asked for: most tests need none."""

    def __init__(self, database, keys, settings, clock):
        self.database, self.keys, self.settings, self.clock = database, keys, settings, clock
        self.now = clock()

    @cached_property
    def app(self):
        """The application."""
        return create_app(self.database, self.keys, self.settings, clock=self.clock)


class Team:
    """A negotiation with its lead, a member, and others who are neither; each a user."""

    def __init__(self, house):
        self.house = house
        self.id = add_negotiation(self.house, NAME, lead=LEAD, team=[MEMBER, "noone@ourco.example"])
        self.ida = add_user(self.house, "Ida Kern", Role.LEAD, address=LEAD)
        self.bo = add_user(self.house, "Bo Lind", Role.REVIEWER, address=MEMBER)
        self.eve = add_user(self.house, "Eve Admin", Role.ADMINISTRATOR, address="eve@ourco.example")
        self.nobody = add_user(self.house, "No Address", Role.LEAD)

    def claim(self, user):
        with self.house.database.transaction() as session:
            access.claim(session, get_row(session, self.id), user, actor="test", now=self.house.now)

    def admit(self, user, *, by):
        with self.house.database.transaction() as session:
            access.admit(session, get_row(session, self.id), user, by=by, actor="test", now=self.house.now)

    def remove(self, user, *, by):
        with self.house.database.transaction() as session:
            access.remove(session, self.id, user, by=by, actor="test", now=self.house.now)

    def destroy(self, by, *, now=None):
        with self.house.database.transaction() as session:
            access.destroy(session, self.id, by=by, actor="test", now=now or self.house.now)

    def disable(self, user):
        with self.house.database.transaction() as session:
            disable_user(session, get_user(session, user), actor="test", now=self.house.now)

    def holders(self):
        with self.house.database.transaction(write=False) as session:
            return {one.user_id for one in access.holders(session, self.id)}


@pytest.fixture
def team(database, keys, settings, clock):
    return Team(Rooms(database, keys, settings, clock))


def test_nobody_holds_a_plan_at_first(team):
    assert team.holders() == set()
    with team.house.database.transaction(write=False) as session:
        assert not any(access.may_open(session, team.id, one) for one in (team.ida, team.bo, team.eve, None))


@pytest.mark.parametrize("who", ["ida", "bo"])
def test_lead_and_team_may_claim_a_plan_that_nobody_holds(team, who):
    team.claim(getattr(team, who))
    assert team.holders() == {getattr(team, who)}


@pytest.mark.parametrize("who", ["eve", "nobody"])
def test_nobody_else_may_claim_it(team, who):
    with pytest.raises(NotInTeamError):
        team.claim(getattr(team, who))
    assert team.holders() == set()


def test_a_plan_that_is_held_is_not_claimed_again(team):
    team.claim(team.ida)
    for user in (team.bo, team.ida):
        with pytest.raises(HeldError):
            team.claim(user)


def test_somebody_outside_claims_nothing(team):
    with pytest.raises(PlanClosedError):
        team.claim(None)


def test_a_template_has_no_plan_to_claim(team):
    with team.house.database.transaction() as session:
        session.get_one(NegotiationRow, team.id).is_template = True
    with pytest.raises(access.ConflictError, match="template"):
        team.claim(team.ida)


def test_whoever_is_shut_out_claims_nothing(team):
    team.disable(team.bo)
    with pytest.raises(NotInTeamError):
        team.claim(team.bo)


@pytest.mark.parametrize(("who", "holds"), [("ida", True), ("bo", True), ("eve", False), ("nobody", False)])
def test_who_registers_a_negotiation_holds_its_plan_only_by_belonging_to_it(team, who, holds):
    with team.house.database.transaction() as session:
        row = get_row(session, team.id)
        assert access.note_creator(session, row, getattr(team, who), actor="test", now=team.house.now) is holds
    assert (team.holders() == {getattr(team, who)}) is holds


def test_registering_takes_no_plan_away_from_a_holder(team):
    team.claim(team.ida)
    with team.house.database.transaction() as session:
        assert not access.note_creator(session, get_row(session, team.id), team.bo, actor="test", now=team.house.now)
    assert team.holders() == {team.ida}


def test_a_holder_admits_somebody_of_the_team_and_nobody_else(team):
    team.claim(team.ida)
    team.admit(team.bo, by=team.ida)
    assert team.holders() == {team.ida, team.bo}
    team.admit(team.bo, by=team.ida)
    for user in (team.eve, team.nobody):
        with pytest.raises(NotInTeamError):
            team.admit(user, by=team.ida)
    with pytest.raises(access.NotFoundError):
        team.admit(uuid.uuid4(), by=team.ida)


@pytest.mark.parametrize("by", ["bo", "eve"])
def test_nobody_but_a_holder_admits_or_removes(team, by):
    team.claim(team.ida)
    with pytest.raises(PlanClosedError):
        team.admit(team.bo, by=getattr(team, by))
    with pytest.raises(PlanClosedError):
        team.remove(team.ida, by=getattr(team, by))


def test_an_administrator_who_puts_themselves_in_the_team_s_place_still_does_not_hold_it(team):
    team.claim(team.ida)
    with team.house.database.transaction() as session:
        session.get_one(User, team.bo).address = None
        session.flush()
        session.get_one(User, team.eve).address = MEMBER
    with pytest.raises(HeldError):
        team.claim(team.eve)
    with team.house.database.transaction(write=False) as session:
        assert not access.may_open(session, team.id, team.eve)
        assert not access.may_change_guarded(session, team.id, team.eve)
        assert access.may_change_guarded(session, team.id, team.ida)


def test_anybody_changes_the_team_of_a_negotiation_that_nobody_holds(team):
    with team.house.database.transaction(write=False) as session:
        assert access.may_change_guarded(session, team.id, team.eve)
        assert access.may_change_guarded(session, team.id, None)


def test_holders_remove_each_other_but_the_last_one_stays(team):
    team.claim(team.ida)
    team.admit(team.bo, by=team.ida)
    team.remove(team.ida, by=team.bo)
    with pytest.raises(LastHolderError):
        team.remove(team.bo, by=team.bo)
    assert team.holders() == {team.bo}


def test_a_holder_who_is_shut_out_does_not_count_as_one_who_is_left(team):
    team.claim(team.ida)
    team.admit(team.bo, by=team.ida)
    team.disable(team.ida)
    with pytest.raises(LastHolderError):
        team.remove(team.bo, by=team.bo)
    team.remove(team.ida, by=team.bo)
    assert team.holders() == {team.bo}


def test_who_holds_nothing_is_not_removed(team):
    team.claim(team.ida)
    with pytest.raises(access.NotFoundError):
        team.remove(team.bo, by=team.ida)


def test_the_last_holder_hands_the_plan_over(team):
    team.claim(team.ida)
    with team.house.database.transaction() as session:
        row = get_row(session, team.id)
        access.hand_over(session, row, team.bo, by=team.ida, actor="test", now=team.house.now)
    assert team.holders() == {team.bo}
    with team.house.database.transaction(write=False) as session:
        assert not access.may_open(session, team.id, team.ida)


def test_the_last_holder_destroys_the_plan_and_the_team_may_begin_another(team):
    team.claim(team.ida)
    add_entry(team)
    team.destroy(team.ida)
    assert team.holders() == set()
    with team.house.database.transaction(write=False) as session:
        assert plan.planned_among(session, [team.id]) == frozenset()
    team.claim(team.bo)


@pytest.mark.parametrize("by", ["eve", "bo"])
def test_nobody_outside_destroys_a_plan_while_a_holder_can_sign_in(team, by):
    team.claim(team.ida)
    with pytest.raises(HolderLeftError):
        team.destroy(getattr(team, by))


def test_an_orphaned_plan_can_be_destroyed_but_not_read(team):
    team.claim(team.ida)
    add_entry(team)
    team.disable(team.ida)
    admin = signed_in(team.house, team.eve)
    address = f"/api/v1/negotiations/{team.id}/plan"
    assert admin.get(address).status_code == 403
    assert signed_in(team.house, team.bo).delete(address).status_code == 403
    assert admin.post(f"{address}/claim").status_code == 409
    assert admin.delete(address).status_code == 204
    assert team.holders() == set()
    with team.house.database.transaction(write=False) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.PLAN_DESTROYED.value)).all()
    assert [(row.actor, row.object, row.detail) for row in rows] == [("Eve Admin", str(team.id), {})]


def test_a_plan_that_nobody_ever_held_is_not_destroyed(team):
    with pytest.raises(HolderLeftError):
        team.destroy(team.eve)


def test_what_was_sealed_before_a_plan_was_destroyed_stays_withheld_from_who_claims_the_next(team):
    house = team.house
    team.claim(team.ida)
    old, fresh = (add_sealed(team, stored_at=house.now + timedelta(hours=hours)) for hours in (1, 3))
    with house.database.transaction(write=False) as session:
        assert withheld(session, [old, fresh], team.ida) == {}
    team.destroy(team.ida, now=house.now + timedelta(hours=2))
    team.claim(team.bo)
    with house.database.transaction(write=False) as session:
        assert withheld(session, [old, fresh], team.bo) == {old: (NAME,)}
        assert withheld(session, [old, fresh], team.ida) == {old: (NAME,), fresh: (NAME,)}


def test_a_holder_s_user_is_never_deleted_from_under_the_plan(team):
    team.claim(team.ida)
    with pytest.raises(IntegrityError), team.house.database.transaction() as session:
        session.execute(User.__table__.delete().where(User.id == team.ida))


@pytest.mark.parametrize(
    ("scopes", "status"),
    [
        ((Permission.NEGOTIATIONS_READ, Permission.NEGOTIATIONS_MANAGE), 200),
        ((Permission.NEGOTIATIONS_READ,), 403),
        ((Permission.NEGOTIATIONS_MANAGE,), 403),
        ((Permission.ALERTS_READ, Permission.FEEDS_READ), 403),
    ],
)
def test_a_holder_s_token_opens_the_plan_only_with_the_scope_to_manage(team, scopes, status):
    team.claim(team.ida)
    client = program(team.house, team.ida, *scopes)
    assert client.get(f"/api/v1/negotiations/{team.id}/plan").status_code == status


def test_a_reviewer_of_the_team_holds_a_plan_in_their_browser(team):
    team.claim(team.bo)
    browser = signed_in(team.house, team.bo)
    address = f"/api/v1/negotiations/{team.id}/plan"
    assert browser.get(address).status_code == 200
    body = {"role": "target", "fact": {"kind": "percentage", "value": 12}}
    assert browser.post(f"{address}/facts", json=body).status_code == 201


def test_candidates_are_users_of_the_team_who_do_not_hold_it(team):
    team.claim(team.ida)
    with team.house.database.transaction(write=False) as session:
        assert [one.id for one in access.candidates(session, get_row(session, team.id))] == [team.bo]
    team.disable(team.bo)
    with team.house.database.transaction(write=False) as session:
        assert access.candidates(session, get_row(session, team.id)) == []


def test_claims_admissions_and_removals_are_on_record(team):
    team.claim(team.ida)
    team.admit(team.bo, by=team.ida)
    team.remove(team.bo, by=team.ida)
    with team.house.database.transaction(write=False) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.object == str(team.id)).order_by(AuditEntry.seq))
        told = [(row.action, row.detail["name"]) for row in rows]
    assert told == [
        (Action.PLAN_CLAIMED, "Ida Kern"),
        (Action.HOLDER_ADMITTED, "Bo Lind"),
        (Action.HOLDER_REMOVED, "Bo Lind"),
    ]


def add_entry(team):
    entry = plan.PlanEntry(role=plan.EntryRole.STRATEGY, note="Hold back the tooling.")
    with team.house.database.transaction() as session:
        plan.add_fact(session, team.house.keys, team.id, entry, actor="test", now=team.house.now)


def add_sealed(team, *, stored_at):
    with team.house.database.transaction() as session:
        alert = add_case(session, team.house.keys, Case())
        thread = session.get_one(Alert, alert).thread_id
        row = session.scalars(select(MessageRow).where(MessageRow.thread_id == thread)).one()
        row.stored_at = stored_at
        note_sealed(session, team.house.keys, {row.id: [team.id]})
        return row.id
