"""The page of all negotiations, with the exchange rates that sealed amounts are found by."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Response

from service.auth.access import needs
from service.auth.permissions import Permission
from service.console import negotiation_forms as forms
from service.console import negotiation_view as view
from service.console.desk import Desk, TheDesk
from service.console.directory_forms import sentence, visible
from service.console.plan_forms import read_number
from service.errors import BadRequestError
from service.negotiations import look, rates
from service.negotiations.schemas import NegotiationFilter, NegotiationQuery
from service.negotiations.states import TITLES, State

router = APIRouter(prefix="/negotiations", include_in_schema=False)

PAGE = 50
_TABS = {"": "Current", "templates": "Templates", "archive": "Archive"}

_Key = Annotated[str, Query(max_length=400)]
_Text = Annotated[str, Form(max_length=1000)]


@router.get("")
@needs(Permission.NEGOTIATIONS_READ)
def get_list(
    desk: TheDesk,
    tab: _Key = "",
    q: _Key = "",
    phase: _Key = "",
    states: _Key = "",
    person: _Key = "",
    after: _Key = "",
) -> Response:
    """Show the negotiations."""
    asked = {"tab": tab, "q": visible(q)[:200], "phase": phase, "states": states, "person": visible(person)}
    return _list(desk, {key: value for key, value in asked.items() if value}, after=after)


@router.post("/rates")
@needs(Permission.NEGOTIATIONS_MANAGE)
def set_rate(desk: TheDesk, currency: _Text = "", per_euro: _Text = "") -> Response:
    """Say how many of a currency are one euro."""
    try:
        rates.set_rate(desk.session, currency, read_number("rate", per_euro), actor=desk.asking.actor, now=desk.now)
    except BadRequestError as error:
        typed = {"currency": currency, "per_euro": per_euro}
        return _list(desk, {}, rate=typed, rate_problem=sentence(error))
    return desk.go("/negotiations#rates", "rate-set")


@router.post("/rates/{currency}/delete")
@needs(Permission.NEGOTIATIONS_MANAGE)
def delete_rate(currency: str, desk: TheDesk) -> Response:
    """Forget a rate."""
    rates.delete_rate(desk.session, currency, actor=desk.asking.actor, now=desk.now)
    return desk.go("/negotiations#rates", "rate-deleted")


def _list(
    desk: Desk,
    asked: Mapping[str, str],
    *,
    after: str = "",
    rate: Mapping[str, str] | None = None,
    rate_problem: str = "",
) -> Response:
    tab = asked.get("tab", "") if asked.get("tab", "") in _TABS else ""
    wanted = NegotiationQuery(
        phase=[asked["phase"]] if asked.get("phase") in view.PHASES else [],
        states=[asked["states"]] if asked.get("states") in set(State) else [],
        person=asked.get("person") or None,
        q=asked.get("q") or None,
        template=tab == "templates",
        archived=tab == "archive",
        after=forms.id_in(after),
        limit=PAGE,
    )
    page = look.list_negotiations(desk.session, wanted, now=desk.now)
    leads = [one.lead for one in page.negotiations]
    query = urlencode(asked)
    return desk.show(
        "negotiations.html",
        here=f"/negotiations?{query}" if query else "/negotiations",
        status=HTTPStatus.BAD_REQUEST if rate_problem else HTTPStatus.OK,
        asked=asked,
        tab=tab,
        tabs=_TABS,
        negotiations=page.negotiations,
        people=look.names_of_people(desk.session, leads),
        narrowed=bool(set(asked) - {"tab"}),
        first=f"/negotiations?{query}" if wanted.after else None,
        next=f"/negotiations?{urlencode({**asked, 'after': page.next})}" if page.next else None,
        export=_export(wanted),
        manages=desk.asking.may(Permission.NEGOTIATIONS_MANAGE),
        phases=view.PHASES,
        states=TITLES,
        day=view.said_day,
        rates=rates.list_rates(desk.session),
        rate=rate or {"currency": "", "per_euro": ""},
        rate_problem=rate_problem,
    )


def _export(asked: NegotiationQuery) -> str:
    kept = asked.model_dump(mode="json", exclude_defaults=True, include=set(NegotiationFilter.model_fields))
    return f"/api/v1/negotiations/export?{urlencode(kept, doseq=True)}"
