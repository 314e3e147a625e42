"""From a message in a shared channel to procurement's: the whole way."""

from tests.fakes.office import LEAK, Live
from tests.service.notify.desk import text_of


def test_what_is_said_in_a_shared_channel_comes_to_procurement_with_the_way_there(desk, slack):
    live = Live(office=desk.office, slack=slack)
    ts = live.say("C1", "U1", LEAK)
    desk.work()
    [post] = desk.posts()
    shown = text_of(post)
    assert "Budget" in shown
    assert "Norvik Metall · risk" in shown
    assert "85,000 euros" in shown
    assert "Anna Alt · Slack: #ext-norvik · <!date^" in shown
    assert f"<https://ourco.slack.com/archives/C1/p{ts.replace('.', '')}|Show in Slack>" in shown
    desk.press("UR", "alert.in_progress")
    slack.world.edit("C1", ts, f"{LEAK} And we have no second source for it.")
    live.work()
    desk.work()
    [post] = desk.posts()
    assert "*In progress*, by Rita Reviewer" in text_of(post)
    assert "Show in Slack" in text_of(post)


def test_what_harms_nobody_does_not_come_to_procurement(desk, slack):
    live = Live(office=desk.office, slack=slack)
    live.say("C1", "U1", "The pallets arrived this morning and the warehouse has booked them in without remarks.")
    live.say("C2", "U1", LEAK)
    desk.work()
    assert desk.posts() == []
