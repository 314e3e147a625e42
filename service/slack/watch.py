"""Looking after the installations: each token is tried every few minutes, so that none dies unnoticed."""

import threading

from service.slack.installs import Installation, list_installations, load_installation, save_installation
from service.slack.models import SlackWorkspace, WorkspaceState
from service.slack.office import Office
from service.slack.repeating import repeat
from service.slack.web import CALL_ERRORS, DEAD_TOKEN, GONE_TOKEN, code_of, signed_in, teams_of
from service.slack.workspaces import NotInstalledError, UnreachableError

_EVERY_SECONDS = 300.0
_FIRST_SECONDS = 10.0


def run(office: Office, stop: threading.Event) -> None:
    """Check all installations now and then, until `stop`."""

    def work() -> float:
        return _EVERY_SECONDS if check_workspaces(office) else _FIRST_SECONDS

    repeat("the check of the workspaces", work, stop, failed=_EVERY_SECONDS)


def check_workspaces(office: Office) -> bool:
    """Try the token of every installation and put on record what came of it; tells whether all of them answered."""
    try:
        office.workspaces.register()
    except (NotInstalledError, UnreachableError) as error:
        dead = isinstance(error, NotInstalledError)
        state = WorkspaceState.REVOKED if dead else WorkspaceState.LIMITED
        office.workspaces.note_trouble("", state, error.detail or "the token is not accepted")
        office.workspaces.forget()
        return dead
    with office.database.transaction(write=False) as session:
        if office.source.token is not None:
            ids = [office.workspaces.installation("").id]
        else:
            ids = [row.id for row in list_installations(session) if row.state != WorkspaceState.REVOKED]
    answered = [_check(office, one) for one in ids]
    return all(answered)


def _check(office: Office, installed: str) -> bool:
    try:
        known = office.workspaces.installation(installed)
        if known.id != installed:
            return True  # it shares its organisation's installation, which is tried by itself
        client = office.workspaces.client(installed)
        found = signed_in(client)
        teams = teams_of(client) if found.is_enterprise else {}
    except NotInstalledError:
        return True
    except (UnreachableError, *CALL_ERRORS) as error:
        code = code_of(error)
        if code in DEAD_TOKEN:
            why = f"Slack does not accept the token any more ({code}): install the app again"
            state = WorkspaceState.REVOKED if code in GONE_TOKEN else WorkspaceState.LIMITED
            office.workspaces.note_trouble(installed, state, why)
            return True
        office.workspaces.note_trouble(installed, WorkspaceState.LIMITED, f"Slack does not answer ({code})")
        return False
    _keep(office, installed, found, teams)
    office.workspaces.note_fine(installed)
    return True


def _keep(office: Office, installed: str, found: Installation, teams: dict[str, str]) -> None:
    """Put on record what Slack says of an installation now, and for an organisation's, of its teams."""
    with office.database.transaction() as session:
        row = session.get(SlackWorkspace, installed)
        if row is None:
            return
        row.bot_id, row.bot_user_id = found.bot_id, found.bot_user_id
        row.scopes = " ".join(found.scopes) or row.scopes
        row.name = row.name or found.name
        for team, name in teams.items():
            member = load_installation(session, office.keys, team)
            is_news = member is None or member.name != name or member.state is WorkspaceState.REVOKED
            if is_news and (member is None or not member.token):
                made = Installation(id=team, enterprise_id=installed, name=name)
                save_installation(session, office.keys, made, by="enterprise", now=office.clock())
