"""Plans over the API. They open to their holders alone, in a browser or by a token with `negotiations:manage`."""

import uuid
from http import HTTPStatus

from fastapi import APIRouter

from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheKeys, Transaction
from service.failures import problems
from service.negotiations import access, plan
from service.negotiations.look import get_row
from service.negotiations.plan_guard import TheHolding, destroy, note_look
from service.negotiations.plan_schemas import (
    HolderIn,
    HolderView,
    PlanEntryChangeIn,
    PlanEntryIn,
    PlanEntryView,
    PlanView,
    entry_view,
    plan_view,
)
from service.negotiations.traces import entrances_of, looks_at

router = APIRouter(
    prefix="/api/v1/negotiations/{negotiation_id}/plan", tags=["plans"], responses=problems(401, 403, 404)
)


@router.get("")
@needs(Permission.NEGOTIATIONS_READ, audits=always)
def read_plan(holding: TheHolding, session: Transaction, keys: TheKeys, now: Now) -> PlanView:
    """Show the plan to one of its holders. Every look is on record, and so is every one that was refused."""
    held = access.holders(session, holding.negotiation_id)
    entries = plan.read_plan(session, keys, holding.negotiation_id)
    looks, entrances = looks_at(session, holding.negotiation_id), entrances_of(session, held)
    note_look(session, holding, now=now)
    return plan_view(entries, held, looks, entrances)


@router.delete("", status_code=HTTPStatus.NO_CONTENT, responses=problems(409))
@needs(Permission.NEGOTIATIONS_READ)
def destroy_plan(negotiation_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> None:
    """Destroy the plan, as one of its holders; or as an administrator, once none of them can sign in any more."""
    destroy(session, keys, negotiation_id, asking, now=now)


@router.post("/claim", status_code=HTTPStatus.CREATED, responses=problems(409))
@needs(Permission.NEGOTIATIONS_READ)
def claim_plan(negotiation_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> list[HolderView]:
    """Become the first holder of a plan that has none, as somebody who leads the negotiation or is in its team."""
    row = get_row(session, negotiation_id, lock=True)
    access.claim(session, row, access.viewer_of(asking), actor=asking.actor, now=now)
    return [HolderView.model_validate(one) for one in access.holders(session, row.id)]


@router.post("/facts", status_code=HTTPStatus.CREATED, responses=problems(400))
@needs(Permission.NEGOTIATIONS_READ)
def add_entry(holding: TheHolding, body: PlanEntryIn, session: Transaction, keys: TheKeys, now: Now) -> PlanEntryView:
    """Add an entry: a fact with its role, or a note on strategy."""
    where, actor = holding.negotiation_id, holding.actor
    entry_id = plan.add_fact(session, keys, where, body.entry(), actor=actor, now=now)
    return entry_view(plan.read_entry(session, keys, where, entry_id))


@router.put("/facts/{entry_id}", responses=problems(400, 409))
@needs(Permission.NEGOTIATIONS_READ)
def change_entry(
    holding: TheHolding, entry_id: uuid.UUID, body: PlanEntryChangeIn, session: Transaction, keys: TheKeys, now: Now
) -> PlanEntryView:
    """Put another entry in the place of the one that was read at `version`."""
    where, actor = holding.negotiation_id, holding.actor
    plan.change_fact(session, keys, where, entry_id, body.entry(), version=body.version, actor=actor, now=now)
    return entry_view(plan.read_entry(session, keys, where, entry_id))


@router.delete("/facts/{entry_id}", status_code=HTTPStatus.NO_CONTENT)
@needs(Permission.NEGOTIATIONS_READ)
def remove_entry(holding: TheHolding, entry_id: uuid.UUID, session: Transaction, now: Now) -> None:
    """Take an entry out of the plan."""
    plan.remove_fact(session, holding.negotiation_id, entry_id, actor=holding.actor, now=now)


@router.get("/holders")
@needs(Permission.NEGOTIATIONS_READ)
def list_holders(negotiation_id: uuid.UUID, session: Transaction) -> list[HolderView]:
    """Tell who opens the plan, so that others know whom to ask."""
    get_row(session, negotiation_id)
    return [HolderView.model_validate(one) for one in access.holders(session, negotiation_id)]


@router.post("/holders", status_code=HTTPStatus.CREATED, responses=problems(409))
@needs(Permission.NEGOTIATIONS_READ)
def admit_holder(holding: TheHolding, body: HolderIn, session: Transaction, now: Now) -> list[HolderView]:
    """Admit somebody who leads the negotiation or is in its team."""
    row = get_row(session, holding.negotiation_id, lock=True)
    access.admit(session, row, body.user_id, by=holding.user_id, actor=holding.actor, now=now)
    return [HolderView.model_validate(one) for one in access.holders(session, row.id)]


@router.delete("/holders/{user_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(409))
@needs(Permission.NEGOTIATIONS_READ)
def remove_holder(holding: TheHolding, user_id: uuid.UUID, session: Transaction, now: Now) -> None:
    """Remove a holder, another or yourself; the last one hands the plan over, or destroys it."""
    by, actor = holding.user_id, holding.actor
    access.remove(session, holding.negotiation_id, user_id, by=by, actor=actor, now=now)


@router.post("/hand-over", status_code=HTTPStatus.CREATED, responses=problems(409))
@needs(Permission.NEGOTIATIONS_READ)
def hand_over(holding: TheHolding, body: HolderIn, session: Transaction, now: Now) -> list[HolderView]:
    """Admit somebody who leads the negotiation or is in its team, and leave, at once."""
    row = get_row(session, holding.negotiation_id, lock=True)
    access.hand_over(session, row, body.user_id, by=holding.user_id, actor=holding.actor, now=now)
    return [HolderView.model_validate(one) for one in access.holders(session, row.id)]
