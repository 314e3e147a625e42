"""What people do in the fake Slack, handed straight to a Bolt app: no socket in between, so a test is quick."""

import json

from slack_bolt import BoltRequest

from tests.fakes.slack.delivery import Parcel


def connect_directly(slack, app):
    """Let the app answer whatever a person does."""

    def send(parcel: Parcel) -> Parcel:
        answer = app.dispatch(BoltRequest(mode="socket_mode", body=parcel.payload))
        parcel.acked = answer.status == 200
        parcel.answer = _read(answer.body)
        parcel.done.set()
        return parcel

    slack.send = send


def _read(body):
    if not body:
        return {}
    return json.loads(body) if body.startswith("{") else {"text": body}
