"""A real Dovecot 2.3 for a test or a benchmark: unprivileged, on a free loopback port, in a directory of its own.

    with dovecot(users={"anna@firm.example": "secret"}) as server:
        server.deliver("INBOX", [b"From: …"])
        … server.host, server.port, server.user, server.password …

Needs /usr/sbin/dovecot (`apt-get install dovecot-imapd`), nothing of pytest, and no rights: started by root it runs as
`nobody`.
"""

import contextlib
import grp
import itertools
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from imapclient import IMAPClient, imap_utf7

from tests.fakes.certificates import Certificates

DOVECOT = Path("/usr/sbin/dovecot")
HOW_TO_GET_IT = "needs Dovecot: apt-get install dovecot-imapd"

_USERS = {"anna@firm.example": "correct horse"}
_START_SECONDS = 10.0

_CONFIGURATION = """
base_dir = {directory}/run
state_dir = {directory}/run
log_path = {directory}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
mail_location = maildir:{directory}/mail/%u:LAYOUT=fs
mail_fsync = never
mail_max_userip_connections = 0
mailbox_idle_check_interval = 2 secs
auth_failure_delay = 0
auth_mechanisms = plain login{oauth_mechanisms}
disable_plaintext_auth = {plaintext_needs_tls}
{tls}
{oauth}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {directory}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={directory}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
  }}
  mailbox Trash {{
    special_use = \\Trash
  }}
  mailbox Junk {{
    special_use = \\Junk
  }}
  mailbox Drafts {{
    special_use = \\Drafts
  }}
}}
"""

_TLS = """
ssl = yes
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
"""

_OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {directory}/oauth
}}
"""

_INTROSPECTION = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """A server with its accounts; `user` and `password` are those of the first."""

    host = "127.0.0.1"

    def __init__(self, directory: Path, users: Mapping[str, str], *, certificates: Certificates | None) -> None:
        self.directory = directory
        self.users = dict(users)
        self.user, self.password = next(iter(users.items()))
        self.certificates = certificates
        self.port, self.tls_port = _free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None
        self._delivered = itertools.count(1)

    def start(self) -> None:
        """Start and return when the server greets."""
        assert self._process is None
        account = {} if os.geteuid() else {"user": _account()[0], "group": _account()[1], "extra_groups": []}
        with (self.directory / "errors").open("ab") as errors:
            self._process = subprocess.Popen(
                [DOVECOT, "-F", "-c", self.directory / "configuration"],
                start_new_session=True,
                stdout=errors,
                stderr=errors,
                **account,
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"Dovecot did not start:\n{(self.directory / 'errors').read_text()}\n{self.log()}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Shut down in good order, which tells every client; takes a second."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self.kill()

    def kill(self) -> None:
        """Kill all of its processes at once: clients see their connections closed."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            # Its children hold the port until they are gone, too.
            while self._takes_connections():
                time.sleep(0.005)
            (self.directory / "run" / "master.pid").unlink(missing_ok=True)

    def deliver(self, folder: str, messages: Iterable[bytes], *, user: str = "") -> int:
        """Put messages into a folder, made if need be, as a delivery agent would: as fast as files can be written.

        UIDs follow the order of the messages. Returns how many there were.
        """
        maildir = self._maildir(folder, user=user)
        count = 0
        for count, raw in enumerate(messages, 1):  # noqa: B007 - the count is the result
            lines, wire_lines = raw.count(b"\n"), raw.count(b"\r\n")
            size_on_the_wire = len(raw) + lines - wire_lines
            name = f"{1_700_000_000 + next(self._delivered)}.M0P1.test,S={len(raw)},W={size_on_the_wire}"
            (maildir / "tmp" / name).write_bytes(raw)
            (maildir / "tmp" / name).rename(maildir / "new" / name)
        return count

    def expunge(self, folder: str, uids: Iterable[int]) -> None:
        """Delete messages for good, as the owner's own mail program would."""
        with self.client() as client:
            client.select_folder(folder)
            client.delete_messages(list(uids))
            client.expunge()

    @contextlib.contextmanager
    def client(self, *, user: str = "") -> Iterator[IMAPClient]:
        """Sign in as the owner's own mail program would."""
        user = user or self.user
        client = IMAPClient(self.host, port=self.port, ssl=False, timeout=10)
        try:
            client.login(user, self.users[user])
            yield client
        finally:
            with contextlib.suppress(OSError, IMAPClient.Error):
                client.logout()
            with contextlib.suppress(OSError, IMAPClient.Error):
                client.shutdown()

    def log(self) -> str:
        """Everything it has logged."""
        return (self.directory / "log").read_text("utf-8", "replace")

    def _maildir(self, folder: str, *, user: str) -> Path:
        path = self.directory / "mail" / (user or self.user)
        if folder != "INBOX":
            path = path.joinpath(*(imap_utf7.encode(part).decode() for part in folder.split("/")))
        for part in ("cur", "new", "tmp"):
            (path / part).mkdir(parents=True, exist_ok=True)
        if not os.geteuid():
            # Its own files are renamed and removed by the directory's right; only directories have to be its own.
            for made in (path / "cur", path / "new", path / "tmp", path, *path.parents):
                if made == self.directory:
                    break
                shutil.chown(made, *_account())
        return path

    def _takes_connections(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1):
                return True
        except ConnectionRefusedError:
            return False
        except OSError:
            return True

    def _greets(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False


@contextlib.contextmanager
def dovecot(
    *,
    users: Mapping[str, str] | None = None,
    certificates: Certificates | None = None,
    plaintext_needs_tls: bool = False,
    introspection_url: str = "",
) -> Iterator[Dovecot]:
    """Run a server with these users (name to password) for as long as the block lasts.

    With certificates it speaks TLS on `tls_port` and STARTTLS on `port`. With an `introspection_url` it takes
    XOAUTH2 and OAUTHBEARER and asks there, by POST, whose token it is (RFC 7662).
    """
    # Short, because the path of a Unix socket is; not pytest's, because that is closed to other users.
    directory = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Dovecot(directory, users or _USERS, certificates=certificates)
    try:
        _write_configuration(server, plaintext_needs_tls=plaintext_needs_tls, introspection_url=introspection_url)
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(directory, ignore_errors=True)


def _write_configuration(server: Dovecot, *, plaintext_needs_tls: bool, introspection_url: str) -> None:
    directory = server.directory
    user, group = _account()
    certificates = _own_copy(directory, server.certificates) if server.certificates else None
    files = {
        "configuration": _CONFIGURATION.format(
            directory=directory,
            user=user,
            group=group,
            port=server.port,
            tls_port=server.tls_port if certificates else 0,
            plaintext_needs_tls="yes" if plaintext_needs_tls else "no",
            tls=_TLS.format(certificates=certificates) if certificates else "ssl = no",
            oauth=_OAUTH.format(directory=directory) if introspection_url else "",
            oauth_mechanisms=" xoauth2 oauthbearer" if introspection_url else "",
        ),
        "users": "".join(f"{name}:{{PLAIN}}{password}\n" for name, password in server.users.items()),
        "oauth": _INTROSPECTION.format(url=introspection_url),
        "log": "",
    }
    for name, content in files.items():
        (directory / name).write_text(content, "utf-8")
    for name in ("run", "mail"):
        (directory / name).mkdir()
    if not os.geteuid():
        for path in (directory, *directory.iterdir()):
            shutil.chown(path, user, group)


def _own_copy(directory: Path, certificates: Certificates) -> Certificates:
    # pytest's directories are closed to the user that the server runs as.
    certificate = Path(shutil.copy(certificates.certificate, directory))
    key = Path(shutil.copy(certificates.key, directory))
    return Certificates(ca=certificates.ca, certificate=certificate, key=key)


def _account() -> tuple[str, str]:
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_name, grp.getgrgid(nobody.pw_gid).gr_name


def _free_ports(count: int) -> tuple[int, ...]:
    # Below the range that outgoing connections use: a port has to stay free while a stopped server is started again.
    found: list[int] = []
    for port in random.SystemRandom().sample(range(15_000, 32_000), 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            break
    return tuple(found)
