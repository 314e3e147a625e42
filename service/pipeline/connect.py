"""From a source's settings, or paths, to a connector."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from connectors import Connector, ConnectorError
from connectors.files import Files
from service.errors import ConfigurationError
from service.settings import FilesSource, SlackSource, SourceSettings


def connector_for(source: SourceSettings) -> Connector:
    """Make the connector of a source. Raises ConfigurationError when its secret is missing or its settings clash."""
    try:
        if isinstance(source, FilesSource):
            return Files(source.paths)
        if isinstance(source, SlackSource):
            return _slack(source)
        return _imap(source)
    except (ConnectorError, ValueError) as error:
        raise ConfigurationError(f"source {source.name}: {error}") from error


def open_files(paths: Sequence[Path], *, stdin: BinaryIO | None = None) -> Connector:
    """Make a connector of files; `-` among the paths is `stdin`."""
    return Files(paths, stdin=stdin)
