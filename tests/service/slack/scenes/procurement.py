"""What stands in procurement's channel: alerts in each state, many at once, the digest, and what its buttons answer."""

import tomllib
import uuid
from dataclasses import replace
from datetime import timedelta
from importlib import resources

from sqlalchemy import delete, update

from detectors.finding import Label
from detectors.scoring import Severity
from service.auth.permissions import Role
from service.auth.users import create_user
from service.models import Alert, MessageRow, User, Verdict
from service.notify.channel import Channel
from service.notify.digest import post_digest
from service.notify.digest_post import digest_post
from service.notify.figures import Figures, Oldest
from service.notify.posts import FLOOD
from service.reports.models import Report
from service.settings import Server
from service.warnings.models import WarningRow
from tests.fakes.alerts import Case, Mail, Words
from tests.service.notify.desk import Desk
from tests.service.slack.scenes.stage import NASTY

WHERE = "CPROC"
_MANY = 10**9
_WORDING = resources.files("service.notify") / "wording" / "en.toml"


def play(stage):
    """Let alerts open, be looked at and pile up, and a day end."""
    desk = _desk(stage)
    desk.work()
    for severity in Severity:
        stage.begin(f"alert/new/{severity}")
        desk.opens(_case(stage, severity=severity.value))
        desk.work()
    for label in () if stage.worst else tomllib.loads(_WORDING.read_text("utf-8"))["label"]:
        stage.begin(f"alert/new/{label}")
        desk.opens(Case(messages=(Mail(text="480k", evidence=(Words(label=label, words="480k"),)),)))
        desk.work()
    stage.begin("alert/fifty findings")
    desk.opens(_case(stage, findings=50))
    desk.work()
    _odd(stage, desk)
    _reviewed(stage, desk)
    _answered(stage, desk)
    stage.begin("alert/where the console's address is not known")
    nowhere = stage.office.settings.model_copy(update={"server": Server(public_url="")})
    desk.office = replace(stage.office, settings=nowhere)
    desk.opens(_case(stage))
    desk.work()
    desk.office = stage.office
    stage.begin("flood")
    for number in range(FLOOD + 1):
        severity = list(Severity)[number % len(Severity)].value
        desk.opens(Case(counterparty=f"{number % 9} {_firm(stage)}"[:200], severity=severity))
    desk.work()
    _digests(stage)


def _desk(stage):
    with stage.database.transaction() as session:
        for name, role, user in (("Rita", Role.REVIEWER, "UR"), ("Tom", Role.TUNER, "UT")):
            create_user(session, name=_name(stage, name), roles=[role], slack=f"T1:{user}", actor="test", now=stage.now)
    return Desk(office=stage.office, slack=stage.slack, channel=Channel(stage.office), app=stage.app)


def _name(stage, name):
    # A user's name is printable, and has at most a hundred characters.
    return stage.pick(name, f"{name} {'R&D <here> ' * 9}"[:100].strip())


def _firm(stage):
    return stage.pick("Norvik Metall", (NASTY * 4)[:200])


def _case(stage, *, findings=0, **more):
    """Make an alert: of one message, or of many findings by as many people, at worst of all labels and more."""
    if not stage.worst and not findings:
        return Case(**more)
    labels = [*Label, *(f"something_new_{'x' * 180}_{number}" for number in range(3))]
    messages = [
        Mail(
            text=f"{number} {stage.words('we have 480k left', 2000)}",
            evidence=(Words(label=labels[number % len(labels)], words=f"{number} {stage.words('we have', 1000)}"),),
            subject=stage.words("Forecast", 250),
            sender=(f"a{number}@ourco.example", f"{number} {stage.words('Jonas Weber', 200)}"),
        )
        for number in range(findings or 4)
    ]
    return Case(messages=messages, counterparty=_firm(stage), risk=100.0, extra_labels=tuple(labels), **more)


def _odd(stage, desk):
    """Alerts of which something is missing, or more is known than usual."""
    mail = Mail(text=None, evidence=(Words(label="budget", words="480k"),), sender=("", ""))
    stage.begin("alert/words and author are gone")
    desk.opens(Case(messages=(mail,)))
    desk.work()
    stage.begin("alert/without evidence in words")
    desk.opens(Case(messages=(Mail(text="Hi", evidence=(Words(label="too_early", words=""),)),)))
    desk.work()
    stage.begin("alert/nothing is kept of it")
    desk.opens(Case(messages=(Mail(text="Hi"),), risk=50.0, extra_labels=("sidestep",)))
    desk.work()
    stage.begin("alert/of nobody known")
    desk.opens(Case(counterparty="unknown"))
    desk.work()
    for count in (1, stage.pick(3, 1000)):
        stage.begin(f"alert/in Slack, {count} warned, {count} reported, taken back")
        alert = desk.opens(_case(stage, channel="slack"))
        ts = stage.slack.world.post("C1", "U1", "Between us")
        desk.in_slack(alert, ts)
        stage.add(*(_warning(stage, alert) for _ in range(count)), *(_report(stage, alert) for _ in range(count)))
        with stage.database.transaction() as session:
            thread = session.get(Alert, alert).thread_id
            named = update(MessageRow).where(MessageRow.thread_id == thread)
            session.execute(named.values(withdrawn_at=stage.now))
        desk.work()


def _reviewed(stage, desk):
    steps = [
        ("in progress", {"status": "in_progress"}),
        ("suppressed", {"status": "suppressed"}),
        ("resolved", {"status": "resolved"}),
        *((f"resolved as {one}", {"verdict": one}) for one in Verdict),
    ]
    for name, step in steps:
        stage.begin(f"alert/{name}")
        alert = desk.opens(_case(stage))
        desk.work()
        desk.reviews(alert, name=_name(stage, "Rita Console"), **step)
        desk.work()
    stage.begin("alert/taken up by nobody knows whom")
    desk.opens(_case(stage, status="in_progress"))
    desk.work()
    stage.begin("alert/opened again")
    alert = desk.opens(Case())
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.work()
    desk.evidence(alert)
    desk.work()


def _answered(stage, desk):
    """Press each button, rightly and wrongly."""
    for action in ("true_positive", "false_positive", "benign", "in_progress"):
        stage.begin(f"press/{action}")
        desk.opens(_case(stage))
        desk.work()
        desk.press("UR", f"alert.{action}")
        desk.press("UR", "alert.undo")
    for why, user in (("unlinked", "US"), ("role", "UT")):
        stage.begin(f"press/refused, {why}")
        desk.press(user, "alert.benign")
    stage.begin("press/refused, not undone")
    alert = desk.opens(Case())
    desk.work()
    desk.press("UR", "alert.benign")
    seen = dict(desk.posts()[-1])
    desk.reviews(alert, status="in_progress")
    desk.posts()[-1].update(blocks=seen["blocks"])
    desk.press("UR", "alert.undo")
    stage.begin("press/refused, changed")
    alert = desk.opens(Case())
    desk.work()
    desk.evidence(alert)
    desk.press("UR", "alert.benign")
    stage.begin("press/refused, gone")
    with stage.database.transaction() as session:
        session.execute(delete(Alert).where(Alert.id == alert))
    desk.press("UR", "alert.benign")
    stage.begin("press/refused, disabled")
    with stage.database.transaction() as session:
        session.execute(update(User).where(User.slack == "T1:UR").values(disabled=True))
    desk.press("UR", "alert.benign")


def _digests(stage):
    """Let a day end, and draw days of which nothing, one of each and very much is to be told."""
    stage.slack.world.later(20 * 3600)
    stage.begin("digest/a day")
    post_digest(stage.office, Channel(stage.office))
    firm, names = _firm(stage), tuple(f"{number} {_name(stage, 'mailbox')}"[:200] for number in range(12))
    nothing = Figures(
        since=stage.now - timedelta(days=1),
        until=stage.now,
        new=0,
        severities={},
        counterparties=(),
        open=0,
        taken=0,
        oldest=None,
        resolved=0,
        verdicts=(),
        reports=0,
        warned=0,
        unsure=0,
        unposted=0,
        failing=(),
    )
    oldest = Oldest(id=uuid.uuid4(), counterparty=firm, opened_at=stage.now - timedelta(days=900))
    counts = ("new", "open", "taken", "resolved", "reports", "warned", "unsure", "unposted")
    one = dict.fromkeys(counts, 1) | {"oldest": oldest, "counterparties": ((firm, 1),)}
    one |= {"severities": {"high": 1}, "verdicts": (("", 1),), "failing": names[:1]}
    most = dict.fromkeys(counts, _MANY) | {"oldest": oldest, "failing": names}
    most |= {"severities": {severity.value: _MANY for severity in reversed(Severity)}}
    most |= {"verdicts": tuple((verdict, _MANY) for verdict in (*Verdict, ""))}
    most |= {"counterparties": tuple((f"{number} {firm}", _MANY) for number in range(5))}
    week = {"since": stage.now - timedelta(days=7)}
    days = {
        "nothing": {},
        "nothing for a week": week,
        "one of each": one,
        "very much": most | week,
        "nothing new": {"open": 2, "oldest": oldest},
        "nobody knows": {"unsure": 1},
        "of nobody known": one
        | {"counterparties": (("unknown", 1),), "oldest": replace(oldest, counterparty="unknown")},
    }
    for name, figures in days.items():
        for base in ("", stage.office.settings.server.public_url):
            stage.begin(f"digest/{name}{'' if base else ', without links'}")
            post = digest_post(replace(nothing, **figures), language=stage.language, base=base)
            stage.put("message", post.arguments)


def _warning(stage, alert):
    return WarningRow(
        once=uuid.uuid4().bytes,
        kind="author",
        team="T1",
        channel="C1",
        ts="1.000001",
        recipient="U1",
        labels=["budget"],
        severity="high",
        policy="balanced",
        state="sent",
        not_before=stage.now,
        created_at=stage.now,
        claimed_at=stage.now,
        sent_at=stage.now,
        alert_id=alert,
    )


def _report(stage, alert):
    return Report(
        once=uuid.uuid4().bytes,
        by_day=uuid.uuid4().bytes,
        alert_id=alert,
        source="slack",
        team="T1",
        channel="C1",
        ts="1.000001",
        due_at=stage.now,
        reported_at=stage.now,
        key_id="k",
        sealed=b"s",
    )
