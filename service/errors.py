"""The errors a caller can meet: the docstring is the message, the class holds the status, one handler renders it."""

from http import HTTPStatus
from typing import ClassVar


class FrontdoorError(Exception):
    """Something went wrong."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or (type(self).__doc__ or ""))


class ConfigurationError(FrontdoorError):
    """The configuration can't be used."""


class NotFoundError(FrontdoorError):
    """There is no such thing here, or not for you."""

    status = HTTPStatus.NOT_FOUND


class BadRequestError(FrontdoorError):
    """The request can't be understood."""

    status = HTTPStatus.BAD_REQUEST


class ConflictError(FrontdoorError):
    """The thing has changed, or is not in a state that allows this."""

    status = HTTPStatus.CONFLICT


class NotSignedInError(FrontdoorError):
    """Sign in first."""

    status = HTTPStatus.UNAUTHORIZED


class ForbiddenError(FrontdoorError):
    """Your role does not allow this."""

    status = HTTPStatus.FORBIDDEN


class TooManyError(FrontdoorError):
    """There are too many of these at once. Try again later."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class UndecryptableError(FrontdoorError):
    """A stored text can't be read: its key is missing, or the row was tampered with."""
