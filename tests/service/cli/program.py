"""The program in a process of its own, what a command answered, and mails to give it."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from email.message import EmailMessage

LEAK = "Between us, our budget for this is 85,000 euros and it has already been approved."
ORDINARY = "The pallets arrived this morning and the warehouse has booked them in without remarks."
PROGRAM = (sys.executable, "-c", "from service.cli import main; main()")
_START_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Running:
    """A program in a process of its own; what it says on standard error is in `lines`."""

    def __init__(self, arguments, *, folder, environment):
        self.lines = []
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            cwd=folder,
            env=os.environ | {"TMPDIR": str(folder)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            # A shell starts what it runs in the background deaf to it, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - the child does only this
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def said(self):
        return "".join(line for line in self.lines if line)

    def says(self, pattern, *, times=1):
        """Wait until it has said something so often; returns the last match."""

        def matches():
            found = [match for line in self.lines if line and (match := re.search(pattern, line))]
            return found[times - 1 :] or (self.lines[-1:] == [None] and ["ended"])

        with self._news:
            assert self._news.wait_for(matches, timeout=_START_SECONDS), self.lines
            [*_, last] = matches()
        assert last != "ended", self.lines
        return last

    def stop(self, number=signal.SIGTERM):
        """Send it a signal; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.end()

    def end(self):
        """Wait until it has ended; returns its exit status."""
        try:
            return self.process.wait(timeout=_START_SECONDS)
        finally:
            self.process.kill()
            self._reader.join()
            self.process.stderr.close()

    def _read(self):
        for line in itertools.chain(self.process.stderr, [None]):
            with self._news:
                self.lines.append(line)
                self._news.notify_all()


@dataclass
class Letters:
    """Makes mails: each with its own Message-ID."""

    count: int = 0

    def __call__(self, text=ORDINARY, *, sender="Jo <jo@ourco.example>", to="Bo <bo@norvik.example>", subject="Order"):
        self.count += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = "Mon, 02 Nov 2026 09:00:00 +0000"
        mail["Message-ID"] = f"<{self.count}@ourco.example>"
        mail.set_content(text + "\n")
        return mail.as_bytes()
