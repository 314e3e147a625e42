"""What operations make of a person."""

import pytest

from service.scim.errors import InvalidPathError, InvalidSyntaxError, InvalidValueError, MutabilityError, NoTargetError
from service.scim.names import ENTERPRISE, PATCH_OP, USER
from service.scim.operations import read_operations
from service.scim.profile import Email, Profile, main_address, settled
from service.scim.user_patch import apply, blank, profile_of

WORK = Email(value="ann@ourco.example", type="work", primary=True)
HOME = Email(value="ann@home.example", type="home")
ANN = Profile(
    user_name="ann@ourco.example",
    display_name="Ann Berg",
    name={"givenName": "Ann", "familyName": "Berg", "formatted": "Ann Berg"},
    title="Engineer",
    department="Research",
    manager="tom@ourco.example",
    emails=(WORK, HOME),
    given=frozenset({"title", "name"}),
)


def patched(*operations, profile=ANN):
    return apply(profile, read_operations({"schemas": [PATCH_OP], "Operations": list(operations)}, ENTERPRISE))


def op(kind, path=None, value=None):
    return {"op": kind, **({"path": path} if path else {}), **({"value": value} if value is not None else {})}


@pytest.mark.parametrize(
    ("operation", "field", "value"),
    [
        (op("replace", "title", "Lead"), "title", "Lead"),
        (op("Replace", "TITLE", "Lead"), "title", "Lead"),
        (op("ADD", f"{USER}:title", "Lead"), "title", "Lead"),
        (op("replace", "title", 7), "title", "7"),
        (op("replace", "title", [{"value": "Lead"}]), "title", "Lead"),
        (op("replace", "title", {"value": "Lead"}), "title", "Lead"),
        (op("replace", "title", ""), "title", ""),
        (op("remove", "title"), "title", ""),
        (op("replace", "active", "False"), "active", False),
        (op("replace", "active", [{"value": "False"}]), "active", False),
        (op("replace", None, {"active": False}), "active", False),
        (op("add", None, {"Title": "Lead"}), "title", "Lead"),
        (op("add", f"{ENTERPRISE}:department", "Sales"), "department", "Sales"),
        (op("replace", None, {f"{ENTERPRISE}:department": "Sales"}), "department", "Sales"),
        (op("replace", None, {ENTERPRISE: {"Department": "Sales"}}), "department", "Sales"),
        (op("replace", ENTERPRISE, {"department": "Sales"}), "department", "Sales"),
        (op("replace", f"{ENTERPRISE}:manager", {"value": "eva@ourco.example"}), "manager", "eva@ourco.example"),
        (op("replace", f"{ENTERPRISE}:manager.value", "eva@ourco.example"), "manager", "eva@ourco.example"),
        (op("replace", f"{ENTERPRISE}:manager", {"displayName": "Eva"}), "manager", "tom@ourco.example"),
        (op("replace", f"{ENTERPRISE}:manager", ""), "manager", ""),
        (op("remove", f"{ENTERPRISE}:manager"), "manager", ""),
        (op("replace", None, {"manager": None}), "manager", ""),
        (op("replace", None, {"id": "1", "meta": {}, "nickName": "A", "nonsense": 1}), "title", "Engineer"),
        (op("add", 'phoneNumbers[type eq "work"].value', "1"), "title", "Engineer"),
        (op("remove", 'emails[type eq "home"]'), "emails", (WORK,)),
        (op("remove", "emails"), "emails", ()),
        (op("remove", "emails", [{"value": "ANN@home.example"}]), "emails", (WORK,)),
        (op("replace", "emails", [{"value": "a@b.example"}]), "emails", (Email(value="a@b.example"),)),
        (op("add", "emails", {"value": "a@b.example"}), "emails", (WORK, HOME, Email(value="a@b.example"))),
        (op("add", "emails", [{"value": "ANN@home.example", "type": "other"}]), "emails",
         (WORK, Email(value="ANN@home.example", type="other"))),
        (op("replace", 'emails[type eq "other"].value', "a@b.example"), "emails",
         (WORK, HOME, Email(value="a@b.example", type="other"))),
        (op("replace", 'emails[type eq "work"].value', "a@b.example"), "emails",
         (Email(value="a@b.example", type="work", primary=True), HOME)),
        (op("replace", 'emails[type eq "work"]', {"value": "a@b.example"}), "emails",
         (Email(value="a@b.example", type="work", primary=True), HOME)),
        (op("replace", "emails[primary eq true].type", "home"), "emails",
         (Email(value="ann@ourco.example", type="home", primary=True), HOME)),
        (op("replace", 'emails[type eq "home"].value', ""), "emails", (WORK,)),
        (op("replace", 'emails[type eq "other"].value', ""), "emails", (WORK, HOME)),
        (op("add", None, {"emails": [{"value": "a@b.example", "primary": "True"}]}), "emails",
         (Email(value="ann@ourco.example", type="work"), HOME, Email(value="a@b.example", primary=True))),
    ],
)  # fmt: skip
def test_an_operation_changes_what_it_names(operation, field, value):
    assert getattr(patched(operation), field) == value


def test_operations_are_done_in_order():
    assert patched(op("replace", "title", "A"), op("remove", "title"), op("add", "title", "B")).title == "B"


@pytest.mark.parametrize(
    ("operation", "error"),
    [
        (op("replace", "nonsense", "x"), InvalidPathError),
        (op("replace", "title.part", "x"), InvalidPathError),
        (op("replace", 'title[value eq "x"]', "x"), InvalidPathError),
        (op("replace", "name.nonsense", "x"), InvalidPathError),
        (op("replace", "emails.nonsense", "x"), InvalidPathError),
        (op("replace", 'emails[nonsense eq "x"].value', "x"), InvalidPathError),
        (op("replace", "urn:ietf:params:scim:schemas:extension:other:2.0:User:tag", "x"), InvalidPathError),
        (op("replace", "title eq", "x"), InvalidPathError),
        ({"op": "replace", "path": 7, "value": "x"}, InvalidPathError),
        (op("replace", "id", "x"), MutabilityError),
        (op("replace", "meta.created", "x"), MutabilityError),
        (op("add", "groups", []), MutabilityError),
        (op("replace", "userName", ""), InvalidValueError),
        (op("remove", "userName"), InvalidValueError),
        (op("remove", "active"), InvalidValueError),
        (op("replace", "active", "perhaps"), InvalidValueError),
        (op("replace", "active", 1), InvalidValueError),
        (op("replace", "title", ["a", "b"]), InvalidValueError),
        (op("replace", "title", {"a": 1}), InvalidValueError),
        ({"op": "replace", "path": "title", "value": True}, InvalidValueError),
        (op("replace", "title", "x" * 1001), InvalidValueError),
        (op("replace", "title", "a\x00b"), InvalidValueError),
        (op("replace", "title", "a\ud800b"), InvalidValueError),
        (op("replace", "name", "Ann"), InvalidValueError),
        (op("replace", "emails", [7]), InvalidValueError),
        (op("replace", "emails", [{"value": f"a{i}@b.example"} for i in range(101)]), InvalidValueError),
        (op("replace", None, "x"), InvalidValueError),
        (op("replace", None, {f"a{i}": 1 for i in range(201)}), InvalidValueError),
        (op("replace", ENTERPRISE, "x"), InvalidValueError),
        (op("remove"), NoTargetError),
        (op("move", "title", "x"), InvalidSyntaxError),
        ({"path": "title"}, InvalidSyntaxError),
        ("replace", InvalidSyntaxError),
    ],
)
def test_an_operation_that_can_not_be_is_refused(operation, error):
    with pytest.raises(error):
        patched(operation)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Operations": []},
        {"Operations": {}},
        {"schemas": [USER], "Operations": [op("remove", "title")]},
        {"schemas": "x", "Operations": [op("remove", "title")]},
        {"Operations": [op("remove", "title")] * 1001},
    ],
)
def test_a_body_that_is_no_patch_is_refused(body):
    with pytest.raises(InvalidSyntaxError):
        read_operations(body, ENTERPRISE)


def test_the_whole_name_follows_its_parts_unless_it_is_said():
    shown = Profile(user_name="ann@ourco.example", name=ANN.name)
    renamed = patched(op("replace", "name.familyName", "Holm"), profile=shown)
    assert settled(shown, renamed).full_name == "Ann Holm"
    said = patched(op("replace", "name", {"familyName": "Holm", "formatted": "Dr. Ann Holm"}), profile=shown)
    assert settled(shown, said).full_name == "Dr. Ann Holm"


def test_a_put_clears_what_the_client_gave_and_nothing_else():
    left = profile_of({"userName": "ann@ourco.example"}, blank(ANN))
    assert (left.title, left.department, left.manager) == ("", "Research", "tom@ourco.example")
    assert left.display_name == ""
    assert left.active


@pytest.mark.parametrize(
    ("before", "after", "current", "address"),
    [
        (None, Profile(user_name="Ann@ourco.example"), "", "ann@ourco.example"),
        (None, Profile(user_name="ann", emails=(HOME, WORK)), "", "ann@ourco.example"),
        (None, Profile(user_name="ann", emails=(HOME,)), "", "ann@home.example"),
        (None, Profile(user_name="ann@corp.example", emails=(WORK,)), "ann@ourco.example", "ann@ourco.example"),
        (ANN, Profile(user_name="Ann@ourco.example", emails=()), "ann@ourco.example", "ann@ourco.example"),
        (ANN, Profile(user_name="holm@ourco.example", emails=(WORK,)), "ann@ourco.example", "holm@ourco.example"),
        (ANN, Profile(user_name="ann", emails=(WORK,)), "ann@ourco.example", "ann@ourco.example"),
        (ANN, Profile(user_name="ann", emails=()), "ann@ourco.example", "ann@ourco.example"),
        (
            Profile(user_name="ann", emails=(WORK,)),
            Profile(user_name="ann", emails=(HOME,)),
            "ann@ourco.example",
            "ann@home.example",
        ),
    ],
)
def test_the_main_address_is_the_user_name_or_the_one_at_work(before, after, current, address):
    assert main_address(before, after, current) == address


def test_somebody_without_any_address_can_not_be_known():
    with pytest.raises(InvalidValueError):
        main_address(None, Profile(user_name="ann"), "")
