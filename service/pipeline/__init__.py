"""Where the three meet: connectors bring messages, detectors judge them, the store keeps what has cause.

The only package that imports connectors and the catalogue; the command line and the API go through its modules. It
imports none of them itself: whoever scans a file need not wait for the database's libraries.
"""

from connectors import Batch, Connector, ConnectorError

__all__ = ["Batch", "Connector", "ConnectorError"]
