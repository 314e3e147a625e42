"""Modals and pages by the Web API: their order, their hashes, and who may do what to them."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack.payloads import Paper

TEXT = {"type": "plain_text", "text": "Title"}


def modal(callback="one", **more):
    return {"type": "modal", "title": TEXT, "callback_id": callback, "blocks": [{"type": "divider"}], **more}


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as error:
        call(**arguments)
    return error.value.response["error"]


@pytest.fixture
def trigger(slack):
    """Make a trigger_id, as an interaction has it; from a modal when its id is given."""
    paper = Paper(slack.world, slack.world.app, slack.world.users["U1"], slack.hooks_url)
    return paper.trigger


def test_three_modals_stand_on_each_other_and_no_fourth(slack, client, trigger):
    view = client.views_open(trigger_id=trigger(), view=modal())["view"]
    for callback in ("two", "three"):
        below, view = view, client.views_push(trigger_id=trigger(view["id"]), view=modal(callback))["view"]
        assert view["previous_view_id"] == below["id"]
    assert [one.content["callback_id"] for one in slack.modals("U1")] == ["one", "two", "three"]
    assert refused(client.views_push, trigger_id=trigger(view["id"]), view=modal("four")) == "push_limit_reached"


def test_a_modal_is_changed_while_its_hash_holds(slack, client, trigger):
    view = client.views_open(trigger_id=trigger(), view=modal(external_id="mine"))["view"]
    changed = client.views_update(view_id=view["id"], hash=view["hash"], view=modal("two", external_id="mine"))["view"]
    assert refused(client.views_update, view_id=view["id"], hash=view["hash"], view=modal()) == "hash_conflict"
    client.views_update(external_id="mine", hash=changed["hash"], view=modal("three", external_id="mine"))
    assert slack.modals("U1")[0].content["callback_id"] == "three"
    assert refused(client.views_update, view_id="V404", view=modal()) == "not_found"
    assert refused(client.views_open, trigger_id=trigger(), view=modal(external_id="mine")) == "duplicate_external_id"


def test_a_closed_modal_is_not_changed(slack, client, trigger):
    view = client.views_open(trigger_id=trigger(), view=modal())["view"]
    assert slack.close("U1", "one") is None
    assert refused(client.views_update, view_id=view["id"], view=modal()) == "not_found"


@pytest.mark.parametrize(
    "view",
    [
        {"type": "home", "blocks": []},
        modal(title={"type": "plain_text", "text": "x" * 25}),
        modal(blocks=[{"type": "input", "label": TEXT, "element": {"type": "plain_text_input"}}]),
        "no view",
    ],
)
def test_what_is_no_modal_is_refused(client, trigger, view):
    assert refused(client.api_call, api_method="views.open", json={"trigger_id": trigger(), "view": view}) in (
        "invalid_arguments",
        "invalid_json",
    )


def test_a_page_is_published_anew_while_its_hash_holds(slack, client):
    page = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U1", view=page)["view"]
    second = client.views_publish(user_id="U1", view=page, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    assert refused(client.views_publish, user_id="U1", view=page, hash=first["hash"]) == "hash_conflict"
    assert refused(client.views_publish, user_id="U404", view=page) == "invalid_arguments"
    assert slack.home("U2") is None


def test_somebody_of_another_firm_reaches_the_app_by_the_shared_channel(slack):
    world = slack.world
    paper = Paper(world, world.app, world.users["U2"], slack.hooks_url, world.channels["C1"])
    sent = paper.command(world.channels["C1"], "/frontdoor", "about")
    assert (sent["team_id"], sent["user_id"]) == ("T2", "U2")
    with pytest.raises(LookupError):
        Paper(world, world.app, world.users["U2"], slack.hooks_url)
