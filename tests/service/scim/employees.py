"""Somebody who works here, all by which they are let in, and the ways in which an identity provider says they left."""

from service.auth.links import make_sign_in_link
from service.auth.users import get_user
from service.models import User

ADDRESS = "ann@ourco.example"
OFF = {"op": "Replace", "path": "active", "value": "False"}
ON = {"op": "Replace", "path": "active", "value": "True"}
WAYS = {
    "entra": lambda client, ann: client.patch(f"/Users/{ann}", OFF),
    "okta": lambda client, ann: client.patch(f"/Users/{ann}", {"op": "replace", "value": {"active": False}}),
    "put": lambda client, ann: client.put(f"/Users/{ann}", {"userName": ADDRESS, "active": False}),
    "delete": lambda client, ann: client.delete(f"/Users/{ann}"),
}


class Employee:
    """Somebody with a browser, a token and a link that was not used yet."""

    def __init__(self, client, *roles, address=ADDRESS):
        house = client.house
        self.id = house.user(*roles)
        with house.database.transaction() as session:
            get_user(session, self.id).address = address
        self.house = house
        self.browser = house.browser(user=self.id)
        self.machine = house.machine("feeds:read", user=self.id)
        with house.database.transaction() as session:
            user = get_user(session, self.id)
            url = make_sign_in_link(session, user=user, base_url="http://localhost", actor="test", now=house.clock())
        self.link = url.partition("token=")[2]

    def let_in(self):
        """Return how many of the three ways in are open; the link is used up by trying."""
        answers = [self.browser.get("/api/v1/me"), self.machine.get("/api/v1/me")]
        used = self.house.anonymous().post("/sign-in", data={"token": self.link})
        return sum(one.status_code == 200 for one in answers) + (used.status_code == 303)

    @property
    def disabled(self):
        with self.house.database.transaction(write=False) as session:
            return session.get(User, self.id).disabled
