"""The threads of a Slack source: they come and go with its workspaces, and end soon whatever Slack does."""

import threading
import time

import pytest

from detectors.context import Context
from service.models import MessageRow
from service.pipeline.house import House
from service.slack import running
from service.slack.installs import Installation, save_installation
from service.slack.running import at_work
from tests.fakes.office import ORDINARY, TOKEN, directory, make_office


def house_of(office):
    return House(
        keys=office.keys,
        context=Context(directory=directory()),
        policies=office.policies,
        retention=office.settings.retention,
    )


def install(office, token):
    with office.database.transaction() as session:
        made = Installation(id="T1", name="Ourco", bot_user_id="UBOT", token=token)
        save_installation(session, office.keys, made, by="an administrator", now=office.clock())
    office.workspaces.forget()


def until(is_so, seconds=20.0):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)


@pytest.fixture
def _in_no_time(monkeypatch):
    monkeypatch.setattr(running, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(running, "_PATIENCE_SECONDS", 0.3)


@pytest.mark.usefixtures("_in_no_time")
def test_work_ends_soon_though_slack_is_silent(office, slack):
    slack.fault("auth.test", times=20, delay=6.0, hang_up=True)
    with at_work([office], house_of(office), threading.Event(), threading.Event()):
        until(lambda: slack.called("auth.test"))
        stopped = time.monotonic()
    assert time.monotonic() - stopped < 5.0


@pytest.mark.usefixtures("_in_no_time")
def test_history_goes_on_with_the_token_of_a_new_installation(office, slack, monkeypatch):
    monkeypatch.setenv("FRONTDOOR_TEST_CLIENT_SECRET", "made-up")
    told = {"client_id": "1000.2000", "client_secret": {"env": "FRONTDOOR_TEST_CLIENT_SECRET"}}
    many = make_office(
        office.database, slack, keys=office.keys, installs=told, app_token=None, poll_seconds=1, grace_seconds=0
    )

    def stored():
        with many.database.transaction(write=False) as session:
            return session.query(MessageRow).count()

    install(many, TOKEN)
    slack.world.post("C1", "U1", ORDINARY)
    with at_work([many], house_of(many), threading.Event(), threading.Event()):
        until(lambda: stored() == 1)
        slack.world.grants[TOKEN].refusal = "token_revoked"
        slack.world.grant("xoxb-made-up-2", "UBOT")
        install(many, "xoxb-made-up-2")
        slack.world.post("C1", "U1", ORDINARY)
        until(lambda: stored() == 2)
