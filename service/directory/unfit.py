"""Domains that can't stand for a firm: our own, mail providers', where anybody has an address, and Slack's nobodies."""

import re
from collections.abc import Iterable

from messages import normal_domain

# Everybody of whom Slack does not even tell the team, and guests whose mail address it hides: they are no firm.
_NOBODY = re.compile(r"unknown\.slack|.*-guest\.slack")
FREE_MAIL = frozenset(
    {
        "aol.com",
        "fastmail.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.de",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.de",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "t-online.de",
        "web.de",
        "yahoo.com",
        "yahoo.de",
        "yandex.ru",
    }
)


def why_not(domain: str, *, own: Iterable[str] = ()) -> str:
    """Say why a domain can't stand for a firm; empty when it can. `own` are our domains, with all below them."""
    if any(f".{domain}".endswith(f".{normal_domain(one)}") for one in own):
        return "it is our own"
    if domain in FREE_MAIL:
        return "a mail provider's domain, which anybody may have"
    if _NOBODY.fullmatch(domain):
        return "Slack does not say whose these people are: give the app the scope users:read.email"
    return ""
