"""A line between a client and a server that can be cut, overheard and lied on: for what real servers do rarely.

with wire(server.port) as line:
    line.on_command = lambda command: CUT if b"UID FETCH 7 " in command else None
    … connect to line.host, line.port …
"""

import contextlib
import selectors
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator

CUT = b""


class Wire:
    """What happens on the line; may be changed while it is in use.

    `on_command` sees each line of the client and says what is done with it: None passes it on, CUT ends the
    connection, anything else is sent back as the answer, its `{tag}` replaced, and the server never hears of it.
    `on_answer` may rewrite what the server sends. `commands` are all lines of the client so far.
    """

    host = "127.0.0.1"

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self.commands: list[bytes] = []
        self.connections = 0
        self.on_command: Callable[[bytes], bytes | None] = lambda _command: None
        self.on_answer: Callable[[bytes], bytes] = lambda answer: answer


@contextlib.contextmanager
def wire(upstream: int) -> Iterator[Wire]:
    """Lay a line to a port of this machine for as long as the block lasts."""
    line = Wire(upstream)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            _carry(line, self.request)

    with socketserver.ThreadingTCPServer((line.host, 0), Handler) as server:
        server.daemon_threads = True
        line.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield line
        finally:
            server.shutdown()
            thread.join()


def _carry(line: Wire, client: socket.socket) -> None:
    line.connections += 1
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_connection((line.host, line.upstream)))
        selector = stack.enter_context(selectors.DefaultSelector())
        selector.register(client, selectors.EVENT_READ)
        selector.register(server, selectors.EVENT_READ)
        unfinished = b""
        while True:
            for key, _ in selector.select():
                data = key.fileobj.recv(65536)
                if not data:
                    return
                if key.fileobj is server:
                    client.sendall(line.on_answer(data))
                    continue
                *commands, unfinished = (unfinished + data).split(b"\r\n")
                if not all(_pass_on(line, client, server, command) for command in commands):
                    return


def _pass_on(line: Wire, client: socket.socket, server: socket.socket, command: bytes) -> bool:
    line.commands.append(command)
    answer = line.on_command(command)
    if answer is None:
        server.sendall(command + b"\r\n")
    elif answer == CUT:
        return False
    else:
        client.sendall(answer.replace(b"{tag}", command.split(b" ")[0]) + b"\r\n")
    return True
