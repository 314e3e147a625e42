"""Exchange rates over the API."""

from http import HTTPStatus

from fastapi import APIRouter

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, Transaction
from service.failures import problems
from service.negotiations import rates
from service.negotiations.schemas import RateIn, RateView

router = APIRouter(prefix="/api/v1/rates", tags=["negotiations"], responses=problems(401, 403))


@router.get("")
@needs(Permission.NEGOTIATIONS_READ)
def list_rates(session: Transaction) -> list[RateView]:
    """List how many of each currency are one euro: sealed amounts are found in these currencies, too."""
    return [RateView.model_validate(row) for row in rates.list_rates(session)]


@router.put("/{currency}", responses=problems(400))
@needs(Permission.NEGOTIATIONS_MANAGE)
def set_rate(currency: str, body: RateIn, session: Transaction, asking: Asking, now: Now) -> RateView:
    """Say how many of a currency are one euro."""
    row = rates.set_rate(session, currency, body.per_euro, actor=asking.actor, now=now)
    return RateView.model_validate(row)


@router.delete("/{currency}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
@needs(Permission.NEGOTIATIONS_MANAGE)
def delete_rate(currency: str, session: Transaction, asking: Asking, now: Now) -> None:
    """Forget a rate: amounts in this currency are then found in this currency alone."""
    rates.delete_rate(session, currency, actor=asking.actor, now=now)
