"""Firms in the channels that are read which no counterparty claims: to be assigned, in one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import Directory
from service.directory.store import load_counterparties
from service.directory.unfit import why_not
from service.directory.unknown import alerts_by_domain, claimed_by
from service.slack.models import SlackRoom, SlackWorkspace
from service.slack.rooms import rooms_by_outsider


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A domain of somebody outside (of mail, or `t0123.slack` of a Slack team), the channels and number of its alerts.

    `obstacle` says why it can't be assigned, empty where it can. `guess` is the only counterparty that is in the same
    channels, empty where there is none or several.
    """

    domain: str
    channels: tuple[str, ...]
    alerts: int
    obstacle: str
    guess: str


def list_unknown(session: Session, own_domains: Iterable[str]) -> list[Unknown]:
    """List the unknown firms, those in the most channels first."""
    teams = session.execute(select(SlackWorkspace.id, SlackWorkspace.enterprise_id))
    own = (*own_domains, *(f"{one}.slack".lower() for row in teams for one in row if one))
    directory = Directory(own_domains=own, counterparties=load_counterparties(session))
    rooms = rooms_by_outsider(session)
    names = {domain: claimed_by(directory, domain) for domain in rooms}
    unknown = [domain for domain, name in names.items() if name == ""]
    alerts = alerts_by_domain(session, unknown)
    found = [
        Unknown(
            domain=domain,
            channels=tuple(f"#{one.name}" if one.name else one.channel for one in rooms[domain]),
            alerts=alerts.get(domain, 0),
            obstacle=why_not(domain),
            guess=_guess(rooms[domain], names),
        )
        for domain in unknown
    ]
    return sorted(found, key=lambda one: (-len(one.channels), -one.alerts, one.domain))


def _guess(rooms: Sequence[SlackRoom], names: dict[str, str | None]) -> str:
    beside = [{names.get(domain) for domain in one.outsiders.split()} - {None, ""} for one in rooms]
    common = set.intersection(*beside) if beside else set()
    return str(common.pop()) if len(common) == 1 else ""
