"""The daily digest as a message (Block Kit), and the one line of a day without anything to tell."""

from service.notify.blocks import (
    Block,
    Post,
    console_url,
    counterparties_text,
    named,
    section,
    sentence,
    severities_text,
)
from service.notify.figures import Figures
from service.notify.mrkdwn import ago, escaped, link
from service.notify.wording import counted, inline, say

_LONGEST_NAME = 80
_MOST_SOURCES = 10
_DAY_HOURS = 24
# A day is an hour longer or shorter where the clocks are changed.
_SPARE_HOURS = 2


def digest_post(figures: Figures, *, language: str, base: str = "") -> Post:
    """Tell what a period brought, and what is open at its end."""
    heading = _heading(figures, language)
    if figures.is_empty:
        nothing = say(language, "digest.nothing")
        return Post(text=f"{heading}: {nothing}", blocks=(section(f"*{heading}*\n{nothing}"),))
    parts = [one for one in (_new(figures, language), _open(figures, language, base), _rest(figures, language)) if one]
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": heading, "emoji": False}},
        *(section("\n".join(part)) for part in parts),
    ]
    url = console_url(base, "/alerts")
    if url:
        blocks.append(section(link(url, say(language, "digest.open_console"))))
    spoken = " ".join(sentence(line) for part in parts for line in part)
    return Post(text=f"{heading}. {spoken}", blocks=tuple(blocks))


def _heading(figures: Figures, language: str) -> str:
    hours = round((figures.until - figures.since).total_seconds() / 3600)
    if hours <= _DAY_HOURS + _SPARE_HOURS:
        return say(language, "digest.title", hours=hours)
    return say(language, "digest.title_days", days=round(hours / _DAY_HOURS))


def _new(figures: Figures, language: str) -> list[str]:
    if not figures.new:
        return [say(language, "digest.new_none")]
    severities = severities_text(figures.severities, language)
    about = say(language, "digest.about", counterparties=counterparties_text(figures.counterparties, language))
    return [counted(language, "digest.new", figures.new, severities=severities), about]


def _open(figures: Figures, language: str, base: str) -> list[str]:
    if not figures.open or figures.oldest is None:
        lines = [say(language, "digest.open_none")]
    else:
        oldest = figures.oldest
        counterparty = named(oldest.counterparty, say(language, "digest.unknown"))
        line = say(language, "digest.oldest", counterparty=counterparty, ago=ago(oldest.opened_at))
        url = console_url(base, f"/alerts/{oldest.id}")
        shown = f"{line} {link(url, say(language, 'digest.oldest_link'))}" if url else line
        lines = [counted(language, "digest.open", figures.open, taken=figures.taken), shown]
    if figures.resolved:
        verdicts = ", ".join(_verdict(name, count, language) for name, count in figures.verdicts)
        lines.append(counted(language, "digest.resolved", figures.resolved, verdicts=verdicts))
    return lines


def _verdict(name: str, count: int, language: str) -> str:
    verdict = inline(language, "verdict", name) if name else say(language, "digest.no_verdict")
    return say(language, "digest.verdict", count=count, verdict=verdict)


def _rest(figures: Figures, language: str) -> list[str]:
    counts = (
        ("digest.reports", figures.reports),
        ("digest.warned", figures.warned),
        ("digest.unsure", figures.unsure),
        ("digest.unposted", figures.unposted),
    )
    lines = [counted(language, name, count) for name, count in counts if count]
    if figures.failing:
        names = [escaped(one, most=_LONGEST_NAME) for one in figures.failing[:_MOST_SOURCES]]
        more = ["…"] if len(figures.failing) > _MOST_SOURCES else []
        lines.append(say(language, "digest.failing", sources=", ".join([*names, *more])))
    return lines
