"""Who talks where: whoever was just heard in a channel may be the one who answers there."""

from collections import OrderedDict, deque
from collections.abc import Mapping

from connectors.parse.slack import SlackUser
from connectors.slack.live import Heard
from service.warnings.spoken import Addressee

# Of a channel's talk we keep in mind who said the last few things.
_TALK, _TALKERS, _CHANNELS = 50, 5, 2_000


class Talk:
    """What is kept in mind of who spoke last, by workspace and channel."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str], deque[tuple[str, str]]] = OrderedDict()

    def listeners(self, team: str, heard: Heard, ours: Mapping[str, SlackUser]) -> list[SlackUser]:
        """Name who should not answer unwarned: whoever is in the thread or is named, else who talks in the channel.

        `ours` are our people in the channel. One of them who speaks is kept in mind, and nobody is named.
        """
        talk = self._said.setdefault((team, heard.channel), deque(maxlen=_TALK))
        self._said.move_to_end((team, heard.channel))
        if len(self._said) > _CHANNELS:
            self._said.popitem(last=False)
        thread = heard.thread_ts or heard.ts
        if heard.author is not None and heard.author.id in ours:
            talk.append((thread, heard.author.id))
            return []
        near = [user for place, user in talk if place == thread] + sorted(heard.mentioned)
        found = [user for user in near if user in ours] or [user for _, user in reversed(talk) if user in ours]
        if not found and len(ours) <= _TALKERS:
            found = list(ours)
        return [ours[user] for user in list(dict.fromkeys(found))[:_TALKERS]]


def addressee(user: SlackUser, team: str) -> Addressee:
    """Name one of our people as somebody whom a warning can reach through a workspace."""
    return Addressee(
        user=user.id, team=team, name=user.name, address=user.address, language=user.language, offset=user.offset
    )
