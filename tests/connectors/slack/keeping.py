"""What a caller of a connector keeps between passes."""

TOKEN = "xoxb-made-up-1"


class Store:
    """What a caller of a connector keeps: cursors, and messages by id in the order they came."""

    def __init__(self):
        self.cursors = {}
        self.messages = {}
        self.refusals = []
        self.delivered = 0

    def take(self, batch):
        self.cursors[batch.stream] = batch.cursor
        self.messages |= {message.id: message for message in batch.messages}
        self.refusals += batch.refusals
        self.delivered += len(batch.messages)

    def drain(self, connector, *, batches=None):
        """Read a pass, or only its first batches, as if the process was killed after them; returns the new texts."""
        before = set(self.messages)
        reading = connector.batches(dict(self.cursors))
        for number, batch in enumerate(reading):
            if number == batches:
                break
            self.take(batch)
        reading.close()
        return [message.text for key, message in self.messages.items() if key not in before]

    @property
    def texts(self):
        return [message.text for message in self.messages.values()]
