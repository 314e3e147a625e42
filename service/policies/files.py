"""Policies as files."""

from pathlib import Path

from detectors.scoring import Policy, PolicyError, builtin_policies, load_policy
from service.errors import ConfigurationError
from service.settings import Policies


def find_policy(name: str, folder: Path | None = None) -> Policy:
    """Return the policy NAME: NAME.toml of the folder, else the one that ships. Raises ConfigurationError."""
    if folder is not None and (folder / f"{name}.toml").is_file():
        path = folder / f"{name}.toml"
        try:
            return load_policy(path.read_text("utf-8"), name=name)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path} can't be read") from error
        except PolicyError as error:
            raise ConfigurationError(str(error)) from error
    shipped = {policy.name: policy for policy in builtin_policies()}
    if name not in shipped:
        raise ConfigurationError(f"there is no policy {name!r}; those that ship are {', '.join(shipped)}")
    return shipped[name]


def active_policies(settings: Policies) -> tuple[Policy, ...]:
    """Return the policies that raise alerts here."""
    return tuple(find_policy(name, settings.folder) for name in settings.active)
