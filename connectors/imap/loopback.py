"""Which hosts are this very machine, where a connection without TLS gives nothing away."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether the name or address never leaves this machine. Names are not resolved: only `localhost` counts."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
