"""What people do in Slack, so that a test can act as one of them.

Each of these waits for the app's acknowledgement and returns the Parcel it came with: `acked`, its `answer`, `payload`
(what was sent), and `seconds`. Where Slack would show a person nothing to press, they raise LookupError.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.slack import events, hooks
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.payloads import Paper, state_of
from tests.fakes.slack.shown import Ephemeral, View
from tests.fakes.slack.things import App, Channel
from tests.fakes.slack.viewing import check, numbered, stack
from tests.fakes.slack.world import World

Place = str | Ephemeral | View | Mapping[str, Any]


class People:
    """The acts, for FakeSlack: it says how to `send` something to an app, and what its address is."""

    world: World
    send: Callable[[Parcel], Parcel]
    hooks_url: str

    def press(
        self,
        user: str,
        where: Place,
        action_id: str,
        value: Any = None,
        *,
        app: App | None = None,
        starts: bool = False,
    ) -> Parcel:
        """Press a button, or choose `value` in a menu.

        `where` is an ephemeral message, a message of FakeSlack.messages, a modal, "home", or the id of a channel: its
        last message, ephemeral or not, that has the action. With `starts` an action_id that begins so will do.
        """
        with self.world.lock:
            app = app or self.world.app
            place = self._place(user, app, where, action_id, starts=starts)
            shown = _elements(place)
            block, element = next((pair for pair in shown if _matches(pair[1], action_id, starts=starts)), (None, None))
            if block is None or element is None:
                raise LookupError(f"there is no {action_id} to press")
            channel = self._channel_of(place)
            paper = Paper(self.world, app, self.world.users[user], self.hooks_url, channel)
            action = paper.action(element, block["block_id"], value)
            if isinstance(place, View):
                if element["type"] != "button":
                    place.state.setdefault(block["block_id"], {})[element["action_id"]] = state_of(element, value)
                payload = paper.block_actions([action], paper.on_view(place), view=place.id)
            elif isinstance(place, Ephemeral):
                payload = paper.block_actions([action], paper.on_ephemeral(place, channel))  # type: ignore[arg-type]
            else:
                payload = paper.block_actions([action], paper.on_message(place, channel))  # type: ignore[arg-type]
        return self._interact(app, payload)

    def submit(self, user: str, view: str | View, values: Mapping[str, Any] | None = None) -> Parcel:
        """Fill in a modal (by id, callback_id or itself) and submit it; `values` by action_id.

        An answer with a response_action does what it says: errors keep it open, update and push show another, clear
        closes all; no answer closes it.
        """
        with self.world.lock:
            found = self._modal(user, view)
            if not found.content.get("submit"):
                raise LookupError("there is nothing to submit")
            _fill(found, values or {})
            paper = self._paper(found)
            payload = paper.view_submission(found)
        parcel = self._interact(self.world.apps[found.app], payload)
        if parcel.acked:
            with self.world.lock:
                self._respond(found, parcel.answer)
        return parcel

    def close(self, user: str, view: str | View, *, clear: bool = False) -> Parcel | None:
        """Close a modal, or with `clear` all of them; the app hears of it where it asked for that."""
        with self.world.lock:
            found = self._modal(user, view)
            for one in stack(self.world.shown.views, found.root) if clear else (found,):
                one.closed = True
            if not found.content.get("notify_on_close"):
                return None
            payload = self._paper(found).view_closed(found, cleared=clear)
        return self._interact(self.world.apps[found.app], payload)

    def shortcut(self, user: str, channel: str, ts: str, callback_id: str, *, app: App | None = None) -> Parcel:
        """Use a message shortcut on a message."""
        app = app or self.world.app
        with self.world.lock:
            where = self.world.channels[channel]
            paper = Paper(self.world, app, self.world.users[user], self.hooks_url, where)
            payload = paper.shortcut(callback_id, events.dressed(self.world.find(channel, ts)), where)
        return self._interact(app, payload)

    def global_shortcut(self, user: str, callback_id: str, *, app: App | None = None) -> Parcel:
        """Use a shortcut that belongs to no message."""
        app = app or self.world.app
        payload = Paper(self.world, app, self.world.users[user], self.hooks_url).global_shortcut(callback_id)
        return self._interact(app, payload)

    def command(self, user: str, channel: str, command: str, text: str = "", *, app: App | None = None) -> Parcel:
        """Type a slash command. What the app answers right away is shown to the person, as Slack does."""
        app = app or self.world.app
        with self.world.lock:
            where = self.world.channels[channel]
            paper = Paper(self.world, app, self.world.users[user], self.hooks_url, where)
            payload = paper.command(where, command, text)
        parcel = self.send(Parcel(app=app.id, type="slash_commands", payload=payload))
        parcel.wait()
        if parcel.acked and parcel.answer:
            with self.world.lock:
                key = payload["response_url"].removeprefix(self.hooks_url)
                hooks.show(self.world, self.world.shown.hooks[key], parcel.answer)
        return parcel

    def open_home(self, user: str, *, tab: str = "home", app: App | None = None) -> None:
        """Open the app's page (or its messages); the app hears of it by an event."""
        app = app or self.world.app
        with self.world.lock:
            person = self.world.users[user]
            paper = Paper(self.world, app, person, self.hooks_url)
            channel = self.world.direct(paper.grant.user, user)
            shown = self.world.shown.homes.get((app.id, user))
            view = paper.view(shown) if shown and tab == "home" else None
            self.world.tell(events.home_opened(self.world, person, channel.id, tab, view))

    def home(self, user: str, *, app: App | None = None) -> dict[str, Any] | None:
        """What the app shows a person on its page; None when it never published any."""
        found = self.world.shown.homes.get(((app or self.world.app).id, user))
        return found.content if found else None

    def modals(self, user: str) -> list[View]:
        """The modals a person has open, the topmost last."""
        views = self.world.shown.views.values()
        return [one for one in views if one.user == user and not one.closed and one.content["type"] == "modal"]

    def _interact(self, app: App, payload: dict[str, Any]) -> Parcel:
        parcel = self.send(Parcel(app=app.id, type="interactive", payload=payload))
        parcel.wait()
        return parcel

    def _place(
        self, user: str, app: App, where: Place, action_id: str, *, starts: bool
    ) -> Ephemeral | View | Mapping[str, Any]:
        if not isinstance(where, str):
            return where
        if where == "home":
            return self.world.shown.homes[app.id, user]
        if where in self.world.shown.views:
            return self.world.shown.views[where]
        own = (one for one in self.world.shown.ephemerals if (one.user, one.channel, one.gone) == (user, where, False))
        seen = sorted([*own, *self.world.channels[where].posts], key=_ts, reverse=True)
        for one in seen:
            if any(_matches(element, action_id, starts=starts) for _, element in _elements(one)):
                return one
        raise LookupError(f"there is no {action_id} to press in {where}")

    def _channel_of(self, place: Ephemeral | View | Mapping[str, Any]) -> Channel | None:
        if isinstance(place, View):
            return None
        if isinstance(place, Ephemeral):
            return self.world.channels[place.channel]
        return next(one for one in self.world.channels.values() if any(post is place for post in one.posts))

    def _modal(self, user: str, view: str | View) -> View:
        if isinstance(view, View):
            return view
        for one in reversed(self.modals(user)):
            if view in (one.id, one.content.get("callback_id")):
                return one
        raise LookupError(f"{user} has no modal {view} open")

    def _paper(self, view: View) -> Paper:
        return Paper(self.world, self.world.apps[view.app], self.world.users[view.user], self.hooks_url)

    def _respond(self, view: View, answer: Mapping[str, Any]) -> None:
        action = answer.get("response_action")
        if action == "errors":
            return
        if action == "update":
            view.content, view.hash, view.state = check(answer["view"], "modal"), self.world.stamp(), {}
        elif action == "push":
            made = self.world.shown.next_id("V")
            self.world.shown.views[made] = View(
                id=made,
                app=view.app,
                user=view.user,
                team=view.team,
                content=check(answer["view"], "modal"),
                root=view.root,
                previous=view.id,
                hash=self.world.stamp(),
            )
        else:
            for one in stack(self.world.shown.views, view.root) if action == "clear" else (view,):
                one.closed = True


def _fill(view: View, values: Mapping[str, Any]) -> None:
    """Put values into a modal; what is not given keeps what it holds, or what it held at first."""
    known = set()
    for block, element in _elements(view):
        if element["type"] == "button":
            continue
        action = element["action_id"]
        known.add(action)
        held = view.state.setdefault(block["block_id"], {})
        if action in values:
            held[action] = state_of(element, values[action])
        else:
            held.setdefault(action, _at_first(element))
        empty = not any(value for key, value in held[action].items() if key != "type")
        if empty and block["type"] == "input" and not block.get("optional"):
            raise LookupError(f"{action} must be filled in")
    if set(values) - known:
        raise LookupError(f"there is no {', '.join(sorted(set(values) - known))} to fill in")


def _at_first(element: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in element.items():
        if name == "initial_option":
            return state_of(element, value["value"])
        if name == "initial_options":
            return state_of(element, [one["value"] for one in value])
        if name.startswith("initial_"):
            return state_of(element, value)
    return state_of(element, None)


def _elements(place: Ephemeral | View | Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every element that can be acted on, with its block."""
    if isinstance(place, View):
        blocks = place.content["blocks"]
    else:
        blocks = numbered(place.blocks if isinstance(place, Ephemeral) else place.get("blocks", []))
    for block in blocks:
        parts = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from ((block, one) for one in parts if one and "action_id" in one)


def _matches(element: Mapping[str, Any], action_id: str, *, starts: bool) -> bool:
    found = element["action_id"]
    return found.startswith(action_id) if starts else found == action_id


def _ts(place: Ephemeral | Mapping[str, Any]) -> float:
    return float(place.ts if isinstance(place, Ephemeral) else place["ts"])
