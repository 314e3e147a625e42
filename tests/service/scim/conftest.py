"""A client that keeps people by SCIM, and the directory behind it."""

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from service.app import create_app
from service.directory.models import DirectoryChange, Person
from service.directory.version import context_version
from service.models import AuditEntry
from tests.service.conftest import House

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@dataclass(frozen=True)
class Client:
    """An identity provider's client, and a look behind the scenes."""

    house: object
    http: object

    def get(self, path, **query):
        return self.http.get(f"/scim/v2{path}", params=query)

    def find(self, wanted, kind="Users", **query):
        """Return what a filter finds, by userName or displayName."""
        answer = self.get(f"/{kind}", filter=wanted, **query)
        assert answer.status_code == 200, answer.text
        return [one.get("userName", one.get("displayName")) for one in answer.json()["Resources"]]

    def post(self, path, body, **options):
        return self.http.post(f"/scim/v2{path}", json=body, **options)

    def put(self, path, body, **options):
        return self.http.put(f"/scim/v2{path}", json=body, **options)

    def patch(self, path, *operations, **options):
        body = {"schemas": [PATCH_OP], "Operations": list(operations)}
        return self.http.patch(f"/scim/v2{path}", json=body, **options)

    def delete(self, path, **options):
        return self.http.delete(f"/scim/v2{path}", **options)

    def add(self, user_name, **attributes):
        """Add a user; returns the id."""
        answer = self.post("/Users", {"schemas": [USER], "userName": user_name, **attributes})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def group(self, name, *members):
        """Add a group; returns the id."""
        answer = self.post("/Groups", {"displayName": name, "members": [{"value": one} for one in members]})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def person(self, address):
        """Return somebody as the directory has them."""
        with self.house.database.transaction(write=False) as session:
            return session.get(Person, address)

    def knows(self, *people):
        """Let the directory know people by other means than SCIM."""
        with self.house.database.transaction() as session:
            session.add_all(people)

    def id_of(self, address):
        return str(self.person(address).scim_id)

    def history(self, name):
        """Return what changed, latest last, as (origin, fields)."""
        query = select(DirectoryChange).where(DirectoryChange.name == name)
        with self.house.database.transaction(write=False) as session:
            return [(one.origin, one.fields) for one in session.scalars(query)]

    def audited(self):
        """Return what the log says of the directory, in order, as (object, detail)."""
        query = select(AuditEntry).where(AuditEntry.action == "directory.changed").order_by(AuditEntry.seq)
        with self.house.database.transaction(write=False) as session:
            return [(one.object, one.detail) for one in session.scalars(query)]

    def version(self):
        with self.house.database.transaction(write=False) as session:
            return context_version(session)


@pytest.fixture
def client(house):
    return Client(house=house, http=house.machine("directory:provision"))


@pytest.fixture
def lone(lite, keys, settings, clock):
    """Give a client over SQLite, where the kind of database makes no difference."""
    app = create_app(lite, keys, settings, clock=clock)
    house = House(app=app, database=lite, keys=keys, settings=settings, clock=clock)
    return Client(house=house, http=house.machine("directory:provision"))


@pytest.fixture
def nobody():
    return str(uuid.uuid4())
