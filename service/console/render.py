"""Templates into pages: escaped, and strict about names."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from detectors.scoring import Severity
from service.console import times, words
from service.console.static_files import asset

_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
_DIRECTIONS = {"inbound": "Received", "outbound": "Sent", "internal": "Internal"}


def page(template: str, context: Mapping[str, Any], *, status: int = HTTPStatus.OK) -> HTMLResponse:
    """Render a template as a response. Raises UndefinedError for a name the context lacks."""
    text = environment().get_template(template).render(context)
    # A lone surrogate, which JSON can carry, is no character and must not stop the page.
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


@cache
def environment() -> Environment:
    """Make the one environment that all pages share."""
    made = Environment(
        loader=PackageLoader("service.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "ago": lambda at, now: times.ago(at, now=now),
        "exact": times.exact,
        "iso": lambda at: _utc(at).isoformat(timespec="seconds"),
        "short": shortened,
        "coded": coded,
        "tenths": lambda value: f"{value:.1f}",
        "bytes": size,
    }
    made.globals |= {
        "asset": asset,
        "words": words,
        "counted": words.counted,
        "family": words.family,
        "label_title": lambda name: words.title(words.LABELS, name),
        "severity_title": lambda name: words.title(words.SEVERITIES, name),
        "severity_step": lambda name: [*Severity].index(Severity(name)) if name in set(Severity) else 0,
        "status_title": lambda name: words.title(words.STATUSES, name),
        "verdict_title": lambda name: words.title(words.VERDICTS, name),
        "channel_title": lambda name: words.title(words.CHANNELS, name),
        "direction_title": lambda name: _DIRECTIONS.get(name, name),
        "part_title": lambda name: words.PARTS.get(name, name),
    }
    return made


def shortened(text: str, limit: int) -> str:
    """Bring a text into one line of at most `limit` characters, with a sign where something was left out.

    Controls that turn the direction of writing are dropped: in a line that only names a thing they serve disguise.
    """
    line = " ".join(text[: limit * 4].translate(_TURNS).split())
    return line if len(line) <= limit and len(text) <= limit * 4 else line[:limit].rstrip() + "…"


def coded(text: str) -> Markup:
    """Show what stands between backticks, a command or a name of the configuration, as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def size(count: int) -> str:
    """Say how big a file is: `512 B`, `1.5 kB`, `3.0 MB`."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
