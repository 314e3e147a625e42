"""Mail domains as they are compared."""

import re
import unicodedata

_DOMAIN_END = re.compile(r"[^\w.\-\[\]:]")


def normal_domain(domain: str) -> str:
    """Return a domain in lower case and ASCII: `Müller.example` and `xn--mller-kva.example` are one."""
    domain = domain.strip().replace("\u3002", ".")
    if match := _DOMAIN_END.search(domain):
        domain = domain[: match.start()]
    domain = domain.strip(".").lower()
    if domain.isascii() or len(domain) > 253:
        return domain
    labels = unicodedata.normalize("NFKC", domain).lower().split(".")
    return ".".join(one if one.isascii() else "xn--" + one.encode("punycode").decode("ascii") for one in labels)
