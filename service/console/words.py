"""The words the console has for labels, statuses, verdicts, roles and the like, and what each means."""

from dataclasses import dataclass
from enum import StrEnum

from detectors.finding import Label
from detectors.scoring import Severity
from service.auth.permissions import Permission, Role
from service.models import AlertStatus, Verdict
from service.reports.models import REPORTED
from service.warnings.models import Answer, WarningKind, WarningState

SEALED_FACT, DRIP = "sealed_fact", "drip"


class Family(StrEnum):
    """What sort of signal a label is; it decides the tint of a highlight."""

    LEAK = "leak"
    CONDUCT = "conduct"
    FISHING = "fishing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What something is called, and what that means in a line."""

    title: str
    meaning: str


SIGNALS: dict[str, Word] = {
    Label.SPECIFICATION: Word(
        title="Specification",
        meaning="A requirement, tolerance, test result or design choice of ours that is not public.",
    ),
    Label.BUDGET: Word(
        title="Budget",
        meaning="What we can or want to pay, what we pay now, or what we earn: funds, target, ceiling, margin.",
    ),
    Label.TIMELINE: Word(
        title="Timeline",
        meaning="A date that presses us: a launch, a sign-off, the end of a contract or of the fiscal year.",
    ),
    Label.INNOVATION: Word(
        title="Innovation",
        meaning="A product, process or invention of ours that nobody outside should know of yet.",
    ),
    Label.LEVERAGE: Word(
        title="Leverage",
        meaning="That we depend on them or are stuck: no second source, stock gone, a failed alternative.",
    ),
    Label.COMPETITOR: Word(
        title="Competitor",
        meaning="Who else is bidding, how many, at what price, and where they stand.",
    ),
    Label.DECISION: Word(
        title="Decision",
        meaning="How and by whom we decide, what weighs most, who favours whom.",
    ),
    Label.COMMITMENT: Word(
        title="Commitment",
        meaning="A promise or concession by someone who is not the negotiator: award, volume, price, terms.",
    ),
    Label.SIDESTEP: Word(
        title="Sidestep",
        meaning="Keeping the designated negotiator out, or going round them to a boss or a private channel.",
    ),
    Label.ELICITATION: Word(
        title="Elicitation",
        meaning="A counterparty fishing for any of this: for the number, the rivals, the date.",
    ),
    REPORTED: Word(
        title="Reported",
        meaning="Somebody among us reported it from Slack: a person's judgement, not a detector's.",
    ),
}

# What no single message's words show: who is there, who is missing, and what the register says of it.
AROUND: dict[str, Word] = {
    SEALED_FACT: Word(
        title="Sealed fact", meaning="A figure, day or name of a negotiation's plan, in whatever wording."
    ),
    DRIP: Word(title="Drip", meaning="Small leaks of several people, within weeks, that add up."),
    "over_the_head": Word(
        title="Over the head", meaning="A counterparty and the negotiator's superiors, without the negotiator."
    ),
    "negotiator_dropped": Word(
        title="Negotiator dropped", meaning="An answer that leaves out lead and team, who were on its thread."
    ),
    "lone_negotiator": Word(
        title="Lone negotiator", meaning="Commercial talk with only one of ours, where two are asked for."
    ),
    "too_early": Word(
        title="Too early", meaning="A supplier is engaged on a need for which no negotiation is registered."
    ),
    "blackout_broken": Word(
        title="Blackout broken", meaning="Talk with a bidder on days on which the negotiation is silent."
    ),
    "authority_exceeded": Word(
        title="Authority exceeded", meaning="An amount above its author's limit, or a promise from outside the team."
    ),
    "terms_without_finance": Word(
        title="Terms without finance", meaning="Payment terms are agreed to, and nobody of finance is on the thread."
    ),
    "colleagues_account": Word(
        title="Colleague's account", meaning="A customer is written to without the seller who owns the account."
    ),
    "price_no_obstacle": Word(
        title="Price no obstacle", meaning="Somebody senior says that price will not stand in the way."
    ),
}

LABELS: dict[str, Word] = SIGNALS | AROUND

SEVERITIES: dict[str, Word] = {
    Severity.CRITICAL: Word(
        title="Critical", meaning="Several strong reasons at once. Look now: the harm is likely done or under way."
    ),
    Severity.HIGH: Word(title="High", meaning="A strong reason, or two good ones. Look today."),
    Severity.MEDIUM: Word(title="Medium", meaning="One good reason. Worth a look this week."),
    Severity.LOW: Word(title="Low", meaning="A weak reason, kept for its context."),
    Severity.INFORMATIONAL: Word(title="Informational", meaning="Noted, and below what this policy calls a risk."),
}

STATUSES: dict[str, Word] = {
    AlertStatus.NEW: Word(title="New", meaning="Nobody has taken it up yet."),
    AlertStatus.IN_PROGRESS: Word(title="In progress", meaning="Somebody is looking into it."),
    AlertStatus.SUPPRESSED: Word(title="Suppressed", meaning="Put aside. Only graver evidence brings it back."),
    AlertStatus.RESOLVED: Word(title="Resolved", meaning="Judged and closed. New evidence opens it again."),
}

WARNED: dict[str, Word] = {
    WarningKind.AUTHOR: Word(title="To authors", meaning="Who wrote it was told what it may give away."),
    WarningKind.READER: Word(title="To readers", meaning="Who may answer was told what the question asks for."),
}

WARNING_STATES: dict[str, Word] = {
    WarningState.DUE: Word(title="Waiting", meaning="It is not sent yet, or not before quiet hours end."),
    WarningState.CLAIMED: Word(title="Being sent", meaning="It is on its way to Slack."),
    WarningState.SENT: Word(title="Accepted by Slack", meaning="Whether it was seen nobody knows."),
    WarningState.FAILED: Word(title="Could not be delivered", meaning="Slack refused both ways."),
    WarningState.UNKNOWN: Word(title="Outcome unknown", meaning="It is not repeated; the person sees it in App Home."),
    WarningState.EXPIRED: Word(title="Too late to send", meaning="The moment was over before it could be sent."),
}

WARNING_ANSWERS: dict[str, Word] = {
    Answer.DELETE: Word(title="Answer: wants to delete it", meaning="The person was shown how, or it was deleted."),
    Answer.AUTHORISED: Word(title="Answer: this is authorised", meaning="The reason stands in the history."),
    Answer.ASKED: Word(title="Answer: asked procurement", meaning="The question stands in procurement's channel."),
    Answer.NOT_A_PROBLEM: Word(title="Answer: not a problem", meaning="Such warnings rest for a while."),
}

VERDICTS: dict[str, Word] = {
    Verdict.TRUE_POSITIVE: Word(title="True positive", meaning="It is what it says: something to act on."),
    Verdict.FALSE_POSITIVE: Word(
        title="False positive", meaning="The words were misread: they do not show what the label says."
    ),
    Verdict.BENIGN: Word(title="Benign", meaning="Read rightly, and no harm: it was authorised, or known already."),
    Verdict.DUPLICATE: Word(title="Duplicate", meaning="Another alert tells the same story."),
    Verdict.INSUFFICIENT_DATA: Word(title="Insufficient data", meaning="Not enough is left or visible to judge."),
}

ROLES: dict[str, Word] = {
    Role.REVIEWER: Word(title="Reviewer", meaning="Reads and reviews alerts."),
    Role.LEAD: Word(title="Lead", meaning="Leads negotiations; reads and reviews alerts, and awareness by team."),
    Role.TUNER: Word(title="Tuner", meaning="Looks after sources and figures, without reading anybody's messages."),
    Role.PRIVACY_OFFICER: Word(
        title="Privacy officer", meaning="Reads the audit log, who looked at what, and awareness by team."
    ),
    Role.ADMINISTRATOR: Word(
        title="Administrator",
        meaning="May do everything, users and tokens included, but open no plan that is not theirs.",
    ),
}

PERMISSIONS: dict[str, Word] = {
    Permission.ALERTS_READ: Word(title="Read alerts", meaning="Alerts with their messages."),
    Permission.ALERTS_REVIEW: Word(title="Review alerts", meaning="Verdicts, statuses and notes."),
    Permission.FEEDS_READ: Word(title="Read feeds", meaning="What happens to alerts, without any words."),
    Permission.SOURCES_READ: Word(title="Read sources", meaning="What ingestion is doing."),
    Permission.SOURCES_MANAGE: Word(
        title="Manage sources", meaning="Let Slack workspaces in, say which firm an unknown domain is."
    ),
    Permission.METRICS_READ: Word(title="Read metrics", meaning="Figures for Prometheus."),
    Permission.AWARENESS_READ: Word(
        title="Read awareness", meaning="What teams have learned and how often they were warned, never by person."
    ),
    Permission.NEGOTIATIONS_READ: Word(
        title="Read negotiations", meaning="The register: who leads what with whom. Plans open to their holders alone."
    ),
    Permission.NEGOTIATIONS_MANAGE: Word(
        title="Manage negotiations", meaning="Register, change, copy and archive negotiations; keep the ledger right."
    ),
    Permission.EXPOSURE_READ: Word(
        title="Read the exposure ledger", meaning="What counterparties know, asked and were promised."
    ),
    Permission.DIRECTORY_READ: Word(title="Read the directory", meaning="Our people and the counterparties."),
    Permission.DIRECTORY_MANAGE: Word(
        title="Manage the directory", meaning="Change, import and assign people, counterparties and domains."
    ),
    Permission.DIRECTORY_PROVISION: Word(
        title="Provision people", meaning="For the identity provider: people and groups by SCIM."
    ),
    Permission.AUDIT_READ: Word(title="Read the audit log", meaning="Who did or looked at what."),
    Permission.TOKENS_MANAGE: Word(title="Manage tokens", meaning="Make and revoke tokens such as this."),
    Permission.USERS_MANAGE: Word(title="Manage users", meaning="Add users, give roles, make sign-in links."),
}

CHANNELS: dict[str, Word] = {
    "email": Word(title="Email", meaning="Mail"),
    "slack": Word(title="Slack", meaning="Chat"),
}

PARTS: dict[str, str] = {
    "quote": "Quoted text",
    "forward": "Forwarded text",
    "signature": "Signature",
    "disclaimer": "Disclaimer",
}


def title(words: dict[str, Word], name: str) -> str:
    """Call something by its title; a name that has none yet is called by itself."""
    word = words.get(name)
    return word.title if word else name.replace("_", " ").capitalize()


def family(label: str) -> Family:
    """Tell the family of a label; one we don't know is conduct, as what is found of people is."""
    if label == Label.ELICITATION:
        return Family.FISHING
    if label in {SEALED_FACT, DRIP}:
        return Family.LEAK
    if label not in SIGNALS or label in {Label.COMMITMENT, Label.SIDESTEP, REPORTED}:
        return Family.CONDUCT
    return Family.LEAK


def counted(count: int, one: str, many: str = "") -> str:
    """Count things in words: `1 alert`, `2 alerts`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
