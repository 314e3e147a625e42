"""What a client can do wrong: each error has the protocol's keyword for it (RFC 7644, section 3.12)."""

from http import HTTPStatus
from typing import ClassVar

from service.errors import FrontdoorError


class ScimError(FrontdoorError):
    """The request can't be carried out."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    keyword: ClassVar[str] = ""


class InvalidSyntaxError(ScimError):
    """The body is no JSON object of the kind that is expected here."""

    keyword = "invalidSyntax"


class InvalidFilterError(ScimError):
    """The filter can't be read, or compares what can't be compared."""

    keyword = "invalidFilter"


class InvalidPathError(ScimError):
    """The path can't be read, or leads to no attribute that there is."""

    keyword = "invalidPath"


class InvalidValueError(ScimError):
    """An attribute has a value that it can't have, or lacks one."""

    keyword = "invalidValue"


class NoTargetError(ScimError):
    """The operation does not say what to remove."""

    keyword = "noTarget"


class MutabilityError(ScimError):
    """That attribute can't be changed."""

    keyword = "mutability"


class UniquenessError(ScimError):
    """There is somebody, or something, of this name already."""

    status = HTTPStatus.CONFLICT
    keyword = "uniqueness"


class ChangedError(ScimError):
    """The resource has changed since you read it."""

    status = HTTPStatus.PRECONDITION_FAILED


class MediaTypeError(ScimError):
    """The body must be application/scim+json or application/json."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
