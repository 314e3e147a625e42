"""The trained model, loaded before anything is read."""

from detectors.trained import shipped
from service.errors import ConfigurationError


def load_model() -> str:
    """Load what messages are judged with, and say that it is. Raises ConfigurationError."""
    try:
        shipped()
    except Exception as error:
        raise ConfigurationError(
            f"the trained model can't be loaded ({type(error).__name__}): install frontdoor again"
        ) from error
    return "loaded"
