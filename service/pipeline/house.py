"""What a batch is judged and stored with."""

from dataclasses import dataclass, replace

from detectors.context import Context
from detectors.scoring import Policy
from messages import Message, counterparties_of
from service.crypto import Keys
from service.database import Database
from service.negotiations.shelf import Shelf
from service.settings import Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Keys, context, policies and retention, as they are at the moment.

    `shelf` has newer snapshots of the context; without one the context stays what it is. `taken` is the shelf's
    snapshot that it was made of, `own_domain` one of ours that only the source knows (a Slack workspace's).
    """

    keys: Keys
    context: Context
    policies: tuple[Policy, ...]
    retention: Retention
    shelf: Shelf | None = None
    taken: Context | None = None
    own_domain: str = ""

    def with_own_domain(self, domain: str) -> "House":
        """Add a domain of ours that only the source knows."""
        directory = self.context.directory
        if not domain or domain in directory.own_domains:
            return self
        directory = replace(directory, own_domains=(*directory.own_domains, domain))
        return replace(self, own_domain=domain, context=replace(self.context, directory=directory))

    def refreshed(self, database: Database) -> "House":
        """Take over what was changed in directory and register since; without a change, which is seen at once, self."""
        if self.shelf is None:
            return self
        context = self.shelf.context(database, self.keys)
        if context is self.taken:
            return self
        return replace(self, context=context, taken=context).with_own_domain(self.own_domain)

    def looks_at(self, message: Message) -> bool:
        """Tell whether the message touches a counterparty, or a policy asks for internal ones."""
        return any(policy.internal for policy in self.policies) or self.is_in_scope(message)

    def is_in_scope(self, message: Message) -> bool:
        """Tell whether someone outside wrote or reads the message; an author who hides is outside."""
        directory = self.context.directory
        return not directory.is_ours(message.sender.address) or bool(counterparties_of(message, directory))
