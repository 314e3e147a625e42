"""Where the three meet: connectors bring messages, detectors judge them, the store keeps what has cause.

The only package that imports connectors and the catalogue; the command line and the API go through it.
"""

from connectors import Batch, Connector, ConnectorError
from service.pipeline.connect import connector_for, open_files
from service.pipeline.follow import drain, follow
from service.pipeline.ingest import House, Outcome, ingest
from service.pipeline.scan import ScanRefusal, ScanRow, scan

__all__ = [
    "Batch",
    "Connector",
    "ConnectorError",
    "House",
    "Outcome",
    "ScanRefusal",
    "ScanRow",
    "connector_for",
    "drain",
    "follow",
    "ingest",
    "open_files",
    "scan",
]
