"""`frontdoor db`, `user` and `token`: looking after an installation from the server it runs on."""

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from service.audit.store import verify
from service.auth.links import sign_in_link_for
from service.auth.permissions import Permission, Role
from service.auth.tokens import create_token, list_tokens, revoke_token
from service.auth.users import (
    COMMAND_LINE,
    create_user,
    disable_user,
    enable_user,
    find_user,
    link_address,
    link_slack,
    list_users,
    set_roles,
)
from service.cli.options import CONFIG, Config
from service.cli.voice import say
from service.errors import FrontdoorError, NotFoundError
from service.settings import Settings, load_settings
from service.start import open_database
from service.threads.keep import expire

app = typer.Typer()
db = typer.Typer(help="The database.", no_args_is_help=True)
user = typer.Typer(help="People who may sign in.", no_args_is_help=True)
token = typer.Typer(help="Keys for programs that use the API and the feeds.", no_args_is_help=True)

for one, called in ((db, "db"), (user, "user"), (token, "token")):
    app.add_typer(one, name=called)

Name = Annotated[str, typer.Argument(help="The user's name.")]


class BrokenChainError(FrontdoorError):
    """The audit log was changed."""


@db.command("upgrade")
def db_upgrade(config: Config = CONFIG) -> None:
    """Bring the database's tables up to this version."""
    open_database(load_settings(config), migrate=True).close()
    say("the database is up to date")


@db.command("expire")
def db_expire(config: Config = CONFIG) -> None:
    """Delete what has had its time now, rather than within the hour."""
    settings = load_settings(config)
    with closing(open_database(settings, migrate=False)) as database:
        with database.transaction() as session:
            gone = expire(session, settings.retention, now=datetime.now(UTC))
        database.forget_deleted()
    say("deleted: " + ", ".join(f"{number} {what}" for what, number in gone.items()))


@db.command("verify")
def db_verify(config: Config = CONFIG) -> None:
    """Check that no entry of the audit log was changed or removed."""
    with _transaction(load_settings(config)) as session:
        found = verify(session)
    if found.first_broken is not None:
        raise BrokenChainError(f"the audit log was changed: entry {found.first_broken} does not follow from the others")
    say(f"the audit log is whole: {found.rows} entries, the last is {found.head or 'none'}")


@user.command("list")
def user_list(config: Config = CONFIG) -> None:
    """List the users and their roles."""
    with _transaction(load_settings(config)) as session:
        for one in list_users(session):
            known = "".join(f"  {name}" for name in (one.slack, one.address) if name)
            print(f"{one.name:<30} {', '.join(one.roles)}{' (disabled)' if one.disabled else ''}{known}")  # noqa: T201 - the result


@user.command("add")
def user_add(
    name: Name,
    role: Annotated[list[Role], typer.Option(help="May be repeated.")],
    slack: Annotated[str, typer.Option(metavar="TEAM:USER", help="The Slack person they act as from Slack.")] = "",
    address: Annotated[str, typer.Option(help="The mail address of the person of ours they are.")] = "",
    config: Config = CONFIG,
) -> None:
    """Add a user; `frontdoor user link NAME` then lets them in."""
    with _transaction(load_settings(config)) as session:
        now = datetime.now(UTC)
        create_user(session, name=name, roles=role, slack=slack, address=address, actor=COMMAND_LINE, now=now)
    say(f"{name} may sign in with a link from `frontdoor user link {name}`")


@user.command("link")
def user_link(name: Name, config: Config = CONFIG) -> None:
    """Print a link that signs a user in once, within 15 minutes."""
    settings = load_settings(config)
    server = settings.server
    base = server.public_url or f"http://{server.host}:{server.port}"
    with _transaction(settings) as session:
        link = sign_in_link_for(session, name, base_url=base, now=datetime.now(UTC))
    print(link)  # noqa: T201 - the result


@user.command("roles")
def user_roles(name: Name, role: Annotated[list[Role], typer.Option()], config: Config = CONFIG) -> None:
    """Give a user exactly these roles."""
    with _transaction(load_settings(config)) as session:
        set_roles(session, find_user(session, name), role, actor=COMMAND_LINE, now=datetime.now(UTC))
    say(f"{name}: {', '.join(role)}")


@user.command("slack")
def user_slack(
    name: Name,
    slack: Annotated[
        str, typer.Argument(metavar="[TEAM:USER]", help="Left out, the user no longer acts from Slack.")
    ] = "",
    config: Config = CONFIG,
) -> None:
    """Let a user review alerts from Slack, as this person."""
    with _transaction(load_settings(config)) as session:
        one = find_user(session, name)
        link_slack(session, one, slack, actor=COMMAND_LINE, now=datetime.now(UTC))
        linked = one.slack
    say(f"{name} acts from Slack as {linked}" if linked else f"{name} no longer acts from Slack")


@user.command("address")
def user_address(
    name: Name,
    address: Annotated[str, typer.Argument(help="Left out, the register no longer knows the user.")] = "",
    config: Config = CONFIG,
) -> None:
    """Say which person of ours a user is, by mail address: the register knows by it what they lead."""
    with _transaction(load_settings(config)) as session:
        one = find_user(session, name)
        link_address(session, one, address, actor=COMMAND_LINE, now=datetime.now(UTC))
        linked = one.address
    say(f"{name} is {linked}" if linked else f"{name} is nobody whom the register knows")


@user.command("disable")
def user_disable(name: Name, config: Config = CONFIG) -> None:
    """Shut a user out: browsers are signed out, tokens revoked."""
    with _transaction(load_settings(config)) as session:
        disable_user(session, find_user(session, name), actor=COMMAND_LINE, now=datetime.now(UTC))
    say(f"{name} is shut out; `frontdoor user enable` undoes it")


@user.command("enable")
def user_enable(name: Name, config: Config = CONFIG) -> None:
    """Let a disabled user sign in again."""
    with _transaction(load_settings(config)) as session:
        enable_user(session, find_user(session, name), actor=COMMAND_LINE, now=datetime.now(UTC))
    say(f"{name} may sign in again, with a new link")


@token.command("create")
def token_create(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    owner: Annotated[str, typer.Option("--user", help="Whose rights it has at most.")],
    scope: Annotated[list[Permission], typer.Option(help="May be repeated.")],
    days: Annotated[int | None, typer.Option(help="It ends after so many days.", min=1)] = None,
    config: Config = CONFIG,
) -> None:
    """Make a token and print it: this once."""
    now = datetime.now(UTC)
    with _transaction(load_settings(config)) as session:
        _, secret = create_token(
            session,
            owner=find_user(session, owner),
            name=name,
            scopes=scope,
            expires_at=now + timedelta(days=days) if days else None,
            actor=COMMAND_LINE,
            now=now,
        )
    print(secret)  # noqa: T201 - the result


@token.command("list")
def token_list(config: Config = CONFIG) -> None:
    """List the tokens, without their values."""
    with _transaction(load_settings(config)) as session:
        for row, owner in list_tokens(session):
            state = "revoked" if row.revoked_at else f"until {row.expires_at:%Y-%m-%d}" if row.expires_at else ""
            print(f"{row.id}  {row.name:<24} {owner.name:<20} {' '.join(row.scopes)}  {state}")  # noqa: T201 - the result


@token.command("revoke")
def token_revoke(
    token_id: Annotated[uuid.UUID, typer.Argument(help="As `frontdoor token list` shows it.")], config: Config = CONFIG
) -> None:
    """End a token at once."""
    with _transaction(load_settings(config)) as session:
        try:
            revoke_token(session, token_id, actor=COMMAND_LINE, now=datetime.now(UTC))
        except NotFoundError as error:
            raise NotFoundError("there is no token of this id: `frontdoor token list` shows them") from error
    say("revoked")


@contextmanager
def _transaction(settings: Settings) -> Iterator[Session]:
    with closing(open_database(settings, migrate=False)) as database, database.transaction() as session:
        yield session
