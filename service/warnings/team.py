"""Who negotiates with a firm, as Slack can call them: somebody must be there to answer while it is going on."""

import re
from datetime import date

from service.slack.office import Office
from service.slack.wording import Markup
from service.warnings.models import WarningRow

# More names would call nobody in particular.
_MOST = 6
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,30}")


def team_of(office: Office, warning: WarningRow, *, today: date) -> tuple[Markup, ...]:
    """Mention lead and team of what is being negotiated with a warning's counterparty, the lead first.

    Empty where nothing is, or where nobody's Slack id is known.
    """
    context = office.shelf.context(office.database, office.keys)
    parties = (one for one in context.directory.counterparties if one.name == warning.counterparty)
    firms = [name for party in parties for name in context.directory.represented(party)]
    matters = [one for one in context.negotiations.of_firms(firms or [warning.counterparty]) if one.is_open(today)]
    people = (context.directory.person(one) for matter in matters for one in (matter.lead, *matter.team))
    ids = [one.slack_id.strip().upper() for one in people if one is not None and not one.left]
    return tuple(dict.fromkeys(Markup(f"<@{one}>") for one in ids if _SLACK_ID.fullmatch(one)))[:_MOST]
