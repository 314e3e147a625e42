"""The sample company that the demo shows: whole, consistent, invented, and with every signal in it."""

import csv
import json
import mailbox
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from importlib import resources
from pathlib import Path

import pytest

from detectors.finding import Label
from messages import CounterpartyKind
from service.directory.files import read_directory

OWN = "ourco.example"
SAMPLES = Path(str(resources.files("service") / "samples"))
EXPORT = SAMPLES / "slack"
FIRST, LAST = datetime(2026, 10, 12, tzinfo=UTC), datetime(2026, 11, 18, tzinfo=UTC)
HOST = re.compile(r"(?:@|https?://|www\.)((?:[\w-]+\.)+[A-Za-z]\w*)")


@pytest.fixture(scope="module")
def directory():
    return read_directory([OWN], SAMPLES)


@pytest.fixture(scope="module")
def mails():
    box = mailbox.mbox(SAMPLES / "mail.mbox", create=False)
    try:
        return [message_from_bytes(box.get_bytes(key), policy=policy.default) for key in box.iterkeys()]
    finally:
        box.close()


@pytest.fixture(scope="module")
def users():
    return {user["id"]: user for user in json.loads((EXPORT / "users.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def channels():
    return {channel["name"]: channel for channel in json.loads((EXPORT / "channels.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def days():
    return {
        (path.parent.name, path.stem): json.loads(path.read_text("utf-8")) for path in sorted(EXPORT.glob("*/*.json"))
    }


@pytest.fixture(scope="module")
def truth():
    lines = (Path(__file__).parent / "samples_truth.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def _id(header):
    return str(header).strip().strip("<>")


def _addresses(mail):
    return [
        address.addr_spec for name in ("From", "To", "Cc") if mail[name] is not None for address in mail[name].addresses
    ]


def _texts(mail):
    yield from map(str, mail.values())
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield part.get_content()


def _direction(author, others):
    if not author:
        return "inbound"
    return "internal" if all(others) else "outbound"


def _slack_directions(days, channels, users):
    home = {user["id"] for user in users.values() if user["profile"].get("email", "").endswith(f"@{OWN}")}
    for (name, _), rows in days.items():
        channel = channels[name]
        for row in rows:
            others = [member in home for member in channel["members"] if member != row["user"]]
            yield row, channel["id"], _direction(row["user"] in home, others)


def _mail_directions(mails):
    for mail in mails:
        author, *others = (address.endswith(f"@{OWN}") for address in _addresses(mail))
        yield _id(mail["Message-ID"]), _direction(author, others)


def test_every_mail_parses_without_a_defect(mails):
    assert 80 <= len(mails) <= 110
    for mail in mails:
        assert mail["Subject"] is not None
        assert mail.get_body(("plain", "html")).get_content().strip()
        assert [defect for part in mail.walk() for defect in part.defects] == []


def test_mails_come_in_the_clients_many_shapes(mails):
    texts = ["".join(_texts(mail)) for mail in mails]
    for mark in ("-----Original Message-----", "Gesendet: ", " schrieb ", " a écrit", "Sent from my iPhone", " wrote:"):
        assert any(mark in text for text in texts), mark
    kinds = Counter(part.get_content_type() for mail in mails for part in mail.walk())
    for kind in ("text/html", "multipart/alternative", "application/pdf", "text/csv"):
        assert kinds[kind] >= 3, kind


def test_message_ids_are_unique_and_a_reply_comes_after_what_it_answers(mails):
    sent = {_id(mail["Message-ID"]): mail["Date"].datetime for mail in mails}
    assert len(sent) == len(mails)
    replies = [mail for mail in mails if mail["In-Reply-To"]]
    assert len(replies) >= 30
    for mail in replies:
        assert _id(mail["In-Reply-To"]) == _id(mail["References"].split()[-1])
        for reference in mail["References"].split():
            assert sent[_id(reference)] < mail["Date"].datetime


def test_mails_stand_in_order_of_time_with_a_zone_in_these_weeks(mails):
    dates = [mail["Date"].datetime for mail in mails]
    assert all(date.utcoffset() is not None and FIRST <= date < LAST for date in dates)
    assert dates == sorted(dates)


def test_everybody_on_a_mail_is_one_of_ours_or_of_a_listed_firm(mails, directory):
    for address in {address for mail in mails for address in _addresses(mail)}:
        if address.endswith(f"@{OWN}"):
            assert address in directory.people, address
        else:
            assert directory.counterparty(address).kind is not CounterpartyKind.UNASSIGNED, address


def test_people_and_firms_name_managers_and_owners_who_exist(directory):
    managers = {person.manager for person in directory.people.values() if person.manager}
    owners = {party.owner for party in directory.counterparties}
    assert managers | owners <= set(directory.people)
    kinds = Counter(party.kind for party in directory.counterparties)
    assert kinds[CounterpartyKind.SUPPLIER] >= 8
    assert kinds[CounterpartyKind.CUSTOMER] == 2


def test_no_slack_id_or_address_is_given_twice():
    rows = list(csv.DictReader((SAMPLES / "people.csv").read_text("utf-8").splitlines()))
    for column in ("address", "slack_id"):
        values = [row[column] for row in rows if row[column]]
        assert len(set(values)) == len(values), column


def test_slack_users_are_ours_by_people_csv_or_of_a_listed_firm(users, directory):
    ours = {person.slack_id: person.address for person in directory.people.values() if person.slack_id}
    teams = {party.slack_team for party in directory.counterparties if party.slack_team}
    for user_id, user in users.items():
        email = user["profile"].get("email", "")
        if user_id in ours:
            assert email == ours[user_id]
        else:
            assert user["team_id"] in teams or (user["is_restricted"] and not email.endswith(f"@{OWN}")), user_id
    assert set(ours) <= set(users)


def test_slack_messages_are_said_by_members_on_the_day_of_their_file(days, channels):
    for (name, day), rows in days.items():
        stamps = [float(row["ts"]) for row in rows]
        assert stamps == sorted(stamps)
        for row, stamp in zip(rows, stamps, strict=True):
            sent = datetime.fromtimestamp(stamp, tz=UTC)
            assert row["user"] in channels[name]["members"]
            assert sent.date().isoformat() == day
            assert FIRST <= sent < LAST


def test_slack_stamps_are_unique_and_threads_have_their_root(days):
    for name in {name for name, _ in days}:
        rows = {row["ts"]: row for (channel, _), some in days.items() if channel == name for row in some}
        assert len(rows) == sum(len(some) for (channel, _), some in days.items() if channel == name)
        for ts, row in rows.items():
            root = rows[row.get("thread_ts", ts)]
            assert root["ts"] == ts or {"user": row["user"], "ts": ts} in root["replies"]
            assert all(reply["ts"] in rows for reply in row.get("replies", ()))


def test_slack_shows_edits_files_reactions_mentions_and_guests(days, users):
    rows = [row for some in days.values() for row in some]
    assert 80 <= len(rows) <= 110
    for key in ("edited", "files", "reactions", "thread_ts"):
        assert sum(key in row for row in rows) >= 2, key
    mentioned = {user for row in rows for user in re.findall(r"<@(\w+)>", row["text"])}
    assert mentioned
    assert mentioned <= set(users)
    assert sum(bool(user.get("is_restricted")) for user in users.values()) >= 2


def test_nothing_points_outside_the_example_domains(mails):
    texts = [text for mail in mails for text in _texts(mail)]
    texts += [path.read_text("utf-8") for path in SAMPLES.rglob("*") if path.suffix in {".json", ".csv"}]
    hosts = {host for text in texts for host in HOST.findall(text)}
    assert f"mail.{OWN}" in hosts or OWN in hosts
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_mail_and_slack_go_in_all_directions(mails, days, channels, users):
    by_mail = Counter(direction for _, direction in _mail_directions(mails))
    by_slack = Counter(direction for _, _, direction in _slack_directions(days, channels, users))
    for count in (by_mail, by_slack):
        assert min(count[direction] for direction in ("inbound", "outbound", "internal")) >= 5


def test_the_truth_names_messages_that_exist_and_their_direction(truth, mails, days, channels, users):
    directions = dict(_mail_directions(mails))
    [team] = {user["team_id"] for user in users.values() if user["profile"].get("email", "").endswith(f"@{OWN}")}
    for row, channel, direction in _slack_directions(days, channels, users):
        directions[f"{team}:{channel}:{row['ts']}"] = direction
    assert {row["id"]: row["direction"] for row in truth.values()}.items() <= directions.items()


def test_every_label_is_shown_at_least_twice_by_who_can_show_it(truth):
    count = Counter(label for row in truth.values() for label in row["labels"])
    assert set(count) == {label.value for label in Label}
    assert min(count.values()) >= 2
    for row in truth.values():
        allowed = {
            "inbound": {"elicitation", "sidestep"},
            "internal": {"sidestep"},
            "outbound": set(Label) - {"elicitation"},
        }
        assert set(row["labels"]) <= allowed[row["direction"]], row["id"]


def test_most_of_the_traffic_is_harmless(truth, mails, days):
    assert len(truth) < 0.3 * (len(mails) + sum(map(len, days.values())))


def test_the_samples_span_five_weeks_and_stay_small(mails):
    dates = [mail["Date"].datetime for mail in mails]
    assert timedelta(weeks=5) - timedelta(days=1) <= max(dates) - min(dates) <= timedelta(weeks=6)
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 400_000
