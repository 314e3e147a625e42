"""Mail domains as they are compared."""

import re
import unicodedata

_DOMAIN_END = re.compile(r"[^\w.\-\[\]:]")
# Behind what no domain holds: a dot, also an encoded one, with a letter behind it.
_MORE_DOMAIN = re.compile(r"(?:\.|[=%]2e)\s*\w", re.IGNORECASE)
_NO_LETTERS = re.compile(r"\W+")
_DOTS = str.maketrans("\u3002\uff61", "..")
# What domain names ignore although it is no format character: joiners of glyphs and selectors of their variants.
_IGNORED = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def normal_domain(domain: str) -> str:
    """Return a domain in lower case and ASCII: `Müller.example` and `xn--mller-kva.example` are one.

    It ends where something comes that no domain holds. When more of a domain seems to follow there, the whole is made
    into one nobody owns: `firm.example!.rival.example` is neither of the two.
    """
    domain = domain.strip() if domain.isascii() else _visible(domain)
    if match := _DOMAIN_END.search(domain):
        kept, rest = domain[: match.start()], domain[match.start() :]
        is_cut = _MORE_DOMAIN.search(domain, max(match.start() - 1, 0))
        domain = f"{kept.strip('.')}-{_NO_LETTERS.sub('-', rest).strip('-')}" if is_cut else kept
    domain = domain.strip(".").lower()
    if domain.isascii() or len(domain) > 253:
        return domain
    labels = unicodedata.normalize("NFKC", domain).lower().split(".")
    return ".".join(one if one.isascii() else "xn--" + one.encode("punycode").decode("ascii") for one in labels)


def _visible(domain: str) -> str:
    """Return a domain without the characters that domain names ignore, every dot a full stop."""
    domain = "".join(one for one in _IGNORED.sub("", domain) if unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFKC", domain).translate(_DOTS).strip()
