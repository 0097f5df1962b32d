"""The line to the mail server: a connection on which nothing takes longer than it may."""

from __future__ import annotations

import errno
import select
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Timer
from typing import Literal, NamedTuple

from kxplan.message import Message, message
from kxplan.secret import Secret

CONNECT_S = 30
BROKEN = (OSError, smtplib.SMTPException)
"""What a line that broke raises."""


class Server(NamedTuple):
    """The mail server, and how one speaks to it."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str | None = None
    password: Secret | None = None
    ca_file: str | None = None
    """Authorities to trust instead of the system's."""
    timeout_s: float = 300
    """How long each answer may take as a whole; the last, after the whole mail, twice as long.

    Source: RFC 5321, section 4.5.3.2.
    """


class UnwelcomeError(Exception):
    """The server answered a verb with something else than wanted, or this side will not go on.

    `code` is the server's; where this side stopped, `own` says why and the code stands for it.
    """

    def __init__(self, verb: str, code: int, text: bytes | str = b"", own: Message | None = None) -> None:
        super().__init__(verb, code)
        self.verb, self.code, self.text, self.own = verb, code, text, own


class _Reader:
    """What the library reads answers from: a line without its end was never said."""

    def __init__(self, sock: socket.socket) -> None:
        self._file = sock.makefile("rb")

    def readline(self, limit: int) -> bytes:
        """Return a whole line, or as much of it as `limit` allows; nothing where the line was cut."""
        line = self._file.readline(limit)
        return line if line.endswith(b"\n") or len(line) == limit else b""

    def peek(self, size: int) -> bytes:
        """Return what has come already, at least one byte of it unless the server hung up."""
        return self._file.peek(size)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


class Line(smtplib.SMTP):
    """The library's client, on a connection that is cut when its time is over.

    A time-out of the socket starts anew with each byte, so a server that drips one now and then
    would hold us for ever; a timer that shuts the connection down does not.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(timeout=CONNECT_S)
        self._server = server
        self._host = server.host
        self._cord: socket.socket | None = None
        self._is_cut = False
        self.context: ssl.SSLContext | None = None

    def open(self) -> tuple[int, bytes]:
        """Connect, with TLS at once where so set, and return the server's greeting."""
        if self._server.security != "none":
            self.context = ssl.create_default_context(cafile=self._server.ca_file)
        connected = socket.create_connection(
            (self._server.host, self._server.port), min(CONNECT_S, self._server.timeout_s)
        )
        self.sock = connected
        self._cord = connected.dup()
        if self._server.security == "none" and not _is_loopback(connected.getpeername()[0]):
            raise UnwelcomeError("connect", 554, own=message("mail.why.not-loopback"))
        self.local_hostname = _literal(connected.getsockname()[0])
        with self.within(self._server.timeout_s):
            if self._server.security == "tls" and self.context is not None:
                self.sock = self.context.wrap_socket(connected, server_hostname=self._server.host)
            return self.getreply()

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's answer; one whose last line was cut off is none."""
        self._read()
        return super().getreply()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Run the block; when it takes longer, the connection is cut and what it waits for ends."""
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        if self.sock is not None:
            self.sock.settimeout(seconds + 1)
        try:
            yield
            if self._is_cut:
                raise TimeoutError(errno.ETIMEDOUT, "cut")
        except BROKEN as error:
            if self._is_cut:
                raise TimeoutError(errno.ETIMEDOUT, "cut") from error
            raise
        finally:
            timer.cancel()

    def has_spoken(self) -> bool:
        """Tell whether the server said something, or hung up, that nobody asked for."""
        if self.sock is None:
            return True
        if not isinstance(self.sock, ssl.SSLSocket):
            return bool(select.select([self.sock], [], [], 0)[0])
        # With TLS a readable connection may hold only a session ticket: what counts is what it says.
        reader = self._read()
        self.sock.settimeout(0)
        try:
            reader.peek(1)
        except ssl.SSLWantReadError:
            return False
        finally:
            self.sock.settimeout(self._server.timeout_s)
        return True

    def close(self) -> None:
        """Give the connection back."""
        super().close()
        if self._cord is not None:
            self._cord.close()
            self._cord = None

    def _read(self) -> _Reader:
        if not isinstance(self.file, _Reader):
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected
            self.file = _Reader(self.sock)
        return self.file

    def _cut(self) -> None:
        self._is_cut = True
        if self._cord is not None:
            with suppress(OSError):
                self._cord.shutdown(socket.SHUT_RDWR)


def why_broken(error: Exception, timeout_s: float) -> Message:
    """Return why a line broke."""
    match error:
        case ssl.SSLCertVerificationError():
            return message("mail.why.certificate", why=error.verify_message)
        case TimeoutError():
            return message("mail.why.timed-out", seconds=round(timeout_s))
        case socket.gaierror():
            return message("mail.why.no-such-host")
        case ConnectionRefusedError():
            return message("mail.why.refused")
        case ssl.SSLError():
            return message("mail.why.tls", why=error.reason or "")
        case smtplib.SMTPServerDisconnected() | ConnectionError():
            return message("mail.why.hung-up")
        case OSError() if not isinstance(error, smtplib.SMTPException):
            return message("mail.why.network", number=error.errno or 0)
    return message("mail.why.no-smtp")


def _is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


def _literal(address: str) -> str:
    """Return how a machine without a public name introduces itself. Source: RFC 5321, section 4.1.3."""
    bare = address.partition("%")[0]
    return f"[IPv6:{bare}]" if ":" in bare else f"[{bare}]"
