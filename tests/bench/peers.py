"""The environment of the benchmark's peers: made from their lock on first use, and again when that changes."""

import hashlib
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent / "contestants" / "peers.lock"
FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "peers"


class NoPeersError(Exception):
    """The peers' environment could not be made."""


def peers_python(folder: Path = FOLDER, *, lock: Path = LOCK) -> Path:
    """Return the interpreter that has what the lock names. Raises NoPeersError, for one where no package can be had."""
    python, stamp = folder / "bin" / "python", folder / "made-of"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest() + sys.version
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"installing the peers into {folder}, this once", file=sys.stderr, flush=True)
    _run(sys.executable, "-m", "venv", "--clear", "--without-pip", folder)
    pip = (sys.executable, "-m", "pip", "--python", python, "-q", "--disable-pip-version-check", "--no-input")
    _run(*pip, "install", "--retries=1", "--only-binary=:all:", "--require-hashes", "-r", lock)
    stamp.write_text(wanted, "utf-8")
    return python


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
        raise NoPeersError(f"their environment cannot be made; is there a network? {' '.join(errors[-1:])}".strip())
