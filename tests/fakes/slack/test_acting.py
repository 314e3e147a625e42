"""What people do, and what an app made with Bolt hears and answers, by both ways."""

import pytest
from slack_sdk import WebhookClient
from slack_sdk.errors import SlackApiError

WHY = {
    "type": "modal",
    "callback_id": "why",
    "title": {"type": "plain_text", "text": "Why"},
    "submit": {"type": "plain_text", "text": "Send"},
    "private_metadata": "w1",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "kind",
            "optional": True,
            "label": {"type": "plain_text", "text": "Kind"},
            "element": {
                "type": "radio_buttons",
                "action_id": "choice",
                "options": [
                    {"text": {"type": "plain_text", "text": "One"}, "value": "1"},
                    {"text": {"type": "plain_text", "text": "Two"}, "value": "2"},
                ],
            },
        },
    ],
}


def button(action_id, value="w1"):
    text = {"type": "plain_text", "text": "Press"}
    return [{"type": "actions", "elements": [{"type": "button", "text": text, "action_id": action_id, "value": value}]}]


def test_a_message_is_heard_and_answered_with_an_ephemeral_one(slack, app):
    @app.event("message")
    def warn(event, client):
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="careful")

    slack.world.post("C1", "U1", "our budget is 40k")
    assert slack.settle()
    (shown,) = slack.ephemerals
    assert (shown.user, shown.channel, shown.text) == ("U1", "C1", "careful")
    assert shown.accepted_at > 0
    assert all(one.acked for one in slack.events)


def test_a_button_on_an_ephemeral_message_can_be_pressed(slack, app, client):
    heard = []

    @app.action("warning.why")
    def why(ack, body):
        ack()
        heard.append(body)

    client.chat_postEphemeral(channel="C1", user="U1", text="careful", blocks=button("warning.why"))
    pressed = slack.press("U1", "C1", "warning.why")
    assert pressed.acked
    assert heard[0]["actions"][0]["value"] == "w1"
    assert heard[0]["container"]["is_ephemeral"] is True
    assert heard[0]["user"]["team_id"] == "T1"
    assert "message" not in heard[0]


def test_nobody_can_press_what_another_was_shown(slack, app, client):
    client.chat_postEphemeral(channel="C1", user="U1", text="careful", blocks=button("warning.why"))
    with pytest.raises(LookupError):
        slack.press("U2", "C1", "warning.why")
    with pytest.raises(LookupError):
        slack.press("U1", "C1", "warning.delete")


def test_a_button_on_a_message_carries_the_message(slack, app, client):
    heard = []
    app.action("alert.open")(lambda ack, body: [ack(), heard.append(body)])
    ts = client.chat_postMessage(channel="C3", text="an alert", blocks=button("alert.open"))["ts"]
    assert slack.press("U3", "C3", "alert.open").acked
    assert heard[0]["message"]["ts"] == heard[0]["container"]["message_ts"] == ts
    assert heard[0]["channel"] == {"id": "C3", "name": "privategroup"}


def test_a_modal_is_opened_filled_in_and_submitted(slack, app, client):
    heard = []

    @app.action("warning.why")
    def why(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=WHY)

    @app.view("why")
    def submitted(ack, view):
        ack()
        heard.append(view)

    client.chat_postEphemeral(channel="C1", user="U1", text="careful", blocks=button("warning.why"))
    slack.press("U1", "C1", "warning.why")
    (modal,) = slack.modals("U1")
    assert modal.content["callback_id"] == "why"
    with pytest.raises(LookupError):
        slack.submit("U1", "why", {})
    slack.submit("U1", "why", {"text": "it is fine", "choice": "2"})
    assert heard[0]["private_metadata"] == "w1"
    assert heard[0]["state"]["values"]["note"]["text"]["value"] == "it is fine"
    assert heard[0]["state"]["values"]["kind"]["choice"]["selected_option"]["value"] == "2"
    assert slack.modals("U1") == []


def test_a_modal_with_errors_stays_open_and_one_can_follow_another(slack, app, client):
    answers = iter(
        [
            {"response_action": "errors", "errors": {"note": "too short"}},
            {"response_action": "push", "view": {**WHY, "callback_id": "next"}},
            {"response_action": "update", "view": {**WHY, "callback_id": "last"}},
            {"response_action": "clear"},
        ]
    )
    app.view({"type": "view_submission", "callback_id": "why"})(lambda ack: ack(**next(answers)))
    app.view("next")(lambda ack: ack(**next(answers)))
    app.view("last")(lambda ack: ack(**next(answers)))
    app.shortcut("report")(
        lambda ack, body, client: [ack(), client.views_open(trigger_id=body["trigger_id"], view=WHY)]
    )
    ts = slack.world.post("C1", "U2", "what is your budget?", quiet=True)
    slack.shortcut("U1", "C1", ts, "report")
    shown = []
    for _ in range(4):
        shown.append([one.content["callback_id"] for one in slack.modals("U1")])
        slack.submit("U1", slack.modals("U1")[-1], {"text": "note"})
    assert shown == [["why"], ["why"], ["why", "next"], ["why", "last"]]
    assert slack.modals("U1") == []


def test_a_closed_modal_is_told_where_it_was_asked_for(slack, app):
    heard = []
    app.view_closed("why")(lambda ack, body: [ack(), heard.append(body["view"]["callback_id"])])
    app.shortcut("report")(
        lambda ack, body, client: [ack(), client.views_open(trigger_id=body["trigger_id"], view=WHY)]
    )
    slack.shortcut("U1", "C1", slack.world.post("C1", "U2", "hello", quiet=True), "report")
    assert slack.close("U1", "why").acked
    assert heard == ["why"]
    assert slack.modals("U1") == []


def test_a_trigger_opens_one_modal_in_time(slack, app, client):
    payloads = []
    app.shortcut("report")(lambda ack, body: [ack(), payloads.append(body)])
    slack.shortcut("U1", "C1", slack.world.post("C1", "U2", "hello", quiet=True), "report")
    trigger = payloads[0]["trigger_id"]
    assert payloads[0]["message"]["text"] == "hello"
    client.views_open(trigger_id=trigger, view=WHY)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=WHY)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id="1.2.made-up", view=WHY)
    slack.shortcut("U1", "C1", payloads[0]["message_ts"], "report")
    slack.world.shown.triggers[payloads[1]["trigger_id"]].made_at -= 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=payloads[1]["trigger_id"], view=WHY)


def test_a_command_is_answered_to_the_one_who_typed_it(slack, app):
    heard = []

    @app.command("/frontdoor")
    def answer(ack, command):
        heard.append(command)
        ack("only channels with suppliers are read")

    assert slack.command("U1", "C1", "/frontdoor", "about").acked
    assert (heard[0]["text"], heard[0]["channel_name"], heard[0]["is_enterprise_install"]) == (
        "about",
        "ext-norvik",
        "false",
    )
    assert [(one.user, one.text) for one in slack.ephemerals] == [("U1", "only channels with suppliers are read")]


def test_a_page_is_published_when_it_is_opened(slack, app, client):
    @app.event("app_home_opened")
    def opened(event, client):
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": button("home.start")})

    heard = []
    app.action("home.start")(lambda ack, body: [ack(), heard.append(body)])
    assert slack.home("U1") is None
    slack.open_home("U1")
    assert slack.settle()
    assert slack.home("U1")["blocks"][0]["elements"][0]["action_id"] == "home.start"
    assert slack.press("U1", "home", "home.start").acked
    assert heard[0]["view"]["type"] == "home"
    assert heard[0]["container"] == {"type": "view", "view_id": heard[0]["view"]["id"]}


def test_an_ephemeral_message_is_replaced_and_deleted_by_its_response_url(slack, app, client):
    urls = []
    app.action("one")(lambda ack, body: [ack(), urls.append(body["response_url"])])
    client.chat_postEphemeral(channel="C1", user="U1", text="first", blocks=button("one"))
    slack.press("U1", "C1", "one")
    assert WebhookClient(urls[0]).send(text="second", replace_original=True).status_code == 200
    assert [(one.text, one.gone) for one in slack.ephemerals] == [("first", True), ("second", False)]
    assert WebhookClient(urls[0]).send(text="too much", blocks=[{"type": "header"}]).status_code == 400
    assert WebhookClient(urls[0] + "x").send(text="lost").status_code == 404


def test_an_app_that_does_not_acknowledge_is_seen_to_fail(slack, app, client, impatient):
    client.chat_postEphemeral(channel="C1", user="U1", text="first", blocks=button("unheard"))
    pressed = slack.press("U1", "C1", "unheard")
    assert (pressed.acked, pressed.dropped, pressed.tries) == (False, True, 1)


def test_bad_blocks_are_refused_with_their_reason(client):
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="hello", blocks=[{"type": "header"}])
    assert refused.value.response["error"] == "invalid_blocks"
    assert "blocks[0].text" in refused.value.response["response_metadata"]["messages"][0]
