"""What can go wrong with a mail server, told apart by what to do next. All of it is a ConnectorError to the outside."""

from connectors import ConnectorError


class ConnectionLostError(ConnectorError):
    """The server could not be reached or went away: the same thing may well work in a moment."""


class BusyError(ConnectionLostError):
    """The server asks for patience: nothing is wrong with the connection or with what was asked."""


class SignInRefusedError(ConnectorError):
    """The server or its token service said no to our account: asking again and again may lock the account out."""


class DeclinedError(ConnectorError):
    """The server answered a command with NO or BAD; `code` is its response code in capitals, if it gave one."""

    def __init__(self, text: str, *, code: str = "") -> None:
        super().__init__(text)
        self.code = code
