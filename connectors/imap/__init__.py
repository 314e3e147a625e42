"""Reading mail over IMAP: settings, sign-in, folders, the UID state machine, and the connector over them."""

from connectors.imap.connector import Imap
from connectors.imap.oauth import (
    ClientCredentials,
    OAuthTokens,
    RefreshToken,
    ServiceAccount,
    TokenSource,
    service_account,
)
from connectors.imap.settings import ImapSettings, Mechanism, Tls

__all__ = [
    "ClientCredentials",
    "Imap",
    "ImapSettings",
    "Mechanism",
    "OAuthTokens",
    "RefreshToken",
    "ServiceAccount",
    "Tls",
    "TokenSource",
    "service_account",
]
