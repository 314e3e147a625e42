"""Reporting, what becomes of it, and what /frontdoor answers."""

import threading

from sqlalchemy import select, text

from messages import Counterparty, Directory
from service.directory.store import save_directory
from service.models import Alert, AlertStatus, Verdict
from service.reports.models import Report
from service.reports.outcomes import SETTLED, tell_outcomes
from service.reports.store import MOST_A_DAY, Sent, keep_report, settle
from service.slack.installs import Installation, save_consent, save_installation
from service.slack.models import ChannelState
from service.slack.rooms import note_room
from tests.fakes.alerts import Case, add_case
from tests.fakes.office import TOKEN
from tests.service.slack.scenes.stage import NASTY

# More than are named, in a channel and to a person.
_FIRMS = 12


def play(stage):
    """Report by shortcut and by command, hear of it, and ask what is read."""
    for act in (_forms, _sent, _outcomes, _about, _help, _consent, _kept_in_vain):
        act(stage)


def _forms(stage):
    said = {
        "a message": (stage.words("What budget do you have?", 12_000), {}),
        "a file without words": ("", {"files": [{"id": "F1", "name": stage.words("offer.pdf", 200)}]}),
        "a message of blank words": (" \u202e \n", {}),
    }
    for name, (words, more) in said.items():
        stage.begin(f"report/{name}")
        stage.slack.shortcut("U1", "C1", stage.slack.world.post("C1", "U2", words, more=more), "report")
    stage.begin("report/nothing in particular")
    stage.slack.global_shortcut("U1", "report")
    for name, words in (("by command", ""), ("by command with words", stage.words("they asked for our budget", 8_000))):
        stage.begin(f"report/{name}")
        _type(stage, f"report {words}")
    stage.begin("report/does not open")
    stage.slack.fault("views.open", error="expired_trigger_id", times=2)
    _type(stage, "report")
    stage.slack.shortcut("U1", "C1", stage.slack.world.post("C1", "U2", "Hello"), "report")
    stage.begin("report/by a guest")
    stage.slack.command("U3", "C3", "/frontdoor", "report")
    with stage.staffed(pseudonymous_reports=False):
        stage.begin("report/where nobody may hide")
        _type(stage, "report")


def _sent(stage):
    for hidden in (False, True):
        for again in (False, True):
            stage.begin(f"reported/{'by a pseudonym' if hidden else 'by name'}{', again' if again else ''}")
            _report(stage, what=stage.words(f"{hidden}: they asked", 3000), **({"hide": ["hide"]} if hidden else {}))
    stage.begin("reported/nothing")
    _report(stage, what=" \n ")
    for number in range(MOST_A_DAY - 2):
        _store(stage, words=f"another {number}")
    stage.begin("reported/too often")
    _report(stage, what="one too many")
    with stage.staffed(contact=""):
        stage.begin("reported/too often, without a contact")
        _report(stage, what="one too many")


def _outcomes(stage):
    ends = [(status, None) for status in AlertStatus] + [(AlertStatus.RESOLVED, verdict) for verdict in Verdict]
    # A day for each: nobody can report so much in one.
    for channel, what in (("C1", "a message"), ("D1", "a direct message"), ("", "in their own words")):
        for status, verdict in ends:
            stage.begin(f"outcome/{status}{f' as {verdict}' if verdict else ''}/{what}")
            report = _store(stage, words=f"{channel} {status} {verdict}", channel=channel, reporter="U5")
            with stage.database.transaction() as session:
                case = Case(status=status, verdict=verdict, updated_at=stage.now)
                alert = add_case(session, stage.office.keys, case)
                settle(stage.office.keys, session.get(Report, report), alert)
                assert session.get(Alert, alert).status == status
            stage.slack.world.later(24 * 3600 + SETTLED.total_seconds())
            tell_outcomes(stage.office, threading.Event())


def _about(stage):
    firms = [stage.pick(f"Firm {number}", f"{number} {NASTY * 4}"[:200]) for number in range(_FIRMS)]
    parties = tuple(Counterparty(name=name, domains=(f"f{number}.example",)) for number, name in enumerate(firms))
    with stage.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), counterparties=parties))
    stage.begin("about/nothing said yet")
    _type(stage, "about")
    stage.slack.world.channel("C8", "without-the-app", "T1", ["U1"], private=True)
    stage.begin("about/where the app is not")
    _type(stage, "about", channel="C8")
    stage.begin("about/a direct message")
    direct = stage.slack.world.direct("U1", "U5").id
    _type(stage, "about", channel=direct)
    for state in ChannelState:
        stage.begin(f"about/{state}")
        _note(stage, "C2", state)
        _type(stage, "about", channel="C2")
    for number in range(1, _FIRMS + 1):
        stage.slack.world.channel(f"C9{number}", f"ext-{number}", "T1", ["UBOT", "U1"])
        _note(stage, f"C9{number}", ChannelState.READ)
    for count in (1, _FIRMS):
        stage.begin(f"about/{count} firms")
        _note(stage, "C1", ChannelState.READ, firms=count)
        _type(stage, "about")
    stage.begin("about/to a guest")
    _note(stage, "C3", ChannelState.READ, firms=1)
    stage.slack.command("U3", "C3", "/frontdoor", "about")
    with stage.staffed(contact=""):
        stage.begin("about/without a contact")
        _type(stage, "about")
    _lend(stage)
    stage.begin("about/a direct message of somebody who consented")
    _type(stage, "about", channel=direct)
    _type(stage, "withdraw")


def _help(stage):
    for name, words in (("nothing", ""), ("help", "help"), ("an unknown word", stage.words("abuot", 3000))):
        stage.begin(f"help/{name}")
        _type(stage, words)


def _consent(stage):
    installs = {"client_id": "1", "client_secret": {"env": "FRONTDOOR_TEST_XOXB"}}
    stage.begin("consent/nobody is asked")
    _type(stage, "consent")
    with stage.staffed(installs=installs):
        with stage.database.transaction() as session:
            installed = Installation(id="T1", name="Ourco", bot_id="BBOT", bot_user_id="UBOT", token=TOKEN)
            save_installation(session, stage.office.keys, installed, by="test", now=stage.now)
        stage.begin("consent/offered")
        _type(stage, "consent")
    _lend(stage)
    stage.begin("consent/given")
    _type(stage, "consent")
    stage.begin("consent/withdrawn")
    _type(stage, "withdraw")
    _type(stage, "withdraw")


def _kept_in_vain(stage):
    """Send a report that can't be kept, since the store is broken. Nothing can come after it."""
    stage.begin("reported/in vain")
    _type(stage, "report")
    with stage.database.transaction() as session:
        session.execute(text("DROP TABLE report"))
    stage.slack.submit("U1", "report.submit", {"what": "They asked for our budget."})


def _type(stage, words, channel="C1"):
    stage.slack.command("U1", channel, "/frontdoor", words)


def _report(stage, **values):
    kept = list(stage.kept)
    _type(stage, "report")
    stage.forget(kept)
    stage.slack.submit("U1", "report.submit", values)


def _store(stage, *, words, channel="", reporter="U1"):
    sent = Sent(
        source="slack",
        team="T1",
        enterprise="",
        reporter=reporter,
        name="",
        hidden=False,
        language=stage.language,
        words=words,
        channel=channel,
        ts="1.000001" if channel else "",
    )
    with stage.database.transaction() as session:
        before = set(session.scalars(select(Report.id)))
        keep_report(session, stage.office.keys, sent, now=stage.now)
        [report] = set(session.scalars(select(Report.id))) - before
        return report


def _note(stage, channel, state, firms=0):
    outsiders = [f"f{number}.example" for number in range(firms)]
    with stage.database.transaction() as session:
        note_room(session, "T1", channel, name="x", state=state, shared=True, outsiders=outsiders, now=stage.now)


def _lend(stage):
    with stage.database.transaction() as session:
        given = {"token": "xoxp-made-up-2", "scopes": ["im:history"], "now": stage.now}
        save_consent(session, stage.office.keys, "T1", "U1", **given)
    stage.slack.world.grant("xoxp-made-up-2", "U1")
