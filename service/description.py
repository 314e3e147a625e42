"""The API's description (OpenAPI), for whoever is signed in."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import iter_route_contexts

from service.auth.access import Access, declared, signed_in
from service.examples import EXAMPLES, PARAMETERS
from service.failures import Problem, problems

router = APIRouter()

_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token with the scopes that a route asks for."},
    "session": {"type": "apiKey", "in": "cookie", "name": "frontdoor", "description": "A browser that is signed in."},
}


@router.get("/openapi.json", include_in_schema=False)
@signed_in()
def get_description(request: Request) -> dict[str, Any]:
    """Describe the API to whoever is signed in."""
    return describe(request.app)


def describe(app: FastAPI) -> dict[str, Any]:
    """Describe an application's API: how to sign in, what each route asks for, how failures look, examples."""
    if app.openapi_schema is None:
        description = app.openapi()
        _complete(description, _accesses(app))
        app.openapi_schema = description
    return app.openapi_schema


def _complete(description: dict[str, Any], accesses: dict[tuple[str, str], Access]) -> None:
    parts = description.setdefault("components", {})
    schemas: dict[str, Any] = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= schemas["Problem"].pop("$defs", {})
    parts["securitySchemes"] = _SCHEMES
    for name, example in EXAMPLES.items():
        if name in schemas:
            schemas[name]["examples"] = [example]
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            _complete_operation(operation, accesses[path, method.upper()])


def _complete_operation(operation: dict[str, Any], access: Access) -> None:
    if "422" in operation["responses"]:
        operation["responses"] |= {str(status): text for status, text in problems(422).items()}
    for parameter in operation.get("parameters", ()):
        own = parameter.get("schema", {}).get("examples")
        if own:
            parameter["example"] = own[0]
        elif parameter["name"] in PARAMETERS:
            parameter["example"] = PARAMETERS[parameter["name"]]
    if not access.public:
        scopes = [access.permission.value] if access.permission else []
        operation["security"] = [{"token": scopes}, {"session": scopes}]


def _accesses(app: FastAPI) -> dict[tuple[str, str], Access]:
    found = {}
    for route in iter_route_contexts(app.routes):
        access = declared(route.endpoint)
        if access is not None:
            found.update({(str(route.path), method): access for method in route.methods or ()})
    return found
